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
