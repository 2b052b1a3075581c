import { describe, expect, it } from 'vitest'
import { cellOf, describeColumns, markOf } from './column-validity'
import { wholeRecord } from './whole-record'

const row = (...cells: (string | null)[]) => ({ file: 0, number: 1, cells })
const columns = [
  { name: 'user', type: 'string' },
  { name: '__proto__', type: 'bigint' },
]
const broken = { ...row(null, null), absent: [0, 1], unparsed: 'It has 3 cells.', raw: 'a;b;c' }
const rows = [row('Mira', '12'), row('ada', '9'), row(null, ''), row('Ada', 'x'), broken]

describe('the columns of a sample', () => {
  it('count values of their type, empty ones and others', () => {
    expect(describeColumns({ columns, rows }).map((column) => column.validity)).toEqual([
      { valid: 3, empty: 1, invalid: 1 },
      { valid: 2, empty: 1, invalid: 2 },
    ])
  })

  it('tell null, empty and absent apart', () => {
    const cells = { ...row(null, '', null), absent: [2] }
    expect([0, 1, 2].map((column) => cellOf(cells, column))).toEqual([null, '', undefined])
  })

  it('mark what could not be taken apart, with its text', () => {
    expect(markOf(broken)).toEqual({ reason: 'It has 3 cells.', text: 'a;b;c' })
    expect(markOf(row('a', 'b'))).toBeUndefined()
  })
})

describe('a whole record', () => {
  it('is its line, its text where it could not be taken apart, or its columns as JSON', () => {
    expect(wholeRecord(columns.slice(0, 1), row('a line'))).toBe('a line')
    expect(wholeRecord(columns, broken)).toBe('a;b;c')
    expect(wholeRecord(columns, row('a', null))).toBe('{"user":"a","__proto__":null}')
    expect(wholeRecord(columns, { ...row('a', null), absent: [1] })).toBe('{"user":"a"}')
  })
})
