import { createHash } from 'node:crypto'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { CHARSETS, charsetLabels, type Encoding, findEncoding } from '#lib/domain/formats/charsets'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import { cut, sizes } from '#lib/server/testing/read-bytes'
import { ByteQueue } from '../byte-queue'
import { ReadFacts } from '../records'
import {
  big5Index,
  type CjkIndex,
  eucKrIndex,
  gb18030Index,
  gb18030Ranges,
  jis0208Index,
  jis0212Index,
} from './cjk-indexes'
import { decodeToText } from './decode-text'

const CJK: Encoding[] = ['gbk', 'gb18030', 'big5', 'euc-jp', 'iso-2022-jp', 'shift_jis', 'euc-kr']
const ENCODINGS = CHARSETS.map((name) => findEncoding(name) ?? 'utf-8')
const SINGLE = ENCODINGS.filter((name) => !name.startsWith('utf') && !CJK.includes(name))

interface Decoded {
  text: string
  faults: number
  offset: number | undefined
}

async function decode(bytes: Uint8Array, label: string, chunking: number[] = []): Promise<Decoded> {
  const facts = new ReadFacts('/x')
  let text = ''
  async function* chunks() {
    for await (const chunk of cut(bytes, chunking)) yield Buffer.from(chunk)
  }
  for await (const piece of decodeToText(new ByteQueue(chunks()), label, facts)) {
    if (piece === '' || !piece.isWellFormed()) throw new Error('a piece is empty or cuts a character in two')
    text += piece
  }
  return { text, faults: facts.replacedBytes, offset: facts.problems.at(-1)?.offset }
}

/** The first 16 hex digits of the SHA-256 of an index written as lines `pointer codepoint`. */
function digest(index: Iterable<[pointer: number, codePoint: number]>): string {
  const lines = Array.from(index, ([pointer, codePoint]) => `${pointer} ${codePoint.toString(16)}\n`)
  return createHash('sha256').update(lines.join('')).digest('hex').slice(0, 16)
}

const entries = (index: CjkIndex): [number, number][] =>
  Array.from(index, (codePoint, pointer): [number, number] => [pointer, codePoint]).filter(
    ([, codePoint]) => codePoint > 0,
  )

// The digests were taken from the index files that the Encoding Standard publishes, dated 2024-09-18.
describe('the tables are those of the Encoding Standard', () => {
  it.each([
    ['big5', big5Index, '186dece48690ecb1'],
    ['euc-kr', eucKrIndex, '97c4e213e659619d'],
    ['gb18030', gb18030Index, 'c894a5c5b9851c40'],
    ['gb18030 ranges', gb18030Ranges, '0b4cbd2542f57713'],
    ['jis0208', jis0208Index, '65a0b0d1cfe2fb2f'],
    ['jis0212', jis0212Index, '5497b4e777f268d1'],
  ])('%s', (_, index, expected) => {
    // Four pointers of Big5 mean two characters, of which the index of the Standard knows none.
    const composed = (pointer: number) => index === big5Index && [1133, 1135, 1164, 1166].includes(pointer)
    expect(digest(entries(index()).filter(([pointer]) => !composed(pointer)))).toBe(expected)
  })

  it.each([
    ['ibm866', '37a9655689587f57'],
    ['iso-8859-2', '3b3d1beeda154703'],
    ['iso-8859-3', '5bd60f37590640aa'],
    ['iso-8859-4', '6e535b1fdced4378'],
    ['iso-8859-5', 'e786776d57f51e90'],
    ['iso-8859-6', 'b2be7e9093980ca8'],
    ['iso-8859-7', 'd5ae81c7798d9df1'],
    ['iso-8859-8', '3aa32fd3f3ee867b'],
    ['iso-8859-8-i', '3aa32fd3f3ee867b'],
    ['iso-8859-10', '24c40e2fbb602bba'],
    ['iso-8859-13', '2c76f74ce2db161b'],
    ['iso-8859-14', '0760e36243dca715'],
    ['iso-8859-15', '9d3e1e6f752ccc95'],
    ['iso-8859-16', '0e8982599f4a3bbd'],
    ['koi8-r', '65df8fbeaf7425f3'],
    ['koi8-u', '8612c0ed5f56ef0a'],
    ['macintosh', '6d5a1af85fcfc7a6'],
    ['windows-874', 'f7c7fb8ab00534fa'],
    ['windows-1250', '1f56b7507f387636'],
    ['windows-1251', '0c6b83f450ccfe55'],
    ['windows-1252', '7d2210a702681612'],
    ['windows-1253', '1b0b017837e6f4dd'],
    ['windows-1254', '539ef0d09b848806'],
    ['windows-1255', '350fa78850a515f7'],
    ['windows-1256', 'e5b8cf8cea46ce79'],
    ['windows-1257', '243752b0a1909dad'],
    ['windows-1258', '8419ae520607b6b4'],
    ['x-mac-cyrillic', '788f6d82270c70d7'],
  ])('%s', async (label, expected) => {
    expect(digest(await upperHalf(label))).toBe(expected)
  })

  it('labels', () => {
    // Without the six that the Standard refuses.
    const lines = charsetLabels().map(([label, encoding]) => `${label} ${encoding}\n`)
    expect(lines).toHaveLength(222)
    const hash = createHash('sha256').update(lines.sort().join(''))
    expect(hash.digest('hex').slice(0, 16)).toBe('fb2d73cac93875f8')
  })

  it('lists every single-byte encoding above, and computes x-user-defined', async () => {
    expect(SINGLE).toHaveLength(29)
    const table = await upperHalf('x-user-defined')
    expect(table).toEqual(Array.from({ length: 128 }, (_, place) => [place, 0xf780 + place]))
  })
})

/** What the bytes from 0x80 on mean, as far as they mean something. */
async function upperHalf(label: string): Promise<[number, number][]> {
  const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte)
  const { text, faults } = await decode(bytes, label, [7])
  expect(text).toHaveLength(256)
  const table = Array.from(text.slice(128), (character, place): [number, number] => [
    place,
    character.charCodeAt(0),
  ]).filter(([, codePoint]) => codePoint !== 0xfffd)
  expect(faults).toBe(128 - table.length)
  return table
}

/** Where iconv-lite means something else on purpose: older tables, and currency signs that came later. */
const ICONV_DIFFERS: Partial<Record<Encoding, number[]>> = {
  'koi8-u': [0xae, 0xbe],
  macintosh: [0xbd, 0xdb, 0xf0],
  'x-mac-cyrillic': [0xa2, 0xb6, 0xff],
}

describe('held against iconv-lite', () => {
  it.each(SINGLE.filter((name) => name !== 'x-user-defined'))('%s', async (encoding) => {
    const other = encoding === 'x-mac-cyrillic' ? 'maccyrillic' : encoding.replace('8859-8-i', '8859-8')
    const differing: number[] = []
    for (let byte = 0; byte < 256; byte++) {
      const { text } = await decode(Uint8Array.of(byte), encoding)
      const theirs = iconv.decode(Buffer.of(byte), other)
      // The Standard gives the control characters of Windows code pages a meaning; iconv-lite does not.
      const isControl = byte < 0xa0 && text.charCodeAt(0) === byte && theirs === '\ufffd'
      if (text !== theirs && !isControl) differing.push(byte)
    }
    expect(differing).toEqual(ICONV_DIFFERS[encoding] ?? [])
  })

  it.each(CJK.filter((name) => name !== 'iso-2022-jp'))(
    '%s reads back what iconv-lite writes',
    async (encoding) => {
      let text = ''
      for (let code = 0x20; code < 0x10000; code++) {
        const character = String.fromCharCode(code)
        const isPrivate = code >= 0xe000 && code <= 0xf8ff
        if (character.isWellFormed() && !isPrivate && canWrite(character, encoding)) text += character
      }
      expect(text.length).toBeGreaterThan(6_000)
      const decoded = await decode(iconv.encode(text, encoding), encoding, [5, 3, 1_000])
      expect(decoded).toEqual({ text, faults: 0, offset: undefined })
    },
  )
})

function canWrite(character: string, encoding: string): boolean {
  return iconv.decode(iconv.encode(character, encoding), encoding) === character
}

/** Bytes in which leads, trails and escapes of all encodings are common. */
const anyBytes = fc
  .array(
    fc.oneof(
      fc.constantFrom(0x0a, 0x1b, 0x22, 0x24, 0x28, 0x30, 0x39, 0x40, 0x42, 0x49, 0x4a, 0x5c, 0x7f),
      fc.constantFrom(0x80, 0x81, 0x8e, 0x8f, 0xa1, 0xd8, 0xdc, 0xe3, 0xfe, 0xff),
      fc.integer({ min: 0, max: 255 }),
    ),
    { maxLength: 24 },
  )
  .map((bytes) => Uint8Array.from(bytes))

describe('any bytes', () => {
  it('give the same in any chunking, whatever the encoding', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...ENCODINGS), anyBytes, sizes, async (encoding, bytes, chunking) => {
        const whole = await decode(bytes, encoding)
        const pieces = await decode(bytes, encoding, chunking)
        return pieces.text === whole.text && pieces.faults === whole.faults && pieces.offset === whole.offset
      }),
      propertyRuns('parser'),
    )
  })

  it.each(ENCODINGS)('give the same as %s in any chunking', async (encoding) => {
    await fc.assert(
      fc.asyncProperty(anyBytes, sizes, async (bytes, chunking) => {
        expect(await decode(bytes, encoding, chunking)).toEqual(await decode(bytes, encoding))
      }),
      propertyRuns(300),
    )
  })

  it.each(ENCODINGS.filter((name) => !CJK.includes(name) || name.startsWith('gb')))(
    'read as the platform decodes %s at once',
    async (encoding) => {
      await fc.assert(
        fc.asyncProperty(anyBytes, async (bytes) => {
          fc.pre(bytes[0] !== 0xff && bytes[0] !== 0xfe)
          expect((await decode(bytes, encoding)).text).toBe(new TextDecoder(encoding).decode(bytes))
        }),
        propertyRuns(300),
      )
    },
  )
})

describe('what does not decode', () => {
  it.each([
    ['gbk', '41ff42', 'A�B', 1],
    ['gbk', '4181', 'A�', 1],
    ['gbk', '8122', '�"', 0],
    ['gb18030', '81308130', '\u0080', undefined],
    ['gb18030', '90308130', '\u{10000}', undefined],
    ['gb18030', '813081', '�', 0],
    ['gb18030', '81308141', '�0丄', 0],
    ['gb18030', 'e3329a36', '�', 0],
    ['gb18030', '80', '€', undefined],
    ['big5', '8862', 'Ê̄', undefined],
    ['big5', '8141a440', '�A一', 0],
    ['shift_jis', '82a0a0b1', 'あ�ｱ', 2],
    ['shift_jis', 'f040', '\ue000', undefined],
    ['shift_jis', '8280', '�', 0],
    ['euc-jp', '8eb18fb0a1a4a2', 'ｱ丂あ', undefined],
    ['euc-jp', '8fa10a', '�\n', 0],
    ['euc-kr', 'b0a1c90a', '가�\n', 2],
    ['iso-2022-jp', '1b24422422 1b2842 41', 'あA', undefined],
    ['iso-2022-jp', '1b24 1b2842', '�$', 0],
    ['iso-2022-jp', '1b2442 24 1b2842 41', '�A', 3],
    ['iso-2022-jp', '1b2842 1b2842 41', '�A', 3],
    ['iso-2022-jp', '1b284a 5c7e', '¥‾', undefined],
    ['windows-1253', '41aa', 'A�', 1],
    ['utf-16be', 'd8000041', '�A', 0],
    ['utf-8', '41efbfbdff', 'A��', 4],
  ])('%s %s', async (label, hex, text, offset) => {
    const decoded = await decode(Buffer.from(hex.replaceAll(' ', ''), 'hex'), label, [1])
    expect(decoded).toMatchObject({ text: expect.any(String), offset })
    expect(decoded.text).toBe(text)
  })

  it.each(['hz-gb-2312', 'ISO-2022-KR', 'replacement'])('says why %s is refused', async (label) => {
    await expect(decode(Buffer.of(65), label)).rejects.toMatchObject({
      message: expect.stringContaining('convert the files to UTF-8'),
      details: { reason: 'ERR_DATASET_INVALID_FORMAT_CONFIG', where: '/x' },
    })
  })
})
