/** What kind of file bytes are the beginning of. */
export interface BinaryKind {
  /** `"parquet"`, `"zip"`, or `"binary"` when only the content speaks. */
  id: string
  /** As in "This looks like Parquet". */
  name: string
}

const MAGIC: [id: string, name: string, bytes: string, offset?: number][] = [
  ['parquet', 'Parquet', 'PAR1'],
  ['parquet', 'encrypted Parquet', 'PARE'],
  ['gzip', 'gzip', '\x1f\x8b'],
  ['zip', 'a zip archive', 'PK\x03\x04'],
  ['zip', 'an empty zip archive', 'PK\x05\x06'],
  ['zip', 'a zip archive', 'PK\x07\x08PK\x03\x04'],
  ['zip', 'a zip archive', 'PK00PK\x03\x04'],
  ['bzip2', 'bzip2', 'BZh'],
  ['zstd', 'zstd', '\x28\xb5\x2f\xfd'],
  ['xz', 'xz', '\xfd7zXZ\0'],
  ['lz4', 'LZ4', '\x04\x22\x4d\x18'],
  ['snappy', 'framed Snappy', '\xff\x06\0\0sNaPpY'],
  ['compress', 'Unix compress (.Z)', '\x1f\x9d'],
  ['lzma', 'LZMA', '\x5d\0\0'],
  ['lzip', 'lzip', 'LZIP\x01'],
  ['lzop', 'lzop', '\x89LZO\0\r\n\x1a\n'],
  ['7z', 'a 7z archive', '7z\xbc\xaf\x27\x1c'],
  ['rar', 'a RAR archive', 'Rar!\x1a\x07'],
  ['tar', 'a tar archive', 'ustar', 257],
  ['avro', 'Avro', 'Obj\x01'],
  ['orc', 'ORC', 'ORC'],
  ['sequence-file', 'a Hadoop sequence file', 'SEQ\x06'],
  ['arrow', 'Arrow', 'ARROW1\0\0'],
  ['sqlite', 'an SQLite database', 'SQLite format 3\0'],
  ['pdf', 'PDF', '%PDF-'],
  ['png', 'a PNG image', '\x89PNG\r\n\x1a\n'],
  ['jpeg', 'a JPEG image', '\xff\xd8\xff'],
  ['gif', 'a GIF image', 'GIF8'],
  ['elf', 'a program (ELF)', '\x7fELF'],
  ['class', 'Java bytecode', '\xca\xfe\xba\xbe'],
  ['ole', 'an old Office document', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'],
  ['wasm', 'WebAssembly', '\0asm'],
]

/** How much of a file is looked at. */
export const SNIFFED_BYTES = 8 * 1024

/**
 * Names the kind of file that bytes begin, or undefined if they may be text, which a stray NUL does not change; UTF-16 has to
 * be announced by its BOM or by `wide`, since it is full of zero bytes.
 * @example looksBinary(Buffer.from('PAR1…'))?.name // "Parquet"
 */
export function looksBinary(bytes: Uint8Array, wide = false): BinaryKind | undefined {
  const framed = behindSkippedFrames(bytes)
  for (const [id, name, magic, offset = 0] of MAGIC) {
    const looked = FRAMED.has(id) ? framed : bytes
    if (startsWith(looked, magic, offset) && isMeant(id, bytes)) return { id, name }
  }
  if (isUtf32(bytes)) return { id: 'utf-32', name: 'UTF-32 text' }
  if (wide || startsWith(bytes, '\xff\xfe', 0) || startsWith(bytes, '\xfe\xff', 0)) return undefined
  const looked = bytes.subarray(0, SNIFFED_BYTES)
  if (isFullOfControls(looked)) return { id: 'binary', name: 'binary data' }
  return isEbcdic(looked) ? { id: 'ebcdic', name: 'EBCDIC text' } : undefined
}

/** Characters of four bytes each, of which the highest is never set: none of them is a control, as small numbers would be. */
function isUtf32(bytes: Uint8Array): boolean {
  const length = Math.min(bytes.length - (bytes.length % 4), UTF32_BYTES)
  if (length < 8) return false
  const view = new DataView(bytes.buffer, bytes.byteOffset, length)
  return [true, false].some((isLittle) => {
    for (let at = 0; at < length; at += 4) {
      const character = view.getUint32(at, isLittle)
      if (character > 0x10ffff || (character < 32 && !CONTROLS_OF_TEXTS.has(character))) return false
      // Nothing stands in these planes; lines and cells of one character in UTF-16 are such numbers.
      if (character >= 0x40000 && character < 0xe0000) return false
    }
    return true
  })
}

const UTF32_BYTES = 64

/** Blanks of EBCDIC are 0x40, and its letters and digits stand above 0x80; what is ASCII has blanks or line ends of its own. */
function isEbcdic(bytes: Uint8Array): boolean {
  if (bytes.length < LEAST_EBCDIC_BYTES || bytes.includes(0x20) || bytes.includes(LINE_FEED)) return false
  let blanks = 0
  let letters = 0
  for (const byte of bytes) {
    if (byte === 0x40) blanks++
    else if (byte >= 0x81 && byte <= 0xf9 && (byte & 0x0f) <= 9) letters++
  }
  return blanks >= bytes.length * 0.05 && letters + blanks >= bytes.length * 0.8
}

const LEAST_EBCDIC_BYTES = 64

/** The ids of the contents that are called so: `idsOfContent('a zip archive') // ['zip', …]`. */
export const idsOfContent = (name: string): string[] =>
  MAGIC.flatMap(([id, itsName]) => (itsName === name ? [id] : []))

/** One NUL in so many bytes is a stray one; fewer bytes are too few to be a text with one. */
const BYTES_FOR_A_NUL = 50
const LEAST_TEXT_BYTES = 16
/** Of so many bytes one may be another control character. */
const BYTES_FOR_A_CONTROL = 100
/** Control characters that texts have: tab and line ends, form feed, escapes of colours, and separators of records and cells. */
const CONTROLS_OF_TEXTS = new Set([1, 9, 10, 11, 12, 13, 26, 27, 28, 29, 30, 31])

/** Whether bytes with NULs are no text: too many of them, or other control characters beside them. */
function isFullOfControls(bytes: Uint8Array): boolean {
  if (!bytes.includes(0)) return false
  let nuls = 0
  let controls = 0
  for (const byte of bytes) {
    if (byte === 0) nuls++
    else if (byte === 127 || (byte < 32 && !CONTROLS_OF_TEXTS.has(byte))) controls++
  }
  if (controls === 0 && areHoles(bytes, bytes.length - nuls)) return false
  const mostNuls = Math.max(bytes.length < LEAST_TEXT_BYTES ? 0 : 1, bytes.length / BYTES_FOR_A_NUL)
  return nuls > mostNuls || controls > bytes.length / BYTES_FOR_A_CONTROL
}

/**
 * Whether NULs are holes in lines of text, as a crash or a log cut while it is written leaves them: few, however long, except
 * between lines. Formats that pad with NULs have many, in the midst.
 */
function areHoles(bytes: Uint8Array, textBytes: number): boolean {
  if (textBytes < LEAST_TEXT_BYTES || !bytes.includes(LINE_FEED)) return false
  let holes = 0
  let before = LINE_FEED
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number
    const isEnd = byte !== 0 && bytes[at - 1] === 0
    if (isEnd && before !== LINE_FEED && byte !== LINE_FEED) holes++
    if (byte !== 0) before = byte
  }
  return holes <= Math.max(1, textBytes / BYTES_FOR_A_NUL)
}

const LINE_FEED = 10

/** Formats whose files may begin with frames of other data, which both mark alike. */
const FRAMED = new Set(['zstd', 'lz4'])

function behindSkippedFrames(bytes: Uint8Array): Uint8Array {
  let rest = bytes
  while (rest.length >= 8 && (rest[0] ?? 0) >>> 4 === 5 && startsWith(rest, '\x2a\x4d\x18', 1)) {
    const size = new DataView(rest.buffer, rest.byteOffset, 8).getUint32(4, true)
    rest = rest.subarray(8 + size)
  }
  return rest
}

/** Letters alone begin texts as well: those need something after them that texts do not have. */
function isMeant(id: string, bytes: Uint8Array): boolean {
  switch (id) {
    case 'bzip2':
      return startsWith(bytes, '1AY&SY', 4) || startsWith(bytes, '\x17rE8P\x90', 4)
    case 'orc':
    case 'parquet':
      return bytes.subarray(0, SNIFFED_BYTES).some((byte) => byte < 9)
    case 'gif':
      return bytes.subarray(0, SNIFFED_BYTES).includes(0)
    default:
      return true
  }
}

function startsWith(bytes: Uint8Array, magic: string, offset: number): boolean {
  if (bytes.length < offset + magic.length) return false
  for (let index = 0; index < magic.length; index++) {
    if (bytes[offset + index] !== magic.charCodeAt(index)) return false
  }
  return true
}
