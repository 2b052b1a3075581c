import { describe, expect, it } from 'vitest'
import { MOST_PREVIEW_CHARS } from '../formats/preview-size'
import type { Preview } from '../formats/wire'
import { MOST_COLUMNS } from './definition'
import { countUsedFiles, type FilesPreview, fileOfRow, PreviewJoin } from './files-preview'

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

function joinPreviews(first: Preview, others: readonly Preview[], rows: number): FilesPreview {
  const join = new PreviewJoin(first, rows)
  for (const other of others) join.add(other)
  return join.preview
}

describe('previews of several files', () => {
  it('counts those that gave a record', () => {
    const some = [preview('/b', ['a'], []), preview('/a', ['a'], [{ number: 1, cells: ['1'] }])]
    expect(countUsedFiles(joinPreviews(preview('/c', ['a'], []), some, 50))).toBe(2)
    expect(countUsedFiles(joinPreviews(preview('/c', ['a'], []), [], 50))).toBe(1)
  })

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
    expect(joined.further).toMatchObject([
      { path: '/b', records: 1 },
      { path: '/a', records: 0 },
    ])
  })

  it('keep the text of a record that could not be taken apart', () => {
    const broken = preview('/b', [], [{ number: 1, cells: ['{'], unparsed: 'no JSON', raw: '{' }])
    const [, row] = joinPreviews(preview('/c', ['id'], [{ number: 1, cells: ['1'] }]), [broken], 9).rows
    expect(row).toMatchObject({ unparsed: 'no JSON', raw: '{', cells: ['{'] })
  })

  /** A file of one record with so many columns, each of a name of its own. */
  const wide = (path: string, columns: number, nameOf = (column: number) => `${path}.${column}`) => {
    const names = Array.from({ length: columns }, (_, column) => nameOf(column))
    return preview(path, names, [{ number: 1, cells: names.map(() => 'x') }])
  }

  it.each([MOST_COLUMNS - 1, MOST_COLUMNS, MOST_COLUMNS + 1])(
    'hold as many columns as one file may: %i',
    (all) => {
      const joined = joinPreviews(wide('/c', 6_000), [wide('/b', all - 6_000), wide('/a', 6_000)], 50)
      const isWithin = all <= MOST_COLUMNS
      expect(joined.columns).toHaveLength(isWithin ? all : 6_000)
      expect(joined).toMatchObject({ records: isWithin ? 2 : 1, truncatedBy: 'records' })
    },
  )

  it('of as many columns each are joined at once', () => {
    const one = (path: string) => wide(path, MOST_COLUMNS, (column) => `c${column}`)
    const since = process.cpuUsage()
    const joined = joinPreviews(
      one('/0'),
      Array.from({ length: 49 }, (_, file) => one(`/${file + 1}`)),
      50,
    )
    // Half a second where nothing else runs; looking each column up among all the others would take many times this.
    expect(process.cpuUsage(since).user / 1000).toBeLessThan(10_000)
    expect(joined).toMatchObject({ records: 50, truncatedBy: null })
    expect(joined.columns).toHaveLength(MOST_COLUMNS)
  }, 30_000)

  it('send no more than a page can hold', () => {
    const long = (path: string) =>
      preview(path, ['line'], [{ number: 1, cells: ['x'.repeat(MOST_PREVIEW_CHARS / 4)] }])
    const others = ['/d', '/c', '/b', '/a'].map(long)
    const joined = joinPreviews(long('/e'), others, 50)
    expect(joined).toMatchObject({ records: 4, truncatedBy: 'records' })
    expect(new PreviewJoin(joined, 50).left).toBe(46)
  })

  it('tell what ended each of them', () => {
    const cut = preview('/b', ['a'], [{ number: 1, cells: ['y'] }], {
      truncatedBy: 'failure',
      charset: 'latin1',
    })
    const joined = joinPreviews(preview('/c', ['a'], [{ number: 1, cells: ['x'] }]), [cut], 9)
    expect(joined).toMatchObject({
      truncatedBy: 'failure',
      further: [{ path: '/b', records: 1, truncatedBy: 'failure', charset: 'latin1', looksLike: null }],
    })
  })
})
