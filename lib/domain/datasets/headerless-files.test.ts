import { expect, test } from 'vitest'
import { ALL_FILES } from './definition'
import { headerlessProblems, leaveOut, readByPosition, renamedProblems } from './headerless-files'
import type { FoundColumn } from './schema-report'
import { compileSelection } from './selection'

const column = (name: string): FoundColumn => ({
  name,
  type: 'string',
  inferred: 'string',
  against: [],
  present: 1,
  empty: 0,
  firstSeen: { path: '/2.csv', modifiedAt: '2026-11-22T00:00:00.000Z' },
  longestChars: 1,
  examples: [],
})
const report = {
  headerless: [{ path: '/a (1).csv', columns: 2 }],
  columns: ['id', 'name', 'late'].map(column),
}

test('files without a header are a warning of the format', () => {
  expect(headerlessProblems({ headerless: [] })).toEqual([])
  expect(headerlessProblems(report)).toMatchObject([
    {
      tab: 'format',
      severity: 'warning',
      message: expect.stringMatching(/^\/a \(1\)\.csv seems to have no header/),
    },
  ])
  const two = { headerless: [...report.headerless, { path: '/b.csv', columns: 3 }] }
  expect(headerlessProblems(two)[0]?.message).toContain('/a (1).csv and 1 other file seem to have no header')
})

test('they are read by position, or left out', () => {
  expect(readByPosition(report)).toEqual({
    step: 'set-format-params',
    params: { headerNames: ['id', 'name'] },
  })
  const step = leaveOut(report, ALL_FILES)
  const rules = step?.step === 'set-selection' ? step.rules : ALL_FILES
  const selector = compileSelection(rules)
  const takes = (path: string) =>
    selector.ok && selector.value.exclusionOf({ path, sizeBytes: 1, storageClass: '' }) === null
  expect([takes('/a (1).csv'), takes('/a 1.csv'), takes('/2.csv')]).toEqual([false, true, true])
  expect(leaveOut(report, { ...ALL_FILES, mode: 'RULES_INCLUDED_ONLY' })).toBe(null)
})

test('files with other names are a warning of the format', () => {
  expect(renamedProblems({ renamed: [] })).toEqual([])
  const renamed = [{ path: '/c.csv', names: ['kunde', 'betrag'] }]
  expect(renamedProblems({ renamed })).toMatchObject([
    {
      tab: 'format',
      severity: 'warning',
      message:
        '/c.csv has other names in the first row than the other files: kunde, betrag. They are columns of their own. Where they are values, leave it out on Files.',
    },
  ])
  const [two] = renamedProblems({ renamed: [...renamed, ...renamed] })
  expect(two?.message).toMatch(/^\/c\.csv and 1 other file have other names/)
})
