import { describe, expect, it } from 'vitest'
import { chooseLess } from './read-less'
import { readChoice, writeChoice } from './sample-choice'
import { sayEnd, sayRecords } from './sample-label'
import { AS_READ, arrange } from './sample-view'

const row = (...cells: (string | null)[]) => ({ file: 0, number: 1, cells })
const sample = {
  columns: [
    { name: 'user', type: 'string' },
    { name: 'took', type: 'bigint' },
  ],
  rows: [row('Mira', '12'), row('ada', '9'), row(null, ''), row('Ada', 'x')],
}

describe('the label of a sample', () => {
  const rows = Array.from({ length: 10_000 }, () => row(''))
  const seven = ['1', '2', '3', '4', '5', '6', '7']
  const plain = {
    within: null,
    amongNewest: false,
    complete: false,
    random: null,
    // Two of them stand in one archive.
    files: ['a', 'b', 'c', 'c'].map((path) => ({ path })),
  }
  it.each([
    ['newest-partitions', seven, 150, '10,000 records spread over the newest 7 partitions of 150'],
    ['newest-partitions', seven, null, '10,000 records spread over the newest 7 partitions'],
    ['newest-partitions', seven, 7, '10,000 records spread over all 7 partitions'],
    ['newest-partitions', ['1'], 1, '10,000 records of the one partition'],
    ['newest-partitions', ['1'], 2, '10,000 records of the newest partition of 2'],
    ['chosen-partitions', ['1'], 150, '10,000 records of 1 chosen partition of 150'],
    ['first-records', ['NP'], null, 'The first 10,000 records in the order of paths'],
  ] as const)('%s', (mode, partitions, partitionsTotal, expected) => {
    expect(sayRecords({ ...plain, mode, partitions: [...partitions], partitionsTotal, rows })).toBe(expected)
  })

  it.each([
    [
      { mode: 'first-records', within: 'api|*' },
      'The first 10,000 records in the order of paths, within api|*',
    ],
    [
      { mode: 'last-records', within: '*|-7d/now' },
      'The last 10,000 records of the 3 files changed last, within *|-7d/now',
    ],
    [
      { mode: 'last-records', amongNewest: true },
      'The last 10,000 records of the 3 files changed last, of the newest partitions',
    ],
    [
      { mode: 'random-files', random: { seed: 42, filesTotal: 4_500 } },
      '10,000 records from the beginning of 3 files chosen at random among 4,500, seed 42',
    ],
    [
      { mode: 'random-files', random: { seed: 42, filesTotal: 3 } },
      '10,000 records from the beginning of all 3 files',
    ],
    [{ mode: 'random-files', random: { seed: 1, filesTotal: 3 }, complete: true }, 'All 10,000 records'],
    [{ mode: 'first-records', within: 'api|*', complete: true }, 'All 10,000 records, within api|*'],
    [{ mode: 'first-records', rows: [row('')], complete: true }, 'The one record'],
    [{ mode: 'chosen-partitions', complete: true }, 'All 10,000 records of 7 chosen partitions of 150'],
  ] as const)('%j', (choice, expected) => {
    expect(sayRecords({ ...plain, partitions: seven, partitionsTotal: 150, rows, ...choice })).toBe(expected)
  })

  it('says what ended the reading', () => {
    const mode = 'first-records'
    const read = { filesRead: 4_210, filesFound: 9_897 }
    expect(sayEnd({ endedBy: null, mode, rows, ...read })).toBe(null)
    expect(sayEnd({ endedBy: 'deadline', mode, rows, ...read })).toContain(
      '4,210 of 9,897 files read, with 10,000 records so far',
    )
    expect(sayEnd({ endedBy: 'size', mode, rows, ...read })).toContain('these 10,000 records')
    expect(sayEnd({ endedBy: 'scan-budget', mode, rows, ...read })).toContain('10,000 records so far')
    for (const other of ['newest-partitions', 'chosen-partitions', 'last-records', 'random-files'] as const)
      expect(sayEnd({ endedBy: 'scan-budget', mode: other, rows, ...read })).toContain('not considered')
  })
})

describe('the choice of a sample', () => {
  it('is smaller step by step where its time was over: the newest period first, then fewer records', () => {
    const byDay = { name: 'day', type: 'time', params: { period: 'DAY' } } as const
    const byNode = { name: 'node', type: 'value' } as const
    const usual = readChoice(new URLSearchParams())
    const newest = chooseLess([byNode, byDay], usual, 0)
    expect(newest).toEqual({
      label: 'Read the newest period',
      choice: { ...usual, partitions: '*|LATEST(1)' },
    })
    const fewer = chooseLess([byNode, byDay], newest?.choice ?? usual, 2_000)
    expect(fewer).toEqual({
      label: 'Read only 1,000 records',
      choice: { ...usual, partitions: '*|LATEST(1)', records: 1_000 },
    })
    expect(chooseLess([byNode], { ...usual, records: 1_000 }, 0)?.choice).toEqual({ ...usual, records: 100 })
    expect(chooseLess([byNode], usual, 1_000)?.label).toBe('Read only 100 records')
    expect(chooseLess([], { ...usual, records: 100 }, 0)).toBe(null)
    expect(chooseLess([], usual, 80)).toBe(null)
  })

  it.each([
    ['', { records: 10_000, partitions: null, mode: 'spread', seed: 1 }],
    ['?records=1000&mode=last', { records: 1_000, partitions: null, mode: 'last', seed: 1 }],
    [
      '?partitions=*%7C-7d%2Fnow&mode=random&seed=42',
      { records: 10_000, partitions: '*|-7d/now', mode: 'random', seed: 42 },
    ],
  ] as const)('stands in the address as %j', (address, choice) => {
    expect(readChoice(new URLSearchParams(address))).toEqual(choice)
    expect(readChoice(new URLSearchParams(writeChoice(choice)))).toEqual(choice)
  })

  it.each([
    'records=0',
    'records=10001',
    'records=1e3',
    'records=',
    'mode=all',
    'seed=-1',
    'seed=4294967296',
  ])('is the usual one for %s', (address) =>
    expect(writeChoice(readChoice(new URLSearchParams(address)))).toBe(''),
  )
})

describe('the view of a sample', () => {
  it('filters without regard to case, in one column or all', () => {
    expect(arrange(sample, AS_READ)).toEqual([0, 1, 2, 3])
    expect(arrange(sample, { ...AS_READ, contains: 'ADA' })).toEqual([1, 3])
    expect(arrange(sample, { ...AS_READ, contains: 'x', within: 'user' })).toEqual([])
    expect(arrange(sample, { ...AS_READ, contains: 'x', within: 'took' })).toEqual([3])
  })

  it('sorts numbers by their size, and what is empty last either way', () => {
    const by = (direction: 'ascending' | 'descending') =>
      arrange(sample, { ...AS_READ, sort: { column: 'took', direction } })
    expect(by('ascending')).toEqual([1, 0, 3, 2])
    expect(by('descending')).toEqual([3, 0, 1, 2])
    expect(arrange(sample, { ...AS_READ, sort: { column: 'gone', direction: 'ascending' } })).toEqual([
      0, 1, 2, 3,
    ])
  })
})
