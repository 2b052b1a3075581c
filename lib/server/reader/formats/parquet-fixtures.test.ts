import { describe, expect, it } from 'vitest'
import { parquetExpectation, parquetFixture, readParquet } from '#lib/server/testing/read-parquet'

/** Numbers of 32 bits are written as short as they read back; DuckDB writes them as those of 64. */
function asJson(text: string): Record<string, unknown> {
  const record = JSON.parse(text)
  for (const name of ['ratio', 'f'])
    if (typeof record[name] === 'number') record[name] = Math.fround(record[name])
  return record
}

const rule = (count: number, record: (index: number) => unknown): unknown[] =>
  Array.from({ length: count }, (_, index) => record(index))

const rows = () => parquetExpectation('rows')
const arrow = () => parquetExpectation('arrow')

const WORDS = ['Ann', 'Jürgen', '山田', '🙂 x']
const wordOf = (id: number) => (id % 7 === 0 ? null : WORDS[id % 4])
const tagsOf = (id: number) =>
  id % 5 === 0 ? [] : Array.from({ length: (id % 3) + 1 }, (_, place) => `t${(id + place) % 9}`)
const timeOf = (id: number) => new Date(Date.UTC(2026, 10, 23, 10, 0, id)).toISOString()

const polarsRow = (id: number) => ({
  id,
  name: wordOf(id),
  price: id / 8,
  ok: id % 3 === 0,
  tags: tagsOf(id),
  at: timeOf(id).slice(0, -1),
  kind: wordOf(id),
})

/** Its `seen` is a time of 96 bits, a nanosecond of a Julian day. */
const nodeRow = (id: number) => ({
  id,
  name: wordOf(id),
  price: id / 8,
  ok: id % 3 === 0,
  at: timeOf(id),
  seen: new Date(Date.UTC(1960 + id, 0, 1 + (id % 28), 23, 59, 59, id)).toISOString().replace('Z', '000000Z'),
  tags: tagsOf(id),
  raw: id % 4 === 0 ? null : JSON.stringify({ n: id }),
  stock:
    id % 6 === 0
      ? []
      : [
          { shop: 'A', count: id },
          { shop: 'B', count: -id },
        ],
})

describe('Parquet that other programs wrote', () => {
  it.each([
    ['rows-uncompressed', rows],
    ['rows-snappy', rows],
    ['rows-gzip', rows],
    ['rows-zstd', rows],
    ['rows-brotli', rows],
    ['rows-lz4', rows],
    ['rows-lz4-raw', rows],
    ['nested', () => parquetExpectation('nested')],
    ['names', () => [JSON.parse('{"__proto__": 1, "constructor": 2, "with space": 3}')]],
    ['empty', () => []],
    [
      'row-groups',
      () =>
        rule(6_000, (id) => ({
          id,
          text: `value ${(id * 7_919) % 1_000}`,
          pair: id % 3 === 0 ? null : [id, id + 1],
        })),
    ],
    [
      'v2',
      () =>
        rule(700, (id) => ({
          id,
          big: id * 1_000_000_007,
          s: `prefix-${String(id).padStart(6, '0')}`,
          d: id / 7,
          f: Math.fround(id / 3),
        })),
    ],
    ['arrow-small-pages', arrow],
    ['arrow-small-pages-v2', arrow],
    ['arrow-delta', arrow],
    ['arrow-delta-strings', arrow],
    ['polars-zstd', () => rule(1_500, polarsRow)],
    ['parquetjs', () => rule(250, nodeRow)],
    ['parquetjs-v2', () => rule(250, nodeRow)],
  ])('%s', async (name, expected) => {
    const { texts, failure, facts } = await readParquet(parquetFixture(name))
    expect(failure).toBeUndefined()
    expect(texts.map(asJson)).toEqual(expected())
    expect(facts.problems).toEqual([])
    expect(facts.records).toBe(texts.length)
  })

  it('every kind of value, exactly, with the storage types', async () => {
    const { cells, facts } = await readParquet(parquetFixture('kinds'))
    expect(cells).toEqual(parquetExpectation('kinds'))
    expect(Object.fromEntries(facts.columns.map(({ name, type }) => [name, type]))).toEqual({
      id: 'int',
      bool: 'boolean',
      i8: 'tinyint',
      i16: 'smallint',
      i32: 'int',
      i64: 'bigint',
      u64: 'string',
      u8: 'smallint',
      u16: 'int',
      u32: 'bigint',
      f32: 'float',
      f64: 'double',
      dec38: 'double',
      dec9: 'double',
      dec18: 'double',
      day: 'dateonly',
      ts: 'datetimenotz',
      tstz: 'date',
      tod: 'string',
      txt: 'string',
      bin: 'string',
      uid: 'string',
      ivl: 'string',
      ts_ms: 'datetimenotz',
      ts_ns: 'datetimenotz',
      big: 'double',
      js: 'string',
    })
    expect(facts.problems).toMatchObject([{ reason: 'binary-as-base64', column: 'bin' }])
  })

  it('nested columns have their types, and their text is JSON', async () => {
    const { cells, facts } = await readParquet(parquetFixture('nested'))
    expect(facts.columns.map(({ type }) => type)).toEqual(
      'int array array object map array array object'.split(' '),
    )
    expect(cells[3]?.slice(1, 5)).toEqual([
      '[9223372036854775807]',
      '["\\"quoted\\"\\n"]',
      '{"x":-1,"y":""}',
      '{"__proto__":1}',
    ])
  })

  it('refuses what is encrypted', async () => {
    const { failure } = await readParquet(parquetFixture('encrypted'))
    expect(failure?.details).toMatchObject({ reason: 'parquet-encrypted', where: '/a.parquet' })
  })
})
