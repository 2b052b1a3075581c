import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import { FileColumns, uniteColumns } from './collect-columns'
import { MOST_COLUMNS, type SchemaColumn } from './definition'
import { schemaReport } from './schema-report'

type Cells = (string | null | undefined)[]

const texts = (...names: string[]) => names.map((name) => ({ name, type: 'string' }))

function collect(
  path: string,
  columns: { name: string; type: string }[],
  rows: Cells[],
  schema: SchemaColumn[] = [],
): FileColumns {
  const file = new FileColumns(
    { path, modifiedAt: '2026-11-22T00:00:00.000Z' },
    { schema, infers: ({ type }) => type === 'string' },
  )
  file.know(columns)
  for (const [index, cells] of rows.entries()) file.add({ number: index + 1, cells, tooLarge: undefined })
  return file
}

describe('the columns of several files', () => {
  it('are put together with where each was first seen, how often, and what stands there', () => {
    const old = collect('/old.csv', texts('user', 'took'), [['mira', '1'], ['ada', ''], ['mira']])
    const late = collect('/new.csv', texts('took', 'ip'), [
      ['n/a', '10.0.0.1'],
      ['3', null],
    ])
    const united = uniteColumns([old, late])
    expect(united).toMatchObject({ records: 5, columnsLeftOut: 0 })
    expect(united.columns).toMatchObject([
      { name: 'user', present: 3, empty: 0, firstSeen: { path: '/old.csv' }, examples: ['mira', 'ada'] },
      {
        name: 'took',
        present: 4,
        empty: 1,
        inferred: 'string',
        firstSeen: { path: '/old.csv' },
        examples: ['1', 'n/a', '3'],
        against: [
          { type: 'int', path: '/new.csv', record: 1, excerpt: 'n/a', fits: 2, misfits: 1 },
          { type: 'bigint', fits: 2 },
          { type: 'double', fits: 2 },
        ],
      },
      { name: 'ip', present: 2, empty: 1, firstSeen: { path: '/new.csv' }, longestChars: 8 },
    ])
  })

  it('are held against what a schema promises, by the names they have in the files', () => {
    const schema: SchemaColumn[] = [
      { name: 'ms', source: 'took', type: 'int', maxLength: 2 },
      { name: 'again', source: 'took', type: 'string', meaning: 'LongMeaning' },
      { name: 'fine', source: 'user', type: 'string', maxLength: -1 },
    ]
    const rows = [
      ['mira', '1'],
      ['ada', 'n/a'],
      ['ada', '100'],
    ]
    const { checks } = uniteColumns([collect('/a.csv', texts('user', 'took'), rows, schema)])
    const first = { path: '/a.csv', record: 2, excerpt: 'n/a' }
    expect(checks).toEqual([
      { column: 0, misfits: { count: 1, first }, otherMeaning: null, tooLong: { count: 2, first } },
      { column: 1, misfits: null, otherMeaning: { count: 1, first }, tooLong: null },
    ])
  })

  it('are as read where a name stands twice, and harmless by any name', () => {
    const names = texts('a', '__proto__', 'a', 'constructor')
    const { columns } = uniteColumns([collect('/a.csv', names, [['first', 'x', 'second', 'y']])])
    expect(columns.map(({ name, examples }) => [name, examples])).toEqual([
      ['a', ['second']],
      ['__proto__', ['x']],
      ['constructor', ['y']],
    ])
    expect(({} as Record<string, unknown>).examples).toBeUndefined()
  })

  it('are as many as a schema holds, and the others are counted', () => {
    for (const extra of [-1, 0, 1]) {
      const names = texts(...Array.from({ length: MOST_COLUMNS + extra }, (_, index) => `c${index}`))
      const united = uniteColumns([collect('/wide.csv', names, [])])
      expect(united.columns).toHaveLength(Math.min(MOST_COLUMNS, MOST_COLUMNS + extra))
      expect(united.columnsLeftOut).toBe(Math.max(0, extra))
    }
  })

  it('do not depend on how records are spread over files but for the places', () => {
    const cell = fc.oneof(fc.constantFrom('1', '2.5', 'x', '', '2026-11-22', null, undefined), fc.string())
    const row = fc.array(cell, { minLength: 2, maxLength: 2 })
    fc.assert(
      fc.property(fc.array(row, { maxLength: 12 }), fc.nat(12), (rows, at) => {
        const names = texts('a', '__proto__')
        const whole = uniteColumns([collect('/a', names, rows)])
        const parts = [rows.slice(0, at), rows.slice(at)].map((part) => collect('/a', names, part))
        const facts = ({ columns }: typeof whole) =>
          columns.map(({ against, ...rest }) => ({
            ...rest,
            against: against.map(({ path: _, record: __, ...told }) => told),
          }))
        expect(facts(uniteColumns(parts))).toEqual(facts(whole))
        const rest = { problems: [], readAt: '2026-11-22T00:00:00Z', endedBy: null, emptyBecause: null }
        expect(schemaReport.safeParse({ ...whole, ...rest }).success).toBe(true)
      }),
      propertyRuns(),
    )
  })
})

describe('files without a header among headed ones', () => {
  const headed = (path: string, ...names: string[]) => collect(path, texts(...names), [['1', 'x', 'y']])
  const told = (...files: FileColumns[]) => {
    const united = uniteColumns(files, { haveHeaders: true })
    return [united.headerless, united.columns.map(({ name }) => name)]
  }

  it('are told, and add nothing to the columns of the others', () => {
    const old = collect('/old.csv', texts('7', 'Meyer', '12.50'), [['8', 'Ott', '1.00']])
    const names = ['id', 'name', 'amount']
    const said = [{ path: '/old.csv', columns: 3 }]
    expect(told(old, headed('/a.csv', ...names))).toEqual([said, names])
    expect(told(headed('/a.csv', ...names), old, headed('/b.csv', ...names, 'late'))).toEqual([
      said,
      [...names, 'late'],
    ])
    // Without headers to go by, they are columns as others are.
    expect(uniteColumns([old, headed('/a.csv', ...names)]).columns).toHaveLength(6)
  })

  it('are not files with other names, which are told with columns of their own', () => {
    const beside = [headed('/a.csv', 'id', 'name', 'amount'), headed('/b.csv', 'id', 'name', 'amount')]
    const renamed = (...names: string[]) =>
      uniteColumns([headed('/odd.csv', ...names), ...beside], { haveHeaders: true })
    for (const names of [
      ['kennung', 'kunde', 'betrag'],
      ['ID', 'Name', 'Amount'],
      ['Id ', '2nd', '3rd'],
    ]) {
      const united = renamed(...names)
      expect(united.headerless).toEqual([])
      expect(united.renamed).toEqual([{ path: '/odd.csv', names }])
      expect(united.columns.map(({ name }) => name)).toEqual([...names, 'id', 'name', 'amount'])
    }
    expect(renamed('7', 'Meyer', '12.50')).toMatchObject({ headerless: [{ path: '/odd.csv' }], renamed: [] })
    expect(renamed('id', 'kunde', 'betrag')).toMatchObject({ headerless: [], renamed: [] })
  })

  it('are not files that hold another table, or only other columns', () => {
    const orders = headed('/orders.csv', 'no', 'item')
    expect(told(headed('/a.csv', 'id', 'name', 'amount'), orders)).toEqual([
      [],
      ['id', 'name', 'amount', 'no', 'item'],
    ])
    expect(told(headed('/a.csv', '2019', '2020'), headed('/b.csv', '2020', '2021'))).toEqual([
      [],
      ['2019', '2020', '2021'],
    ])
    expect(told(collect('/empty.csv', [], []), orders)).toEqual([[], ['no', 'item']])
  })
})
