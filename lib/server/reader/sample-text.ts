import 'server-only'
import { Failure } from '#lib/domain/errors'
import { detectCharset } from '#lib/domain/formats/detect-charset'
import { type BinaryKind, looksBinary } from '#lib/domain/formats/looks-binary'
import type { Compression } from '#lib/domain/formats/text-params'
import { ByteQueue } from './byte-queue'
import { holdFreely } from './format-reader'
import { Meter, type ReadLimits } from './meter'
import { type FileSource, openSource } from './open-source'
import { ReadFacts } from './records'
import { decodeToUtf8 } from './text/decode'
import { unpack } from './unpack/unpack'

/** The beginning of a file, unpacked. */
export interface SampleBytes {
  bytes: Buffer
  /** The bytes are all there is in it, or in the first file inside. */
  whole: boolean
  compression: Compression
  /** The kind of file, where it is no text. */
  looksLike: BinaryKind | null
  /** What ended the reading before enough was read; null when nothing did. */
  problem: Failure | null
}

/** What unpacking a beginning may read; blocks of bzip2 are long. */
const LIMITS = { maxBytesIn: 8 * 1024 * 1024, maxRatio: 1_032 } as const satisfies ReadLimits

/**
 * Reads the beginning of a file, unpacked by its content. What is wrong with the file stands in `problem`, beside what was
 * read before it; throws only when `signal` ended the work.
 */
export async function readSampleBytes(
  source: FileSource,
  { maxBytes, deadlineMs }: { maxBytes: number; deadlineMs: number },
  signal: AbortSignal,
): Promise<SampleBytes> {
  const limits: ReadLimits = { ...LIMITS, deadlineMs }
  const facts = new ReadFacts(source.path, 'keep')
  const meter = new Meter(limits, facts)
  const file = openSource(source, { limits, facts, meter, signal })
  const chunks: Buffer[] = []
  let whole = false
  let problem: Failure | null = null
  try {
    for await (const inside of unpack(file, '', facts, holdFreely)) {
      whole = await takeBeginning(meter.countOut(inside, file.holdOn), maxBytes, chunks)
      // Folders of an archive are empty files in it.
      if (chunks.length > 0) break
    }
  } catch (error) {
    if (!(error instanceof Failure) || signal.aborted) throw error
    problem = error
  } finally {
    file.close()
  }
  const bytes = Buffer.concat(chunks).subarray(0, maxBytes)
  const isWide = /^utf-?16/.test(detectCharset(bytes.subarray(0, LOOKED_AT_BYTES), false)[0]?.name ?? '')
  return {
    bytes,
    whole,
    compression: facts.compression,
    looksLike: looksBinary(bytes, isWide) ?? null,
    problem,
  }
}

const LOOKED_AT_BYTES = 8 * 1024

/** Takes bytes until there are enough; true when there are no more. */
async function takeBeginning(
  bytes: AsyncIterable<Buffer>,
  maxBytes: number,
  chunks: Buffer[],
): Promise<boolean> {
  const queue = new ByteQueue(bytes)
  try {
    let left = maxBytes
    while (left > 0) {
      const chunk = await queue.next()
      if (chunk === undefined) return true
      chunks.push(chunk)
      left -= chunk.length
    }
    return left === 0 && (await queue.peek(1)).length === 0
  } finally {
    await queue.close()
  }
}

/** Decodes bytes at hand as the reader does: a BOM wins over the charset and is left out. */
export async function decodeSample(bytes: Buffer, charset: string): Promise<string> {
  const chunks: Buffer[] = []
  const facts = new ReadFacts('', 'keep')
  for await (const chunk of decodeToUtf8(new ByteQueue(once(bytes)), charset, facts)) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes
}
