import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newDefinition } from '#lib/domain/datasets/definition'
import { formatKind } from '#lib/domain/formats/catalogue'
import type { FormatCandidate } from '#lib/domain/formats/detection'
import { DEFAULT_LINE_FORMAT } from '#lib/domain/formats/line'
import type { PreviewRecord } from '#lib/domain/formats/wire'
import { pickConfident, sayConfidence } from './detected'
import { readCharacter, showCharacter } from './format-fields/character'
import { cellOf, columnsOf, readerOf } from './preview-cells'
import { compareColumns, compareFiles, isSameShape } from './preview-comparison'
import { isTyped } from './typed-settings'

const named = (...columns: string[]) =>
  columns.map((column) => {
    const [name = '', type = 'string'] = column.split(':')
    return { name, type }
  })

test('columns only here, only there and of another type are told apart', () => {
  expect(compareColumns(named('a', 'b', 'c:int'), named('b', 'c', 'd'))).toEqual({
    same: ['b'],
    onlyHere: ['a'],
    onlyThere: ['d'],
    retyped: [{ name: 'c', here: 'int', there: 'string' }],
    isReordered: false,
  })
})

test('the order counts, among the columns that both have', () => {
  expect(compareColumns(named('a', 'x', 'b'), named('b', 'a')).isReordered).toBe(true)
  expect(compareColumns(named('a', 'x', 'b'), named('a', 'b')).isReordered).toBe(false)
  expect(isSameShape(compareColumns(named('__proto__', 'a'), named('__proto__', 'a')))).toBe(true)
})

test('each name of either side stands in one place', () => {
  const columns = fc.array(
    fc.record({
      name: fc.constantFrom('a', 'b', 'c', '__proto__', ''),
      type: fc.constantFrom('int', 'string'),
    }),
  )
  fc.assert(
    fc.property(columns, columns, (here, there) => {
      const { same, onlyHere, onlyThere, retyped } = compareColumns(here, there)
      const all = [...same, ...onlyHere, ...onlyThere, ...retyped.map(({ name }) => name)].sort()
      expect(all).toEqual([...new Set([...here, ...there].map(({ name }) => name))].sort())
      expect(compareColumns(there, here)).toMatchObject({ onlyHere: onlyThere, onlyThere: onlyHere })
    }),
  )
})

const ROWS: PreviewRecord[] = [
  { number: 1, cells: ['a', '', null], absent: [], raw: 'a,' },
  { number: 2, cells: ['b', null], absent: [1] },
  { number: 3, cells: [null, null, null], raw: '"open', unparsed: 'The quote is never closed.' },
]

test('null, empty and absent are three things', () => {
  expect([0, 1, 2].map((column) => cellOf(ROWS[0] as PreviewRecord, column))).toEqual(['a', '', null])
  expect([0, 1, 2].map((column) => cellOf(ROWS[1] as PreviewRecord, column))).toEqual([
    'b',
    undefined,
    undefined,
  ])
})

test('raw stands beside parsed', () => {
  const both = readerOf(ROWS, 'both')
  expect([both(0, 0), both(0, 1), both(1, 0), both(1, 2), both(9, 0)]).toEqual([
    'a,',
    'a',
    'b',
    undefined,
    undefined,
  ])
  expect(readerOf(ROWS, 'raw')(2, 0)).toBe('"open')
  const preview = { columns: named('x', 'y', 'z'), rows: ROWS }
  expect(columnsOf(preview, 'both').map(({ name }) => name)).toEqual(['Raw', 'x', 'y', 'z'])
  expect(columnsOf(preview, 'raw').map(({ name }) => name)).toEqual(['Raw'])
  expect(columnsOf(preview, 'parsed').map(({ validity }) => validity)).toEqual([
    { valid: 2, empty: 0, invalid: 1 },
    { valid: 0, empty: 2, invalid: 1 },
    { valid: 0, empty: 2, invalid: 1 },
  ])
})

test('what is chosen is read at once, what is typed after a moment', () => {
  const before = newDefinition()
  const withParams = (params: object) => ({ ...before, formatParams: { ...before.formatParams, ...params } })
  expect(isTyped(before, withParams({}))).toBe(false)
  expect(isTyped(before, withParams({ charset: 'latin1' }))).toBe(false)
  expect(isTyped(before, withParams({ maxLineChars: 5 }))).toBe(true)
  expect(isTyped(before, withParams({ maxLineChars: 5, compress: 'gzip' }))).toBe(false)
  expect(isTyped(before, { ...before, formatType: 'json' })).toBe(false)
  expect(isTyped(before, { ...before, params: { ...before.params, connection: 'a' } })).toBe(false)
})

test('a character that cannot be seen is written as an escape and read back', () => {
  expect(['\t', '\x01', ';', '\\'].map(showCharacter)).toEqual(['\\t', '\\x01', ';', '\\'])
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }), (character) => {
      expect(readCharacter(showCharacter(character))).toBe(character)
    }),
  )
  expect(readCharacter('ab')).toBe('ab')
})

test('a guess that is not sure is not taken over; reading by line is', () => {
  const candidate = (format: FormatCandidate['format'], confidence: number): FormatCandidate => ({
    format,
    confidence,
    label: '',
    layout: null,
    evidence: [],
    lostBecause: null,
    columns: [],
  })
  const line = candidate(DEFAULT_LINE_FORMAT, 0.45)
  const parquet = (confidence: number) => candidate({ type: 'parquet', params: {} }, confidence)
  expect(pickConfident({ candidates: [] })).toBeNull()
  expect(pickConfident({ candidates: [parquet(0.61), line] })).toEqual(parquet(0.61))
  expect(pickConfident({ candidates: [parquet(0.59), line] })).toBe(line)
  expect(pickConfident({ candidates: [parquet(0.59)] })).toBeNull()
  expect([0.999, 1, 0.5].map(sayConfidence)).toEqual(['99 %', '100 %', '50 %'])
})

test('separators are offered by the names that detection gives them', () => {
  const field = formatKind('csv').fields.find(({ widget }) => widget === 'separator')
  const choices = field?.widget === 'separator' ? field.choices : []
  const labels = new Map(choices.map(({ value, label }) => [value, label]))
  expect(['|', ';', '\t', '~', ' ', '\u0001'].map((char) => labels.get(char))).toEqual([
    'Vertical bar |',
    'Semicolon ;',
    'Tab',
    'Tilde ~',
    'Space',
    'Ctrl-A',
  ])
})

const fileOf = (charset: string, compression: 'none' | 'gzip', ...rows: string[][]) => ({
  charset,
  compression,
  looksLike: null,
  rows: rows.map((cells, index): PreviewRecord => ({ number: index + 1, cells, raw: cells.join(',') })),
})
const CSV = { formatType: 'csv', formatParams: { separator: ',' } }

test('two files are told apart by how they are written as well', () => {
  const commas = fileOf('utf-8', 'none', ['a', 'b'], ['c', 'd'], ['e', 'f'])
  const semicolons = fileOf('windows-1252', 'gzip', ['1;x;y'], ['2;v;w'], ['3;t;u'])
  expect(compareFiles(commas, semicolons, CSV)).toEqual([
    { label: 'Compression', here: 'none', there: 'gzip' },
    { label: 'Charset', here: 'utf-8', there: 'windows-1252' },
    { label: 'Separator', here: 'comma', there: 'semicolon' },
  ])
  expect(compareFiles(commas, commas, CSV)).toEqual([])
  const separators = compareFiles(commas, semicolons, { formatType: 'line', formatParams: {} })
  expect(separators.map(({ label }) => label)).toEqual(['Compression', 'Charset'])
})
