import { expect, test } from 'vitest'
import { chooseEntries, isDocument, matchesEntry } from './choose-entries'

const entries = (sizes: Record<string, number>) =>
  Object.entries(sizes).map(([name, sizeBytes]) => ({ name, sizeBytes }))
const read = (sizes: Record<string, number>, pattern = '') =>
  chooseEntries(entries(sizes), pattern).read.map(({ name }) => name)

test('entries of the largest kind are read, and empty ones, which say nothing', () => {
  expect(read({ 'README.txt': 90, 'one.csv': 60, 'b/two.CSV': 60, marker: 0 })).toEqual([
    'one.csv',
    'b/two.CSV',
    'marker',
  ])
  expect(chooseEntries(entries({ 'README.txt': 9, 'one.csv': 60 }), '')).toMatchObject({
    kind: '.csv',
    leftOut: [{ name: 'README.txt' }],
  })
})

test('documents are none of it however large, unless there is nothing else', () => {
  expect(read({ 'report.pdf': 900, 'README.txt': 90, 'one.csv': 6 })).toEqual(['one.csv'])
  expect(read({ 'README.txt': 90, 'one.txt': 6 })).toEqual(['one.txt'])
  expect(read({ 'one.log': 6, 'one.log.sha256': 90, LICENSE: 99, 'sub/': 0 })).toEqual(['one.log', 'sub/'])
  expect(read({ 'README.md': 90, 'notes.pdf': 6, 'b.md': 1 })).toEqual(['README.md', 'b.md'])
})

test('what is no text is none of it however large, unless there is nothing else', () => {
  const archive = { 'a.csv': 14, 'b.csv': 20, 'inner.zip': 900, 'c.csv.gz': 800, 'x.Parquet': 700 }
  expect(read(archive)).toEqual(['a.csv', 'b.csv'])
  expect(read({ 'inner.zip': 900, 'app.log.1': 5, 'app.log.2.gz': 90 })).toEqual(['app.log.1'])
  expect(read({ 'inner.zip': 900, 'README.md': 5 })).toEqual(['inner.zip'])
})

test.each([
  ['README', true],
  ['doc/ReadMe.1st', false],
  ['readme_en.txt', true],
  ['LICENSE-2.0.txt', true],
  ['SHA256SUMS', true],
  ['a.PDF', true],
  ['readme.csv', false],
  ['readmes.txt', false],
  ['changes.json', false],
  ['data.txt', false],
])('%s is a document: %s', (name, is) => expect(isDocument(name)).toBe(is))

test('rotated files are of one kind', () => {
  const rotated = { 'app.log': 1, 'app.log.1': 9, 'app.log-20261122': 9, 'app.log.2026-11-21': 9 }
  expect(chooseEntries(entries(rotated), '')).toMatchObject({ leftOut: [], kind: null })
})

test('a pattern chooses by name instead', () => {
  const sizes = { 'README.txt': 90, 'data/one.csv': 60, 'old/two.csv': 60 }
  expect(read(sizes, '*')).toEqual(Object.keys(sizes))
  expect(read(sizes, '*.TXT')).toEqual(['README.txt'])
  expect(read(sizes, 'data/*')).toEqual(['data/one.csv'])
})

test.each([
  ['*', '', true],
  ['a*b*c', 'aXbYbZc', true],
  ['a*b*c', 'aXbYbZ', false],
  ['a', 'ab', false],
  ['*.csv', 'x/y.csv', true],
  ['x/*.csv', 'y.csv', false],
])('%s against %s', (pattern, name, matches) => expect(matchesEntry(pattern, name)).toBe(matches))

test('a pattern of stars takes no longer than its length', () => {
  const since = process.cpuUsage()
  expect(matchesEntry(`${'*a'.repeat(100)}b`, 'a'.repeat(20_000))).toBe(false)
  expect(process.cpuUsage(since).user / 1000).toBeLessThan(2_000)
})

test('a name of nothing but numbers takes no longer than its length, as long as a name may be', () => {
  const name = `${'-1'.repeat(32_767)}x`
  const since = process.cpuUsage()
  expect(read({ [name]: 1, 'one.csv': 2 })).toEqual(['one.csv'])
  expect(process.cpuUsage(since).user / 1000).toBeLessThan(500)
})

test.each([
  ['app.log.2026-11-22', '.log'],
  ['app.log-1.2', '.log'],
  ['app.log-', ''],
  ['app.log--1', ''],
  ['.1', ''],
])('the kind of %s is %j', (name, kind) => {
  const { kind: chosen } = chooseEntries(entries({ [name]: 9, 'a.other': 1 }), '')
  expect(chosen).toBe(kind)
})
