import { describe, expect, it } from 'vitest'
import { formatSchema } from './catalogue'
import { looksBinary } from './looks-binary'

const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0))

describe('looksBinary', () => {
  it.each([
    ['PAR1\x15\x04\x15', 'Parquet'],
    ['PK\x03\x04..', 'a zip archive'],
    ['BZh91AY&SY', 'bzip2'],
    ['\x28\xb5\x2f\xfd', 'zstd'],
    ['\x1f\x8b\x08', 'gzip'],
    ['Obj\x01..', 'Avro'],
    ['ORC\x08\x03', 'ORC'],
    ['%PDF-1.7', 'PDF'],
    ['\x89PNG\r\n\x1a\n', 'a PNG image'],
    ['\x7fELF', 'a program (ELF)'],
    ['text\0text', 'binary data'],
    ['\0\0', 'binary data'],
    [`${'a'.repeat(98)}\0\0\0`, 'binary data'],
    [`${'a'.repeat(97)}\x05\x06\0`, 'binary data'],
    ['\x07\0\x03'.repeat(300), 'binary data'],
    ['a\0b\0\n\0'.repeat(100), 'binary data'],
    ['name\0\0\0\0city\0\0\0\0\n'.repeat(50), 'binary data'],
    ['\0'.repeat(8_192), 'binary data'],
    ['\x1f\x9d\x90abc', 'Unix compress (.Z)'],
    ['\x5d\0\0\x80\0\xff\xff', 'LZMA'],
    ['\xff\xfe\0\0i\0\0\0d\0\0\0\n\0\0\0', 'UTF-32 text'],
    ['\0\0\0i\0\0\0d\0\0\0\n', 'UTF-32 text'],
    ['\x1e\0\0\0\x02\0\0\0\x03\0\0\0', 'binary data'],
    // RECORD 1 HELLO, over and over.
    ['\xd9\xc5\xc3\xd6\xd9\xc4@\xf1@\xc8\xc5\xd3\xd3\xd6\x25'.repeat(9), 'EBCDIC text'],
  ])('names %j', (text, name) => expect(looksBinary(bytes(text))?.name).toBe(name))

  it.each([
    '',
    '{"a":1}\n',
    'ORC is a format',
    'PAR1 is a golf term',
    'BZh nothing',
    'GIF89 is text here',
    'é\n',
    '\xff\xfea\0',
    '\xff\xfea\0b\0c\0d\0',
    // The same letters with blanks of their own, in a charset of one byte.
    '\xd9\xc5\xc3\xd6\xd9\xc4 @\xf1@\xc8\xc5\xd3\xd3\xd6'.repeat(9),
    '2026-11-22 10:00:00 INFO\0 ready\n',
    `${'a'.repeat(98)}\0\0`,
    `${'10:00:01 INFO ready\n'.repeat(400)}\0`,
    `\x1b[31mERROR\x1b[0m ${'word '.repeat(40)}\0\n`,
    'id\x01name\x01city\n1\x01A\0nn\x01Paris\n',
    // A log that was cut while it was written, and what crashes leave: between lines, and within one.
    `${'\0'.repeat(4_096)}${'10:00:01 INFO ready\n'.repeat(40)}`,
    `10:00:01 INFO ready\n${'\0'.repeat(64)}`.repeat(100),
    `10:00:01 INFO re${'\0'.repeat(4_000)}10:00:09 INFO ready\n`,
  ])('takes %j as text', (text) => expect(looksBinary(bytes(text))).toBeUndefined())

  it.each(['1\n2\n3\n4\n', '1\t2\t3\t4\t'])('takes %j in UTF-16 as text, not as UTF-32', (text) =>
    expect(looksBinary(Buffer.from(text.repeat(9), 'utf16le'), true)).toBeUndefined(),
  )
})

describe('the line format', () => {
  it('has its defaults and refuses what it does not know', () => {
    expect(formatSchema.parse({ type: 'line', params: {} })).toEqual({
      type: 'line',
      params: {
        charset: 'utf8',
        compress: '',
        maxLineChars: 500_000_000,
        expandJson: false,
        expandDepth: 2,
      },
    })
    expect(formatSchema.safeParse({ type: 'line', params: { charset: 'klingon' } }).success).toBe(false)
    expect(formatSchema.safeParse({ type: 'line', params: { maxLineChars: -1 } }).success).toBe(false)
    expect(formatSchema.safeParse({ type: 'none', params: {} }).success).toBe(false)
  })
})

describe('the CSV format', () => {
  const check = (params: Record<string, unknown>) =>
    formatSchema
      .safeParse({ type: 'csv', params })
      .error?.issues.map(({ path, message }) => [path[1], message]) ?? []

  it('has its defaults', () => {
    expect(formatSchema.parse({ type: 'csv', params: {} })).toEqual({
      type: 'csv',
      params: {
        charset: 'utf8',
        compress: '',
        style: 'excel',
        separator: ',',
        quoteChar: '"',
        escapeChar: '\\',
        skipRowsBeforeHeader: 0,
        parseHeaderRow: true,
        skipRowsAfterHeader: 0,
        maxRowChars: 100_000_000,
      },
    })
  })

  it.each(['', 'ab', '\n', '\r', '\ud83d', 'e\u0301'])('takes no %j for a separator', (separator) =>
    expect(check({ separator })).toEqual([['separator', 'Enter one character.']]),
  )

  it.each(['\t', '\u0001', ' ', '😀', 'é', '\0'])('takes %j for one', (separator) =>
    expect(check({ separator })).toEqual([]),
  )

  it.each<[Record<string, unknown>, string[]]>([
    [{ separator: '"' }, ['quoteChar']],
    [{ separator: '"', style: 'no_escape_no_quote' }, []],
    [{ separator: '\\' }, []],
    [{ separator: '\\', style: 'escape_only_no_quote' }, ['escapeChar']],
    [{ escapeChar: '"' }, []],
    [{ escapeChar: '"', style: 'unix' }, ['escapeChar']],
    [{ skipRowsBeforeHeader: 1_000_000, skipRowsAfterHeader: 0 }, []],
    [
      { skipRowsBeforeHeader: 1_000_001, skipRowsAfterHeader: -1 },
      ['skipRowsBeforeHeader', 'skipRowsAfterHeader'],
    ],
    [{ maxRowChars: -1 }, ['maxRowChars']],
  ])('of %j finds fault with %j', (params, fields) =>
    expect(check(params).map(([field]) => field)).toEqual(fields),
  )
})

describe('the regular expression format', () => {
  it.each(['', 'x', '(?<a>x', '(?<a>x)(?=y)', `(?<a>${'x'.repeat(10_000)})`])('refuses %.20j', (pattern) =>
    expect(formatSchema.safeParse({ type: 'regexp', params: { pattern } }).error?.issues).toHaveLength(1),
  )
})
