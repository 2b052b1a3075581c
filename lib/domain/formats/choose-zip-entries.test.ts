import { expect, test } from 'vitest'
import { chooseEntries, matchesEntry } from './choose-entries'
import { chooseZipEntries, lookAtArchive } from './choose-zip-entries'

type Sizes = Record<string, number>
const entriesOf = (sizes: Sizes) => Object.entries(sizes).map(([name, sizeBytes]) => ({ name, sizeBytes }))
const choose = (...archives: Sizes[]) =>
  chooseZipEntries(archives.map((one) => lookAtArchive(entriesOf(one))))

test('all archives are read by one kind, also where a document or another text is larger', () => {
  expect(choose({ 'a.csv': 900 }, { 'b.csv': 5, 'README.pdf': 900 }, { 'c.CSV': 5, 'notes.txt': 70 })).toBe(
    '*.csv',
  )
  expect(choose({ 'a.csv': 5, 'README.pdf': 900 })).toBe('*.csv')
  expect(choose({ 'a.csv': 5, 'inner.zip': 900 })).toBe('*.csv')
  expect(choose({ 'a.csv': 5, 'x.log': 900 }, { 'b.csv': 5 })).toBe('*.csv')
})

test('of several kinds that are in every archive the largest is read', () => {
  expect(choose({ 'a.csv': 5, 'x.log': 4 }, { 'b.csv': 5, 'y.log': 7 })).toBe('*.log')
})

test('rotated names are taken as well', () => {
  const logs = { 'app.log': 5, 'app.log.1': 9, 'app.log-20261122': 9, README: 1 }
  expect(choose(logs)).toBe('*.log*')
  expect(choose(logs, { 'app.log': 5 })).toBe('*.log*')
  for (const name of Object.keys(logs)) expect(matchesEntry('*.log*', name)).toBe(name !== 'README')
})

test.each<[string, Sizes[]]>([
  ['nothing lies beside the records', [{ 'a.csv': 5 }, { 'b.csv': 6, empty: 0 }]],
  ['archives only wrap a file each', [{ 'a.csv': 5 }, { 'b.txt': 6 }]],
  ['no kind is in all of them', [{ 'a.csv': 5, 'b.log': 9 }, { 'c.txt': 6 }]],
  ['names have no ending', [{ data: 50, 'a.csv': 5 }]],
  ['a pattern would take documents too', [{ 'a.txt': 50, 'README.txt': 5 }]],
  ['a pattern would take another kind too', [{ 'a.log': 50, 'a.log.1': 5, 'a.log.csv': 5 }]],
  ['there are only documents', [{ 'a.pdf': 50, 'README.txt': 5 }]],
  ['there is nothing', [{}]],
])('nothing is chosen where %s', (_, archives) => expect(choose(...archives)).toBe(null))

test('an archive of documents leaves the others their choice', () => {
  expect(choose({ 'a.csv': 5, README: 9 }, { 'b.pdf': 7 })).toBe('*.csv')
})

test('what is chosen reads what is chosen of a single archive by itself', () => {
  const sizes = { 'README.md': 900, 'one.csv': 60, 'b/two.CSV': 60, 'x.json': 3 }
  const pattern = choose(sizes) ?? ''
  const entries = entriesOf(sizes)
  expect(chooseEntries(entries, pattern).read).toEqual(chooseEntries(entries, '').read)
})

test('an archive of many kinds with long names is looked at in time linear to them', () => {
  const many = Array.from({ length: 100_000 }, (_, n) => ({
    name: `${'a'.repeat(200)}${n}.k${n}`,
    sizeBytes: 1,
  }))
  const since = process.cpuUsage()
  expect(lookAtArchive(many).kinds).toHaveLength(8)
  expect(process.cpuUsage(since).user / 1000).toBeLessThan(2_000)
})
