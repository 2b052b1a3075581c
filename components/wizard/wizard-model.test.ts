import { expect, test } from 'vitest'
import { describeAnatomy } from '#lib/domain/partitioning/anatomy'
import type { Dimension } from '#lib/domain/partitioning/dimensions'
import { readPathPattern } from '#lib/domain/partitioning/path-pattern'
import { findTyped, folderOf, parentOf, stepsOf, toEntries } from './browse-model'
import { idOfCell, toCalendarValues } from './partition-values'
import { fixPattern } from './pattern-fix'
import { makeSegmentDimension } from './segment-dimension'

const NODE: Dimension = { name: 'node_type', type: 'value' }
const DATE: Dimension = { name: 'date', type: 'time', params: { period: 'DAY' } }
const PATH = '/design/2026/11/22/14/a.ndjson.gz'

function choose(pattern: string, dimensions: Dimension[], part: string, path = PATH) {
  const reading = readPathPattern(pattern, dimensions)
  const anatomy = describeAnatomy(reading, path, dimensions)
  return makeSegmentDimension({ reading, anatomy, dimensions, start: path.indexOf(part) })
}

test.each([
  ['/%{node_type}/.*', [NODE], '2026', '/%{node_type}/%Y/%M/%D/.*', 'date'],
  ['/.*', [], 'design', '/%{dimension}/.*', 'dimension'],
  ['/.*', [], '2026', '/[^/]+/%Y/%M/%D/.*', 'date'],
  ['/%{node_type}/%Y/%M/%D/.*', [NODE, DATE], '14', '/%{node_type}/%Y/%M/%D/%{dimension}/.*', 'dimension'],
  [
    '/%{node_type}/%Y/%M/%D/.*',
    [NODE, DATE],
    'a.nd',
    '/%{node_type}/%Y/%M/%D/[^/]+/%{dimension}',
    'dimension',
  ],
  ['/design/%Y/%M/%D/.*', [DATE], 'design', '/%{dimension}/%Y/%M/%D/.*', 'dimension'],
])('%s: choosing a part of the example makes it a dimension', (pattern, dimensions, part, expected, name) => {
  const change = choose(pattern, dimensions as Dimension[], part)
  expect(change?.filePathPattern).toBe(expected)
  expect(change?.dimensions.at(-1)?.name).toBe(name)
  expect(readPathPattern(expected, change?.dimensions as Dimension[]).issues).toEqual([])
})

test('a part that a dimension takes already cannot be chosen', () => {
  expect(choose('/%{node_type}/.*', [NODE], 'design')).toBeNull()
})

test.each([
  ['/%{node_type}/%Y/%D/.*', [NODE, DATE], 'Insert /%M', '/%{node_type}/%Y/%M/%D/.*'],
  ['/%Y/%M/%D/.*', [NODE, DATE], 'Insert /%{node_type}', '/%Y/%M/%D/%{node_type}/.*'],
  ['/%Y/%M', [DATE], 'Insert /%D', '/%Y/%M/%D/.*'],
])('%s: what is missing can be inserted where it belongs', (pattern, dimensions, label, expected) => {
  const [issue] = readPathPattern(pattern, dimensions as Dimension[]).issues
  expect(issue && fixPattern(pattern, issue)).toEqual({ label, pattern: expected })
})

test('partitions become calendar rows; the current day is still filling, ids come back', () => {
  const totals = { firstChangedAt: 0, lastChangedAt: 0 }
  const values = toCalendarValues(
    [
      { id: 'design|2026-11-21', files: 4, sizeBytes: 10, ...totals },
      { id: 'design|2026-11-22', files: 1, sizeBytes: 3, ...totals },
      { id: 'api|2026-11-21', files: 2, sizeBytes: 0, ...totals },
    ],
    [NODE, DATE],
    Date.UTC(2026, 10, 22, 14),
  )
  expect(values).toEqual([
    { value: 'api', cells: [{ period: '2026-11-21', files: 2, bytes: 0, state: 'empty' }] },
    {
      value: 'design',
      cells: [
        { period: '2026-11-21', files: 4, bytes: 10, state: 'full' },
        { period: '2026-11-22', files: 1, bytes: 3, state: 'filling' },
      ],
    },
  ])
  expect(toCalendarValues([], [NODE], 0)).toBeNull()
  expect(idOfCell([NODE, DATE], 'design', '2026-11-22')).toBe('design|2026-11-22')
  expect(idOfCell([DATE], '', '2026-11-22')).toBe('2026-11-22')
})

test('the file browser knows where it is and finds what one types', () => {
  const page = {
    path: '/audit-logs/',
    folders: ['/audit-logs/api/', '/audit-logs/design/'],
    files: [
      { path: '/audit-logs/a.gz', sizeBytes: 3, modifiedAt: '2026-11-22T14:00:00.000Z', storageClass: '' },
    ],
    next: null,
    emptyBecause: null,
  }
  const entries = toEntries([page])
  expect(entries.map(({ name }) => name)).toEqual(['api/', 'design/', 'a.gz'])
  expect(findTyped(entries, 'D', 0)).toBe(1)
  expect(findTyped(entries, 'a', 1)).toBe(2)
  expect(findTyped(entries, 'x', 0)).toBe(-1)
  expect([parentOf('/a/b/'), parentOf('/a/'), parentOf('/')]).toEqual(['/a/', '/', null])
  expect([folderOf('/a'), folderOf('a/b'), folderOf('')]).toEqual(['/a/', '/a/b/', '/'])
  expect(stepsOf('/a/b/')).toEqual([
    { name: 'a', path: '/a/' },
    { name: 'b', path: '/a/b/' },
  ])
})
