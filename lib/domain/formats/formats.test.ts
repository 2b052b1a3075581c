import { describe, expect, it } from 'vitest'
import { looksBinary } from './looks-binary'
import { formatSchema } from './wire'

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
  ])('takes %j as text', (text) => expect(looksBinary(bytes(text))).toBeUndefined())
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
