import 'server-only'
import { setImmediate } from 'node:timers/promises'
import type { ByteQueue } from '../byte-queue'
import { BitReader } from './bzip2/bit-reader'
import { blockBytes, linkRotations } from './bzip2/block-bytes'
import { readBlockHead } from './bzip2/block-head'
import { readSymbols } from './bzip2/block-symbols'
import { crc32Msb } from './bzip2/crc32-msb'
import { expectPadding, truncated } from './packed-faults'
import type { Unpacking } from './unpack-again'

/** Decimal digits of π begin a block, those of its square root end a stream. */
const BLOCK_MAGIC = [0x314159, 0x265359]
const END_MAGIC = [0x177245, 0x385090]
const BLOCK_UNIT_BYTES = 100_000
const PAUSE_BYTES = 1024 * 1024

/** Unpacks bzip2 of any number of streams, as parallel writers make them: block by block, at most 4 MB held. */
export async function* bunzip2(
  queue: ByteQueue,
  path: string,
  unpacking: Unpacking<BlockPlace>,
): AsyncGenerator<Buffer> {
  const held: Workspace = { rotations: new Uint32Array(0) }
  let { from } = unpacking
  do {
    yield* unpackStream(queue, path, held, { ...unpacking, from })
    from = undefined
  } while (await beginsStream(queue, path))
  await expectPadding(queue, path, 'bzip2')
}

/** Tells whether bytes begin a bzip2 stream, as far as they go; four letters alone may be text. */
export function isBzip2(bytes: Uint8Array): boolean {
  if (bytes.length < 4 || !/^BZh[1-9]$/.test(Buffer.from(bytes.subarray(0, 4)).toString('latin1')))
    return false
  const seen = Buffer.from(bytes.subarray(4, 10)).toString('hex')
  return '314159265359'.startsWith(seen) || '177245385090'.startsWith(seen)
}

async function beginsStream(queue: ByteQueue, path: string): Promise<boolean> {
  const start = await queue.peek(4)
  const letters = start.toString('latin1')
  if (/^BZh[1-9]$/.test(letters)) return true
  if (start.length > 0 && start.length < 4 && 'BZh'.startsWith(letters)) {
    throw truncated(path, queue.offset + start.length)
  }
  return false
}

/** What all streams of a file use in turn: there may be many of a few bytes each. */
interface Workspace {
  rotations: Uint32Array<ArrayBuffer>
}

/** A block of a stream, within the byte at which unpacking begins. */
export interface BlockPlace {
  /** Bits of that byte before it. */
  bits: number
  maxBlockBytes: number
  /** Of the blocks before it. */
  streamCrc: number
}

async function* unpackStream(
  queue: ByteQueue,
  path: string,
  held: Workspace,
  { from, mark, hold }: Unpacking<BlockPlace>,
): AsyncGenerator<Buffer> {
  const bits = new BitReader(queue, path)
  await bits.need(4)
  const maxBlockBytes = from?.maxBlockBytes ?? readBlockSize(bits)
  await hold(maxBlockBytes * Uint32Array.BYTES_PER_ELEMENT)
  if (from !== undefined) bits.bits(from.bits)
  for (let streamCrc = from?.streamCrc ?? 0; ; ) {
    const place = bits.place
    mark(Math.floor(place / 8), { bits: place % 8, maxBlockBytes, streamCrc })
    await bits.need(10)
    const magic = [bits.bits(24), bits.bits(24)]
    if (isSame(magic, END_MAGIC)) {
      if (bits.int32() !== streamCrc) throw bits.damage()
      bits.check()
      bits.finish()
      return
    }
    if (!isSame(magic, BLOCK_MAGIC)) throw bits.damage()
    if (held.rotations.length < maxBlockBytes) held.rotations = new Uint32Array(maxBlockBytes)
    const crc = yield* unpackBlock(bits, held.rotations.subarray(0, maxBlockBytes))
    streamCrc = ((streamCrc << 1) | (streamCrc >>> 31)) ^ crc
  }
}

function readBlockSize(bits: BitReader): number {
  const size = bits.bits(24) === 0x425a68 ? bits.bits(8) - 0x30 : 0
  if (size < 1 || size > 9) throw bits.damage()
  return size * BLOCK_UNIT_BYTES
}

/** Gives a block's bytes, and its checksum in the end. */
async function* unpackBlock(
  bits: BitReader,
  rotations: Uint32Array<ArrayBuffer>,
): AsyncGenerator<Buffer, number> {
  const head = await readBlockHead(bits)
  const count = await readSymbols(bits, head, rotations)
  if (head.origin >= count) throw bits.damage()
  // Whoever else has work to do comes in between: a block takes some 50 ms, and much longer where it is all runs.
  await setImmediate()
  linkRotations(rotations, count)
  let crc = -1
  let sizeBytes = 0
  for (const chunk of blockBytes(rotations, count, head.origin)) {
    crc = crc32Msb(chunk, crc)
    yield chunk
    sizeBytes += chunk.length
    if (sizeBytes >= PAUSE_BYTES) {
      sizeBytes = 0
      await setImmediate()
    }
  }
  if (~crc !== head.crc) throw bits.damage()
  return head.crc
}

function isSame(one: readonly number[], other: readonly number[]): boolean {
  return one.every((value, index) => value === other[index])
}
