import 'server-only'

/** What the beginning of a frame says about it. */
export interface FrameHeader {
  sizeBytes: number
  hasChecksum: boolean
  /** 0 = it needs none. */
  dictionaryId: number
  /** How far back it refers, all of which is held. */
  windowBytes: number
}

export const MAGIC = 0xfd2fb528
/** Magic, descriptor, window, dictionary, content size. */
export const MAX_HEADER_BYTES = 4 + 1 + 1 + 4 + 8

/** Tells whether a frame begins that holds nothing to unpack: its size follows the magic number. */
export function isSkippable(magic: number): boolean {
  return magic >>> 4 === 0x184d2a5
}

/** Reads the header of a frame; undefined where there are too few bytes, null where it is none. */
export function readFrameHeader(bytes: Buffer): FrameHeader | undefined | null {
  const descriptor = bytes[4]
  if (descriptor === undefined) return undefined
  if ((descriptor & 0x08) !== 0) return null
  const isSingleSegment = (descriptor & 0x20) !== 0
  const dictionaryAt = isSingleSegment ? 5 : 6
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3] ?? 0
  const contentBytes = [isSingleSegment ? 1 : 0, 2, 4, 8][descriptor >>> 6] ?? 0
  const sizeBytes = dictionaryAt + dictionaryBytes + contentBytes
  if (bytes.length < sizeBytes) return undefined
  const dictionaryId = dictionaryBytes === 0 ? 0 : bytes.readUIntLE(dictionaryAt, dictionaryBytes)
  const windowBytes = isSingleSegment
    ? readContentBytes(bytes, sizeBytes - contentBytes, contentBytes)
    : readWindowBytes(bytes[5] ?? 0)
  return { sizeBytes, hasChecksum: (descriptor & 0x04) !== 0, dictionaryId, windowBytes }
}

function readContentBytes(bytes: Buffer, at: number, length: number): number {
  if (length === 8) return Number(bytes.readBigUInt64LE(at))
  return bytes.readUIntLE(at, length) + (length === 2 ? 256 : 0)
}

/** A power of two, and so many eighths of it more. */
function readWindowBytes(descriptor: number): number {
  return 2 ** (10 + (descriptor >>> 3)) * (1 + (descriptor & 7) / 8)
}
