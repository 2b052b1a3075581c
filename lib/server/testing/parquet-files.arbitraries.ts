import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib'
import fc from 'fast-check'
import type { SchemaElement } from 'hyparquet'
import { parquetWriteBuffer } from 'hyparquet-writer'

/** A Parquet file, and what is to be read of it. */
export interface WrittenParquet {
  bytes: Buffer
  /** The cells of each record. */
  records: (string | null)[][]
}

/** What can be written into a column: what the writer takes, and the text that it reads as. */
interface Written {
  value: unknown
  text: string | null
}

interface Kind {
  /** The element of a column; its children come behind it. */
  elements: Omit<SchemaElement, 'name'> & { children?: SchemaElement[] }
  encodings: (Encoding | undefined)[]
  values: fc.Arbitrary<Written>
}

type Encoding =
  | 'PLAIN'
  | 'RLE'
  | 'RLE_DICTIONARY'
  | 'DELTA_BINARY_PACKED'
  | 'DELTA_LENGTH_BYTE_ARRAY'
  | 'DELTA_BYTE_ARRAY'
  | 'BYTE_STREAM_SPLIT'

const writtenAs = <T>(values: fc.Arbitrary<T>, toText: (value: T) => string) =>
  values.map((value): Written => ({ value, text: toText(value) }))

const WORDS = [
  '',
  '',
  'a',
  'é漢🙂',
  '"',
  '\\',
  '\n',
  '\r',
  '\t',
  ',',
  '\u0000',
  '\ufeff',
  'null',
  '__proto__',
]
const words = fc.array(fc.constantFrom(...WORDS), { maxLength: 4 }).map((pieces) => pieces.join(''))
const ints = fc.oneof(fc.integer(), fc.constantFrom(0, 1, 1, -1, 2 ** 31 - 1, -(2 ** 31)))
const longs = fc.oneof(
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.constantFrom(0n, 1n, 2n ** 53n + 1n, -(2n ** 53n) - 1n, 2n ** 63n - 1n, -(2n ** 63n)),
)
const SPECIAL = [0, -0, 0.1, 1e21, 5e-324, Number.MAX_VALUE, Number.NaN]
const doubles = fc.oneof(
  fc.double(),
  fc.constantFrom(...SPECIAL, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
)
const doubleText = (value: number) => (Object.is(value, -0) ? '-0' : String(value))
/** As JSON holds it, which knows no number that is none or without end. */
const doubleJson = (value: number) => (Number.isFinite(value) ? doubleText(value) : `"${value}"`)
const datesFrom = (min: string, max: string) =>
  fc.date({ min: new Date(min), max: new Date(max), noInvalidDate: true })
const dates = datesFrom('-000200-01-01', '+012000-01-01')
/** Those that 64 bits reach in nanoseconds. */
const nearDates = datesFrom('1700-01-01', '2200-01-01')
const jsons = fc.jsonValue({ maxDepth: 2 }).map((value): unknown => JSON.parse(JSON.stringify(value)))

const leaf = (name: string, type: NonNullable<SchemaElement['type']>, isText = false): SchemaElement => ({
  name,
  type,
  repetition_type: 'OPTIONAL',
  ...(isText ? { converted_type: 'UTF8' as const } : {}),
})
const orNull = <T>(values: fc.Arbitrary<T>) => fc.option(values, { freq: 4 })

const lists = writtenAs(
  fc.array(orNull(words), { maxLength: 4 }),
  (list) => `[${list.map((one) => JSON.stringify(one)).join(',')}]`,
)
const structs = writtenAs(fc.tuple(orNull(longs), orNull(doubles), orNull(words)), ([long, double, word]) => {
  const parts = [long === null ? 'null' : String(long), double === null ? 'null' : doubleJson(double)]
  return `{"__proto__":${parts[0]},"":${parts[1]},"w":${JSON.stringify(word)}}`
}).map(({ value, text }): Written => {
  const [long, double, word] = value as unknown[]
  return {
    value: Object.fromEntries([
      ['__proto__', long],
      ['', double],
      ['w', word],
    ]),
    text,
  }
})
const maps = writtenAs(
  fc.array(fc.record({ key: words, value: orNull(ints) }), { maxLength: 3 }),
  (entries) => `{${entries.map(({ key, value }) => `${JSON.stringify(key)}:${value}`).join(',')}}`,
)

const BYTES: Kind['encodings'] = [
  undefined,
  'PLAIN',
  'RLE_DICTIONARY',
  'DELTA_LENGTH_BYTE_ARRAY',
  'DELTA_BYTE_ARRAY',
]
const WHOLE: Kind['encodings'] = [
  undefined,
  'PLAIN',
  'RLE_DICTIONARY',
  'DELTA_BINARY_PACKED',
  'BYTE_STREAM_SPLIT',
]
const UNIT_DIGITS = { MILLIS: 3, MICROS: 6, NANOS: 9 } as const

const momentsIn = (unit: keyof typeof UNIT_DIGITS, isUtc: boolean): Kind => ({
  elements: { type: 'INT64', logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: isUtc, unit } },
  encodings: WHOLE,
  values: writtenAs(unit === 'NANOS' ? nearDates : dates, (date) =>
    date.toISOString().replace('Z', `${'0'.repeat(UNIT_DIGITS[unit] - 3)}${isUtc ? 'Z' : ''}`),
  ),
})

const KINDS: Kind[] = [
  {
    elements: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
    encodings: BYTES,
    values: writtenAs(words, String),
  },
  { elements: { type: 'INT32' }, encodings: WHOLE, values: writtenAs(ints, String) },
  { elements: { type: 'INT64' }, encodings: WHOLE, values: writtenAs(longs, String) },
  {
    elements: { type: 'DOUBLE' },
    encodings: ['PLAIN', 'BYTE_STREAM_SPLIT'],
    values: writtenAs(doubles, doubleText),
  },
  {
    // The writer's dictionaries hold 0 and -0 as one.
    elements: { type: 'DOUBLE' },
    encodings: [undefined, 'RLE_DICTIONARY'],
    values: writtenAs(
      doubles.filter((value) => value !== 0),
      doubleText,
    ),
  },
  {
    elements: { type: 'BOOLEAN' },
    encodings: [undefined, 'PLAIN', 'RLE'],
    values: writtenAs(fc.boolean(), String),
  },
  momentsIn('MILLIS', true),
  momentsIn('MICROS', false),
  momentsIn('NANOS', true),
  {
    elements: { type: 'INT32', converted_type: 'DATE' },
    encodings: WHOLE,
    values: writtenAs(dates, (date) => date.toISOString().replace(/T.*/, '')),
  },
  {
    elements: { type: 'FIXED_LEN_BYTE_ARRAY', type_length: 16, logical_type: { type: 'UUID' } },
    encodings: [undefined, 'PLAIN'],
    values: writtenAs(fc.uuid(), String),
  },
  {
    elements: { type: 'BYTE_ARRAY', converted_type: 'JSON' },
    encodings: BYTES,
    values: writtenAs(
      jsons.filter((value) => value !== null),
      (value) => JSON.stringify(value),
    ),
  },
  {
    elements: {
      converted_type: 'LIST',
      num_children: 1,
      children: [
        { name: 'list', num_children: 1, repetition_type: 'REPEATED' },
        leaf('element', 'BYTE_ARRAY', true),
      ],
    },
    encodings: [undefined, 'PLAIN'],
    values: lists,
  },
  {
    elements: {
      num_children: 3,
      children: [leaf('__proto__', 'INT64'), leaf('', 'DOUBLE'), leaf('w', 'BYTE_ARRAY', true)],
    },
    encodings: ['PLAIN'],
    values: structs,
  },
  {
    elements: {
      converted_type: 'MAP',
      num_children: 1,
      children: [
        { name: 'key_value', num_children: 2, repetition_type: 'REPEATED' },
        { ...leaf('key', 'BYTE_ARRAY', true), repetition_type: 'REQUIRED' },
        leaf('value', 'INT32'),
      ],
    },
    encodings: [undefined, 'PLAIN'],
    values: maps,
  },
]

const CODECS = ['UNCOMPRESSED', 'SNAPPY', 'GZIP', 'ZSTD', 'BROTLI'] as const
const COMPRESSORS = { GZIP: gzipSync, ZSTD: zstdCompressSync, BROTLI: brotliCompressSync }
const NAMES = [
  'a',
  'b',
  'c',
  'é',
  'a b',
  'A',
  '',
  '__proto__',
  'constructor',
  'col_0',
  'a_2',
  'x.y',
  '"',
  '\t',
  ' ',
  'n\u0000',
]

/** A column of so many values. */
const columnOf = (rows: number) =>
  fc.constantFrom(...KINDS).chain(({ elements, encodings, values }) =>
    fc.boolean().chain((isOptional) =>
      fc.record({
        elements: fc.constant<typeof elements>({
          ...elements,
          repetition_type: isOptional ? 'OPTIONAL' : 'REQUIRED',
        }),
        encoding: fc.constantFrom(...encodings),
        written: fc.array(
          isOptional ? fc.option(values, { freq: 4, nil: { value: null, text: null } }) : values,
          { minLength: rows, maxLength: rows },
        ),
      }),
    ),
  )

/** Small Parquet files of all that the writer has: kinds of columns, encodings, codecs, pages and row groups. */
export const parquetFiles: fc.Arbitrary<WrittenParquet> = fc
  .oneof(fc.nat({ max: 3 }), fc.nat({ max: 60 }))
  .chain((rows) =>
    fc.record({
      rows: fc.constant(rows),
      columns: fc.array(columnOf(rows), { minLength: 1, maxLength: 5 }),
      names: fc.uniqueArray(fc.constantFrom(...NAMES), { minLength: 5, maxLength: 5 }),
      codec: fc.constantFrom(...CODECS),
      rowGroupSize: fc.constantFrom(1, 7, 20, 1_000),
      pageSize: fc.constantFrom(1, 40, 1_000_000),
    }),
  )
  .map(({ rows, columns, names, codec, rowGroupSize, pageSize }) => {
    const bytes = parquetWriteBuffer({
      columnData: columns.map(({ encoding, written }, place) => ({
        name: names[place] ?? '',
        data: written.map(({ value }) => value),
        ...(encoding === undefined ? {} : { encoding }),
      })),
      schema: [
        { name: 'root', num_children: columns.length },
        ...columns.flatMap(({ elements: { children = [], ...element } }, place) => [
          { ...element, name: names[place] ?? '' },
          ...children,
        ]),
      ],
      codec,
      compressors: COMPRESSORS,
      rowGroupSize,
      pageSize,
    })
    const records = Array.from({ length: rows }, (_, row) =>
      columns.map(({ written }) => written[row]?.text ?? null),
    )
    return { bytes: Buffer.from(bytes), records }
  })
