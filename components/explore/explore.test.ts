import { describe, expect, it } from 'vitest'
import { describeColumns, isValue } from './column-validity'
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
  it.each([
    ['newest-partitions', seven, 150, '10,000 records spread over the newest 7 partitions of 150'],
    ['newest-partitions', seven, null, '10,000 records spread over the newest 7 partitions'],
    ['chosen-partitions', ['1'], 150, '10,000 records of 1 partition chosen of 150'],
    ['first-records', ['NP'], null, 'The first 10,000 records'],
  ] as const)('%s', (mode, partitions, partitionsTotal, expected) => {
    expect(sayRecords({ mode, partitions: [...partitions], partitionsTotal, rows })).toBe(expected)
  })

  it('says what ended the reading', () => {
    expect(sayEnd({ endedBy: null, rows })).toBe(null)
    expect(sayEnd({ endedBy: 'deadline', rows })).toContain('10,000 records so far')
  })
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

describe('the validity of a column', () => {
  it('counts valid, empty and invalid values', () => {
    expect(describeColumns(sample).map((column) => column.validity)).toEqual([
      { valid: 3, empty: 1, invalid: 0 },
      { valid: 2, empty: 1, invalid: 1 },
    ])
  })

  it.each([
    ['bigint', '1.5', false],
    ['double', '1.5e3', true],
    ['boolean', 'TRUE', true],
    ['date', '2026-11-22T14:05:02Z', true],
    ['date', 'yesterday', false],
    ['string', '�', true],
  ])('%s holds %s: %s', (type, text, expected) => expect(isValue(type, text)).toBe(expected))
})
