import { expect, test } from 'vitest'
import type { Dimension } from '#lib/domain/partitioning/dimensions'
import { readPathPattern } from '#lib/domain/partitioning/pattern/path-pattern'
import { findTyped, folderOf, parentOf, stepsOf, toEntries } from './browse-model'
import { idOfCell, toCalendarValues } from './partition-values'
import { fixPattern } from './pattern-fix'

const NODE: Dimension = { name: 'node_type', type: 'value' }
const DATE: Dimension = { name: 'date', type: 'time', params: { period: 'DAY' } }

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
