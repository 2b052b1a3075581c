import fc from 'fast-check'
import { parquetRead } from 'hyparquet'
import { describe, expect, it } from 'vitest'
import { exportColumns, exportRows } from '#lib/domain/datasets/export-sample'
import { NOTHING_OUTSIDE } from '#lib/domain/datasets/outside-schema'
import type { Sample } from '#lib/domain/datasets/sample-wire'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import { readParquet } from '#lib/server/testing/read-parquet'
import { writeParquet } from './write-parquet'

interface Column {
  name: string
  type: string
  values: (string | null)[]
}

function sampleOf(columns: Column[], absent: number[] = []): Sample {
  const count = columns[0]?.values.length ?? 0
  return {
    mode: 'first-records',
    within: null,
    amongNewest: false,
    complete: false,
    random: null,
    partitions: ['NP'],
    partitionsTotal: null,
    columns: columns.map(({ name, type }) => ({ name, type })),
    files: [{ path: '/a.csv', partition: 'NP' }],
    rows: Array.from({ length: count }, (_, index) => ({
      file: 0,
      number: index + 1,
      cells: columns.map(({ values }) => values[index] ?? null),
      ...(absent.length === 0 ? {} : { absent }),
    })),
    outside: NOTHING_OUTSIDE,
    problems: [],
    readAt: '2026-11-22T00:00:00.000Z',
    durationMs: 0,
    endedBy: null,
    filesRead: 1,
    filesFound: 1,
    emptyBecause: null,
    isUnmatched: false,
  }
}

const bytesOf = (sample: Sample): Buffer => Buffer.concat([...writeParquet(exportColumns(sample))])

/** What our own reader finds: the columns before the place, their types and values. */
async function readBack(columns: Column[]) {
  const { cells, facts, failure } = await readParquet(bytesOf(sampleOf(columns)))
  expect(failure).toBeUndefined()
  return columns.map((_, at) => ({
    name: facts.columns[at]?.name,
    type: facts.columns[at]?.type,
    values: cells.map((row) => row[at]),
  }))
}

const column = (type: string, ...values: (string | null)[]): Column => ({ name: type, type, values })

describe('a sample as Parquet', () => {
  it('has the types of the schema where they give every value back', async () => {
    const columns = [
      column('string', 'a', '', null, 'ä\u{1f600}'),
      column('tinyint', '-128', '127', null, '0'),
      column('smallint', '-32768', '32767', null, '0'),
      column('int', '-2147483648', '2147483647', null, '0'),
      column('bigint', '-9223372036854775808', '9223372036854775807', null, '0'),
      column('float', '0.1', '-0', '3.4028235e+38', 'NaN'),
      column('double', '0.1', '-0', '0', '-Infinity'),
      column('boolean', 'true', 'false', null, 'true'),
      column('dateonly', '0000-01-01', '9999-12-31', null, '2024-02-29'),
      column('date', '0000-01-01T00:00:00.000000Z', '9999-12-31T23:59:59.999999Z', null, null),
      column('datetimenotz', '2026-11-22T10:00:00.123456789', null, null, '1969-12-31T23:59:59.999999999'),
    ]
    expect(await readBack(columns)).toEqual(columns)
  })

  it.each([
    ['a code with zeros', 'int', '007'],
    ['a plus', 'bigint', '+1'],
    ['a number too large', 'tinyint', '128'],
    ['one that is too large for any', 'bigint', '9223372036854775808'],
    ['an empty text', 'int', ''],
    ['more digits than are held', 'double', '0.12345678901234567890'],
    ['more digits than 32 bits hold', 'float', '0.123456789'],
    ['a number with zeros before', 'double', '00.5'],
    ['a number beyond all', 'double', '1e999'],
    ['no boolean', 'boolean', 'yes'],
    ['no day', 'dateonly', '2026-02-30'],
    ['another zone', 'date', '2026-11-22T10:00:00+02:00'],
    ['a moment too far for its digits', 'date', '9999-11-22T10:00:00.123456789Z'],
    ['JSON', 'array', '[1, 2]'],
    ['a geopoint', 'geopoint', 'POINT(1 2)'],
    ['an unknown type', 'money', '1'],
  ])('keeps %s as text', async (_, type, value) => {
    expect(await readBack([column(type, '1', value)])).toEqual([
      { name: type, type: 'string', values: ['1', value] },
    ])
  })

  it('says the same of numbers and moments that are written in another way', async () => {
    const found = await readBack([
      column('double', '1.50', '1e3', '-0.0'),
      column('boolean', 'TRUE', 'False', null),
      column('date', '2026-11-22 10:00:00+00:00', '2026-11-22T10:00Z', '2026-11-22T10:00:00,5Z'),
    ])
    expect(found.map(({ values }) => values)).toEqual([
      ['1.5', '1000', '-0'],
      ['true', 'false', null],
      ['2026-11-22T10:00:00.000000Z', '2026-11-22T10:00:00.000000Z', '2026-11-22T10:00:00.500000Z'],
    ])
  })

  it('tells where each record comes from, and names every column once', async () => {
    const names = ['__proto__', 'a', 'a', 'a_2', '_file', 'constructor']
    const columns = names.map((name, at) => ({
      name,
      type: at % 2 === 0 ? 'int' : 'string',
      values: [`${at}`],
    }))
    const sample = sampleOf(columns)
    const expected = [
      '__proto__',
      'a',
      'a_3',
      'a_2',
      '_file',
      'constructor',
      '_partition',
      '_file_2',
      '_record',
    ]
    const bytes = bytesOf(sample)
    const { cells, facts } = await readParquet(bytes)
    expect(facts.columns.map(({ name }) => name)).toEqual([...expected, '_characters'])
    expect(cells).toEqual([['0', '1', '2', '3', '4', '5', 'NP', '/a.csv', '1', null]])
    const [json] = JSON.parse([...exportRows(sample, 'json')].join(''))
    expect(Object.keys(json)).toEqual([...expected, '_characters'])
  })

  it('is read alike by another reader', async () => {
    const sample = sampleOf([
      column('string', 'x', '', null),
      column('bigint', '1', null, '9007199254740993'),
      { name: '__proto__', type: 'double', values: ['0.5', null, '-1'] },
    ])
    const bytes = bytesOf(sample)
    const file = new Uint8Array(bytes).buffer
    let rows: unknown[] = []
    await parquetRead({ file, rowFormat: 'array', onComplete: (found) => (rows = found) })
    expect(rows).toEqual([
      ['x', 1n, 0.5, 'NP', '/a.csv', 1n, null],
      ['', null, null, 'NP', '/a.csv', 2n, null],
      [null, 9007199254740993n, -1, 'NP', '/a.csv', 3n, null],
    ])
  })

  it('holds a sample without records, and one of many pieces', async () => {
    const empty = await readParquet(bytesOf(sampleOf([column('int')])))
    expect([empty.cells, empty.facts.columns[0], empty.failure]).toEqual([
      [],
      { name: 'int', type: 'int' },
      undefined,
    ])
    for (const count of [999, 1_000, 1_001, 10_000]) {
      const values = Array.from({ length: count }, (_, index) => (index % 7 === 0 ? null : `${index}`))
      const [found] = await readBack([{ name: 'n', type: 'int', values }])
      expect(found?.values).toEqual(values)
    }
  })

  it('gives back any texts', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('', '0', '-1', '1.5', 'true', '2026-11-22', '2026-11-22T10:00:00.000000Z', '{}'),
    )
    const types = fc.constantFrom('string', 'int', 'bigint', 'boolean', 'dateonly', 'date', 'object')
    const columns = fc.array(
      fc.record({
        name: fc.string({ minLength: 1 }),
        type: types,
        values: fc.array(fc.option(text), { minLength: 3, maxLength: 3 }),
      }),
      { minLength: 1, maxLength: 4 },
    )
    await fc.assert(
      fc.asyncProperty(columns, async (given) => {
        const found = await readBack(given)
        expect(found.map(({ values }) => values)).toEqual(given.map(({ values }) => values))
      }),
      propertyRuns(200),
    )
  })
})
