import 'server-only'
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib'
import { snappyUncompress } from 'hyparquet'
import { Malformed, NotRead } from './malformed'

const CODECS = ['uncompressed', 'Snappy', 'gzip', 'LZO', 'Brotli', 'LZ4', 'zstd', 'LZ4'] as const

/** The most that a byte can become, where the algorithm itself bounds it: a lying length allocates nothing. */
const SNAPPY_RATIO = 64
const LZ4_RATIO = 255
const SMALL_BYTES = 1024

/** Unpacks a page by the number of its codec; throws `Malformed` unless it becomes exactly as long as it says. */
export function decompress(packed: Buffer, codec: number, length: number): Buffer {
  const bytes = unpack(packed, codec, length)
  if (bytes.length !== length) throw new Malformed(`A page has ${bytes.length} bytes and not ${length}`)
  return bytes
}

function unpack(packed: Buffer, codec: number, length: number): Buffer {
  switch (codec) {
    case 0:
      return packed
    case 1:
      return unpackSnappy(packed, length)
    case 2:
      return viaZlib(codec, () => gunzipSync(packed, roomFor(length)))
    case 4:
      return viaZlib(codec, () => brotliDecompressSync(packed, roomFor(length)))
    case 5:
      return unpackHadoopLz4(packed, length)
    case 6:
      return viaZlib(codec, () => zstdDecompressSync(packed, roomFor(length)))
    case 7:
      return unpackLz4(packed, length)
    default:
      throw new NotRead(`Its pages are packed with ${CODECS[codec] ?? `the unknown codec ${codec}`}`)
  }
}

/** Room for all at once, and a little more, so that nothing is held in pieces and as a whole. */
function roomFor(length: number): { maxOutputLength: number; chunkSize: number } {
  return { maxOutputLength: Math.max(1, length), chunkSize: length + SMALL_BYTES }
}

function viaZlib(codec: number, run: () => Buffer): Buffer {
  try {
    return run()
  } catch {
    throw new Malformed(`A page is no ${CODECS[codec]}`)
  }
}

function unpackSnappy(packed: Buffer, length: number): Buffer {
  const bytes = allocate(packed, length, SNAPPY_RATIO)
  if (length === 0) return bytes
  try {
    snappyUncompress(packed, bytes)
  } catch {
    throw new Malformed('A page is no Snappy')
  }
  return bytes
}

/** LZ4 as Hadoop frames it: lengths before each block, most significant byte first; some writers leave them out. */
function unpackHadoopLz4(packed: Buffer, length: number): Buffer {
  const blocks: Buffer[] = []
  let [at, unpacked] = [0, 0]
  while (at + 8 <= packed.length && unpacked < length) {
    const blockLength = packed.readUInt32BE(at)
    const packedLength = packed.readUInt32BE(at + 4)
    const fits = blockLength <= length - unpacked && packedLength <= packed.length - at - 8
    if (!fits) return unpackLz4(packed, length)
    blocks.push(unpackLz4(packed.subarray(at + 8, at + 8 + packedLength), blockLength))
    at += 8 + packedLength
    unpacked += blockLength
  }
  return at === packed.length ? Buffer.concat(blocks) : unpackLz4(packed, length)
}

/** One LZ4 block: literals, then a part of what stands before, in turn. */
function unpackLz4(packed: Buffer, length: number): Buffer {
  const bytes = allocate(packed, length, LZ4_RATIO)
  let [at, filled] = [0, 0]
  const longer = (start: number): number => {
    let value = start
    if (start < 15) return value
    for (let byte = 255; byte === 255; value += byte) {
      const next = packed[at++]
      if (next === undefined) throw new Malformed('A page of LZ4 ends too early')
      byte = next
    }
    return value
  }
  while (at < packed.length) {
    const token = packed[at++] ?? 0
    const literals = longer(token >> 4)
    if (literals > packed.length - at || literals > length - filled) throw new Malformed('A page is no LZ4')
    packed.copy(bytes, filled, at, at + literals)
    at += literals
    filled += literals
    if (at === packed.length) break
    const back = (packed[at] ?? 0) | ((packed[at + 1] ?? 0) << 8)
    at += 2
    const copied = longer(token & 15) + 4
    if (back === 0 || back > filled || copied > length - filled) throw new Malformed('A page is no LZ4')
    // Byte by byte where the two overlap: that repeats a pattern.
    if (back >= copied) bytes.copy(bytes, filled, filled - back, filled - back + copied)
    else
      for (let place = 0; place < copied; place++) bytes[filled + place] = bytes[filled + place - back] ?? 0
    filled += copied
  }
  return bytes.subarray(0, filled)
}

function allocate(packed: Buffer, length: number, ratio: number): Buffer {
  if (length > packed.length * ratio + SMALL_BYTES)
    throw new Malformed(`A page of ${packed.length} bytes cannot become ${length}`)
  return Buffer.alloc(length)
}
