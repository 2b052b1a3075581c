import { expect, test } from 'vitest'
import { columnsToFollow } from './follow-files'
import type { FoundColumn } from './schema-report'

const texts = (...names: string[]) => names.map((name) => ({ name, type: 'string' }))
const report = (names: string[], endedBy: 'deadline' | null = null) => ({
  columns: texts(...names).map((column): FoundColumn => ({ ...facts, ...column })),
  endedBy,
})
const facts = {
  inferred: 'string',
  against: [],
  present: 1,
  empty: 0,
  firstSeen: { path: '/a', modifiedAt: '2026-11-22T00:00:00.000Z' },
  longestChars: 1,
  examples: [],
}

test('a schema has the columns of all files that were looked at, not those of the previewed one', () => {
  const previewed = texts('id', 'name')
  expect(columnsToFollow({ previewed, report: null })).toEqual(previewed)
  const all = texts('id', 'name', 'amount')
  expect(columnsToFollow({ previewed, report: report(['id', 'name', 'amount']) })).toEqual(all)
  // A file that one only looks at is no previewed one, whatever its columns.
  expect(columnsToFollow({ previewed: null, report: report(['id', 'name', 'amount']) })).toEqual(all)
})

test('where nothing else could be read, or in time, the columns of the previewed file stay', () => {
  expect(columnsToFollow({ previewed: texts('id'), report: report([]) })).toEqual(texts('id'))
  expect(
    columnsToFollow({ previewed: texts('id', 'new'), report: report(['old', 'id'], 'deadline') }),
  ).toEqual(texts('old', 'id', 'new'))
  expect(columnsToFollow({ previewed: null, report: null })).toBe(null)
})
