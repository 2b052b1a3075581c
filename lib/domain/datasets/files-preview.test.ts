import { describe, expect, it } from 'vitest'
import type { Preview } from '../formats/wire'
import { fileOfRow, joinPreviews } from './files-preview'

const preview = (usedPath: string, names: string[], rows: Preview['rows'], change = {}): Preview => ({
  usedPath,
  sizeBytes: 10,
  compression: 'none',
  charset: 'utf8',
  looksLike: null,
  columns: names.map((name) => ({ name, type: 'string' })),
  rows,
  records: rows.length,
  truncatedBy: null,
  replacedBytes: 0,
  problems: [],
  ...change,
})

describe('previews of several files', () => {
  it('have the columns of all, each record in its own, and know their files', () => {
    const joined = joinPreviews(
      preview('/c', ['id', 'a'], [{ number: 1, cells: ['1', 'x'] }]),
      [
        preview('/b', ['b', 'id'], [{ number: 1, cells: ['y', '2'], raw: 'y,2' }]),
        preview('/a', ['id', 'id', '__proto__'], [{ number: 1, cells: ['3', '4', null], absent: [2] }]),
      ],
      50,
    )
    expect(joined.columns.map(({ name }) => name)).toEqual(['id', 'a', 'b', 'id', '__proto__'])
    expect(joined.rows).toEqual([
      { number: 1, cells: ['1', 'x'] },
      { number: 1, cells: ['2', null, 'y'], absent: [1], raw: 'y,2', file: 0 },
      { number: 1, cells: ['3', null, null, '4', null], absent: [1, 2, 4], file: 1 },
    ])
    expect(joined.rows.map((row) => fileOfRow(joined, row))).toEqual(['/c', '/b', '/a'])
    expect(joined).toMatchObject({ records: 3, truncatedBy: null })
  })

  it('keep the text of a record whose only cell moves', () => {
    const other = preview('/b', ['b'], [{ number: 1, cells: ['y'] }])
    const [, row] = joinPreviews(preview('/c', ['a'], [{ number: 1, cells: ['x'] }]), [other], 9).rows
    expect(row).toMatchObject({ cells: [null, 'y'], absent: [0], raw: 'y' })
  })

  it('hold no more than is wanted, and say so', () => {
    const one = (path: string) =>
      preview(
        path,
        ['line'],
        [
          { number: 1, cells: [path] },
          { number: 2, cells: [path] },
        ],
      )
    const joined = joinPreviews(one('/c'), [one('/b'), one('/a')], 3)
    expect(joined).toMatchObject({ records: 3, truncatedBy: 'records' })
    expect(joined.further).toEqual([
      { path: '/b', records: 1 },
      { path: '/a', records: 0 },
    ])
  })

  it('keep the text of a record that could not be taken apart', () => {
    const broken = preview('/b', [], [{ number: 1, cells: ['{'], unparsed: 'no JSON', raw: '{' }])
    const [, row] = joinPreviews(preview('/c', ['id'], [{ number: 1, cells: ['1'] }]), [broken], 9).rows
    expect(row).toMatchObject({ unparsed: 'no JSON', raw: '{', cells: ['{'] })
  })
})
