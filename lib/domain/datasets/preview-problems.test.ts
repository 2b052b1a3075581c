import { expect, test } from 'vitest'
import { previewProblems, unchosenProblems } from './preview-problems'

const PARQUET = { formatType: 'parquet' }
const preview = {
  usedPath: '/a.csv',
  rows: [],
  looksLike: null,
  truncatedBy: 'failure' as const,
  problems: [{ reason: 'not-parquet', message: 'The file is not Parquet.', path: '/a.csv' }],
}

test('a file that cannot be read by the format is a warning, an empty or readable one is none', () => {
  expect(previewProblems(PARQUET, preview)).toMatchObject([
    {
      tab: 'format',
      severity: 'warning',
      message: '/a.csv cannot be read as Parquet: The file is not Parquet.',
    },
  ])
  expect(previewProblems(PARQUET, { ...preview, truncatedBy: null, looksLike: 'PNG image' })).toHaveLength(1)
  const unparsed = { number: 1, cells: [], unparsed: 'no JSON' }
  expect(previewProblems(PARQUET, { ...preview, truncatedBy: null, rows: [unparsed] })).toHaveLength(1)
  expect(previewProblems(PARQUET, { ...preview, rows: [{ number: 1, cells: ['x'] }, unparsed] })).toEqual([])
  expect(previewProblems(PARQUET, { ...preview, truncatedBy: null, problems: [] })).toEqual([])
  expect(previewProblems(PARQUET, null)).toEqual([])
  const otherwise = { reason: 'other-charset', message: 'It looks like utf8.', path: '/a.csv' }
  const silent = { ...preview, truncatedBy: null }
  expect(previewProblems(PARQUET, { ...silent, problems: [otherwise] })).toHaveLength(1)
  expect(previewProblems(PARQUET, { ...silent, problems: [{ ...otherwise, reason: 'no-record' }] })).toEqual(
    [],
  )
})

test('what a chosen pattern leaves out of an archive is no problem, and all else is', () => {
  const leftOut = { reason: 'zip-entries-left-out', message: 'Of the archive …', path: '/a.zip' }
  const ragged = { reason: 'ragged-rows', message: 'Row 3 has 2 cells.', path: '/a.zip' }
  const under = (zipEntries?: string) => unchosenProblems([leftOut, ragged], { formatParams: { zipEntries } })
  expect(under('*.csv')).toEqual([ragged])
  expect(under('')).toEqual([leftOut, ragged])
  expect(under()).toEqual([leftOut, ragged])
})
