import { readFileSync } from 'node:fs'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { FORMAT_KINDS, type FormatSettings, formatSchema } from '#lib/domain/formats/catalogue'
import { CHARSETS } from '#lib/domain/formats/charsets'
import { CSV_STYLES } from '#lib/domain/formats/csv-params'
import { UNMATCHED_LINES } from '#lib/domain/formats/regexp-params'
import { COMPRESSIONS } from '#lib/domain/formats/text-params'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import { buildZip } from '#lib/server/testing/build-zip'
import { sizes } from '#lib/server/testing/read-bytes'
import { readTable } from '#lib/server/testing/read-table'

const FIXTURES = new URL('./fixtures/', import.meta.url)
/** Packed by other programs, since Node.js writes no bzip2; and Parquet, to be damaged. */
const FILES = [
  'compressed/bzip2-small.bz2',
  'compressed/bzip2-runs.bz2',
  'compressed/zip-bzip2.zip',
  'parquet/empty.parquet',
  'parquet/names.parquet',
].map((name) => readFileSync(new URL(name, FIXTURES)))

/** What means something to one of the formats. */
const token = fc.constantFrom(
  ...[
    '\n',
    '\r',
    '\r\n',
    ',',
    ';',
    '\t',
    '"',
    '""',
    '\\',
    ' ',
    '=',
    'a',
    '12',
    'é',
    '語',
    '🙂',
    '\u0000',
    '\ufeff',
  ],
  ...[
    '{',
    '}',
    '[',
    ']',
    ':',
    '"a"',
    '{"a":1}',
    '{"a":{"b":[2]}}\n',
    '{"Records":[',
    '"__proto__":',
    '\\u00',
  ],
  ...['a,b\n', 'a,a,__proto__\n', '1,2,3,4\n', 'id=7\n', '---\n', '(2 rows)\n', '\ud83d'],
)
const text = fc.array(token, { maxLength: 30 }).map((parts) => parts.join(''))
const WRITINGS: ((written: string) => Buffer)[] = [
  (written) => Buffer.from(written),
  (written) => Buffer.from(written, 'latin1'),
  (written) => Buffer.from(written, 'utf16le'),
  (written) => Buffer.from(written, 'utf16le').swap16(),
]
const plain = fc.oneof(
  {
    arbitrary: fc.tuple(text, fc.constantFrom(...WRITINGS)).map(([written, write]) => write(written)),
    weight: 6,
  },
  { arbitrary: fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)), weight: 1 },
)
const PACKINGS: ((one: Buffer, other: Buffer) => Buffer)[] = [
  (one, other) => Buffer.concat([one, other]),
  (one, other) => Buffer.concat([gzipSync(one), gzipSync(other)]),
  (one, other) => Buffer.concat([zstdCompressSync(one), zstdCompressSync(other)]),
  (one, other) =>
    buildZip([
      { name: 'one', data: one },
      { name: '__MACOSX/x', data: one },
      { name: 'other', data: other, method: 0 },
    ]),
  (one, other) =>
    buildZip([
      { name: 'one.csv', data: one },
      { name: 'read.me', data: other },
    ]),
]
const whole = fc.oneof(
  {
    arbitrary: fc
      .tuple(plain, plain, fc.constantFrom(...PACKINGS))
      .map(([one, other, pack]) => pack(one, other)),
    weight: 9,
  },
  { arbitrary: fc.constantFrom(...FILES), weight: 1 },
)
/** Half of the files are as they were written; of the others one byte is another, or the end is missing. */
const file = fc
  .tuple(whole, fc.constantFrom('none', 'none', 'byte', 'end'), fc.nat(), fc.integer({ min: 0, max: 255 }))
  .map(([bytes, damage, at, byte]) => {
    const place = at % (bytes.length + 1)
    if (damage === 'end') return bytes.subarray(0, place)
    if (damage === 'none' || place === bytes.length) return bytes
    const damaged = Buffer.from(bytes)
    damaged[place] = byte
    return damaged
  })

/** What is tried of each setting: one that lacks does not compile. */
type Settings<Params> = { [Name in keyof Params]-?: fc.Arbitrary<Params[Name] | undefined> }
type ParamsOf<Type extends FormatSettings['type']> = Extract<FormatSettings, { type: Type }>['params']
type TextParams = Pick<ParamsOf<'line'>, 'charset' | 'compress' | 'binaryAsText' | 'zipEntries'>

const shared: Settings<TextParams> = {
  charset: fc.oneof(fc.constantFrom('utf8', 'latin1', 'utf-16le', 'utf-16be'), fc.constantFrom(...CHARSETS)),
  compress: fc.oneof(fc.constant('' as const), fc.constantFrom(...COMPRESSIONS)),
  binaryAsText: fc.constantFrom(undefined, undefined, true),
  zipEntries: fc.constantFrom(undefined, undefined, '', '*', 'one', 'x*'),
}
const mark = fc.constantFrom(',', ';', '"', '\\', '\t', '🙂', 'a')
const maxChars = fc.constantFrom(0, 1, 3, 500_000_000)
const perhaps = fc.constantFrom(undefined, true, false)
/** Of every format of the registry. */
const PARAMS: { [Type in FormatSettings['type']]: Settings<ParamsOf<Type>> } = {
  line: { ...shared, maxLineChars: maxChars, expandJson: fc.boolean(), expandDepth: fc.constantFrom(1, 3) },
  csv: {
    ...shared,
    style: fc.constantFrom(...CSV_STYLES),
    separator: mark,
    quoteChar: mark,
    escapeChar: mark,
    skipRowsBeforeHeader: fc.constantFrom(0, 0, 1, 2),
    parseHeaderRow: fc.boolean(),
    headerNames: fc.constantFrom(undefined, undefined, ['a'], ['a', '__proto__', 'b']),
    skipRowsAfterHeader: fc.constantFrom(0, 0, 1, 2),
    skipRepeatedHeaders: perhaps,
    skipLinesBesideRows: perhaps,
    maxRowChars: maxChars,
  },
  json: {
    ...shared,
    maxDepth: fc.constantFrom(0, 1, 100),
    rootPath: fc.constantFrom('', 'Records', 'a.b'),
  },
  regexp: {
    ...shared,
    maxLineChars: maxChars,
    pattern: fc.constantFrom('(?P<key>\\w+)=(?P<value>.*)', '(?P<all>.*)', '(?P<a>[^,]*),?(?P<b>.*)'),
    unmatchedLines: fc.constantFrom(...UNMATCHED_LINES),
  },
  parquet: {},
}
const settings = fc.constantFrom(...FORMAT_KINDS.map(({ type }) => type)).chain((type) => {
  const params: Record<string, fc.Arbitrary<unknown>> = PARAMS[type]
  return fc.record({ type: fc.constant(type), params: fc.record(params) })
})
const format = settings
  .map((one) => formatSchema.safeParse(one))
  .filter(({ success }) => success)
  .map(({ data }) => data as FormatSettings)

/**
 * What came of a reading, as far as it can be told alike: notes of the charset come with the piece that holds the bytes, before
 * or behind those of its records, and are there or not where a failure ends the piece.
 */
async function readAll(...asked: Parameters<typeof readTable>) {
  const { problems, failure, ...outcome } = await readTable(...asked)
  const byReason = Object.groupBy(problems, ({ reason }) => reason)
  if (failure !== undefined) delete byReason['undecodable-bytes']
  return { ...outcome, byReason, message: failure?.message, details: failure?.details }
}

type Outcome = Awaited<ReturnType<typeof readAll>>

const isDamaged = ({ details }: Outcome) => details?.reason === 'damaged-compressed-data'

function expectAlike(one: Outcome, other: Outcome): void {
  if (isDamaged(one) || isDamaged(other)) {
    // zlib says of damage only in which piece it is, and may keep what it unpacked of that: one knows more than the other.
    const known = Math.min(one.texts.length, other.texts.length)
    expect(one.texts.slice(0, known)).toEqual(other.texts.slice(0, known))
  } else expect(one).toEqual(other)
}

it('any bytes in any format give the same records, problems and failure however they are cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      file,
      format,
      sizes,
      fc.constantFrom('keep', 'fail'),
      async (bytes, settings, cuts, recordFaults) => {
        const limits = { recordFaults } as const
        const outcome = await readAll(bytes, settings, { limits })
        expectAlike(await readAll(bytes, settings, { limits, sizes: cuts }), outcome)
      },
    ),
    propertyRuns(),
  )
})
