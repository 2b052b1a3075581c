import { describe, expect, it } from 'vitest'
import type { SchemaColumn } from '#lib/domain/datasets/definition'
import { applyDiff } from '#lib/domain/datasets/schema-diff'
import type { FoundColumn, SchemaReport } from '#lib/domain/datasets/schema-report'
import type { Preview } from '#lib/domain/formats/wire'
import { knowColumns, sayShare } from './column-facts'
import { filterColumns, PAGE_ROWS, pageOf, pagesOf, placeColumns, targetOf } from './column-places'
import { columnsToAdd, findDisagreements, sayLookedAt } from './consistency-model'
import { diffOf, isChosenAtFirst, listChanges, pickFromDiff, sayAgainst } from './review-model'

const FIRST = { path: '/a.csv', modifiedAt: '2026-11-01T00:00:00.000Z' }

const found = (name: string, more: Partial<FoundColumn> = {}): FoundColumn => ({
  name,
  type: 'string',
  inferred: 'string',
  against: [],
  present: 10,
  empty: 0,
  firstSeen: FIRST,
  longestChars: 4,
  examples: ['mira'],
  ...more,
})

const report = (columns: FoundColumn[], more: Partial<SchemaReport> = {}): SchemaReport => ({
  files: [{ ...FIRST, records: 10 }],
  records: 10,
  unparsed: 0,
  columns,
  columnsLeftOut: 0,
  checks: [],
  headerless: [],
  renamed: [],
  problems: [],
  readAt: '2026-11-22T00:00:00.000Z',
  endedBy: null,
  emptyBecause: null,
  ...more,
})

const SCHEMA: SchemaColumn[] = [
  { name: 'who', source: 'user', type: 'string' },
  { name: 'took', type: 'int', maxLength: 2 },
  { name: 'gone', type: 'string', meaning: 'IPAddress' },
]
const place = { path: '/a.csv', record: 3, excerpt: 'n/a' }

describe('what the files differ in', () => {
  it('is nothing where they are as the schema says', () => {
    expect(findDisagreements(SCHEMA.slice(0, 2), report([found('user'), found('took')]))).toEqual([])
  })

  it('is said of columns and of values, with a place', () => {
    const checks: SchemaReport['checks'] = [
      {
        column: 1,
        misfits: { count: 12, first: place },
        otherMeaning: null,
        tooLong: { count: 1, first: place },
      },
      { column: 2, misfits: null, otherMeaning: { count: 2, first: place }, tooLong: null },
    ]
    const list = findDisagreements(SCHEMA, report([found('user'), found('took'), found('ip')], { checks }))
    expect(list).toEqual([
      { id: 'missing', count: 1, message: 'No file has the column “gone”.' },
      { id: 'new', count: 1, message: 'The files also have the column “ip”.' },
      { id: 'type-1', count: 1, message: 'took: 12 values are not of type int.', example: place },
      { id: 'length-1', count: 1, message: 'took: 1 value is longer than 2 characters.', example: place },
      { id: 'meaning-2', count: 1, message: 'gone: 2 values are not of meaning IP address.', example: place },
    ])
    expect(sayLookedAt(report([]))).toBe('10 records of 1 file')
    const many = report(['user', 'took', 'gone', 'a', 'b', 'c'].map((name) => found(name)))
    expect(findDisagreements(SCHEMA, many)).toMatchObject([{ id: 'new', count: 3 }])
    expect(columnsToAdd(SCHEMA, many).map(({ name }) => name)).toEqual(['a', 'b', 'c'])
  })
})

describe('what the files would change', () => {
  const against = { ...place, type: 'int', fits: 9, misfits: 1, altered: 0 }

  it('is columns that come and go, when redetected', () => {
    const changes = listChanges('redetect', SCHEMA, report([found('user'), found('took'), found('ip')]))
    expect(changes.map(({ sign, name, what }) => `${sign} ${name} ${what}`)).toEqual([
      '+ ip string · in 10 of 10 records',
      '− gone not in the file that was read',
    ])
  })

  it('is applied by what was chosen: all but removals at first', () => {
    const answer = report([found('user'), found('took', { type: 'bigint' }), found('ip'), found('host')])
    const diff = diffOf('redetect', SCHEMA, answer)
    const changes = listChanges('redetect', SCHEMA, answer)
    const names = (chosen: typeof changes) =>
      applyDiff(SCHEMA, pickFromDiff(diff, chosen)).map(({ name, type }) => `${name} ${type}`)
    expect(changes.filter(isChosenAtFirst).map(({ id }) => id)).toEqual(['+ip', '+host', '~took'])
    expect(names(changes.filter(isChosenAtFirst))).toEqual([
      'who string',
      'took bigint',
      'gone string',
      'ip string',
      'host string',
    ])
    expect(names(changes)).toEqual(['who string', 'took bigint', 'ip string', 'host string'])
    expect(names(changes.filter(({ id }) => id === '−gone' || id === '+host'))).toEqual([
      'who string',
      'took int',
      'host string',
    ])
    expect(names([])).toEqual(SCHEMA.map(({ name, type }) => `${name} ${type}`))
  })

  it('tells columns of one name apart', () => {
    const twice = [...SCHEMA, { name: 'gone', type: 'string' }]
    const changes = listChanges('redetect', twice, report([found('user'), found('took')]))
    expect(changes.map(({ id }) => id)).toEqual(['−gone', '−gone 2'])
  })

  it('is types, with what spoke against narrower ones, when inferred', () => {
    const columns = [
      found('user', { inferred: 'int' }),
      found('took', { inferred: 'string', against: [against] }),
    ]
    const stays = { name: 'stays', type: 'string' }
    const all = report([...columns, found('stays', { against: [against] })])
    const changes = listChanges('infer', [...SCHEMA, stays], all)
    expect(changes.map(({ sign, name, what }) => `${sign} ${name} ${what}`)).toEqual([
      '~ who string → int · all of 10 values',
      '~ took int → string · all of 10 values',
      '= stays stays string',
    ])
    expect(changes.slice(1).map((change) => change.against)).toEqual([against, against])
  })

  it('says of a type what is of it, and what would not be given back', () => {
    expect(sayAgainst(against)).toBe('9 values are int, 1 is not:')
    const altered = { ...against, fits: 0, misfits: 10, altered: 10 }
    expect(sayAgainst(altered)).toBe('10 values look like int, and would not be given back as written:')
  })

  it('is nothing for a column without any value', () => {
    const empty = report([found('took', { present: 10, empty: 10, inferred: 'string' })])
    expect(diffOf('infer', SCHEMA, empty).retyped).toEqual([])
  })
})

describe('what is known of a column', () => {
  const preview: Preview = {
    usedPath: '/b.csv',
    sizeBytes: 40,
    compression: 'none',
    charset: 'utf8',
    records: 4,
    truncatedBy: null,
    replacedBytes: 0,
    problems: [],
    looksLike: null,
    columns: [
      { name: 'user', type: 'string' },
      { name: '__proto__', type: 'int' },
    ],
    rows: [
      { number: 1, cells: ['mira', '1'] },
      { number: 2, cells: [null, ''], absent: [0] },
      { number: 3, cells: ['ada'] },
      { number: 4, cells: [], unparsed: 'too few cells' },
    ],
  }

  it('comes from the preview until files were read together', () => {
    const known = knowColumns(null, preview)
    expect(known).toMatchObject({ from: 'preview' })
    expect(known?.factsOf('user')).toMatchObject({
      present: 2,
      empty: 0,
      records: 3,
      examples: ['mira', 'ada'],
    })
    expect(known?.factsOf('__proto__')).toMatchObject({ type: 'int', present: 2, empty: 1 })
    expect(known?.factsOf('constructor')).toBeUndefined()
    const read = knowColumns(report([found('user')]), preview)
    expect(read).toMatchObject({ from: 'files' })
    expect(read?.factsOf('user')).toMatchObject({ present: 10, records: 10, firstSeen: FIRST })
    expect(knowColumns(report([], { files: [] }), null)).toBe(null)
  })

  it.each([
    [0, 0, '0 %'],
    [0, 10, '0 %'],
    [1, 1_000, '1 %'],
    [999, 1_000, '99 %'],
    [1_000, 1_000, '100 %'],
  ])('%i of %i is %s', (part, whole, expected) => expect(sayShare(part, whole)).toBe(expected))
})

describe('the rows of the table', () => {
  it('keep their keys while columns are renamed and moved', () => {
    const columns: SchemaColumn[] = [...SCHEMA, { name: 'again', source: 'user', type: 'string' }]
    const keys = placeColumns(columns).map(({ key }) => key)
    expect(new Set(keys).size).toBe(4)
    expect(keys).toEqual(['0 user', '0 took', '0 gone', '1 user'])
  })

  it('are filtered by both names', () => {
    const placed = placeColumns(SCHEMA)
    expect(filterColumns(placed, ' USE').map(({ index }) => index)).toEqual([0])
    expect(filterColumns(placed, '')).toHaveLength(3)
  })

  it('stand on pages', () => {
    expect([0, 1, PAGE_ROWS, PAGE_ROWS + 1, 10_000].map(pagesOf)).toEqual([1, 1, 1, 2, 200])
    expect([0, PAGE_ROWS - 1, PAGE_ROWS].map(pageOf)).toEqual([0, 0, 1])
  })

  it.each([
    ['ArrowUp', 0, null],
    ['ArrowUp', 2, 1],
    ['ArrowDown', 2, null],
    ['Home', 2, 0],
    ['End', 2, null],
    ['End', 0, 2],
    ['a', 1, null],
  ])('%s at %i leads to %s', (key, index, to) => expect(targetOf(key, index, 3)).toBe(to))
})
