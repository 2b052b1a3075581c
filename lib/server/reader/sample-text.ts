import 'server-only'
import { Failure } from '#lib/domain/errors'
import { type ArchiveLook, lookAtArchive } from '#lib/domain/formats/choose-zip-entries'
import { detectCharset } from '#lib/domain/formats/detect-charset'
import { type BinaryKind, looksBinary } from '#lib/domain/formats/looks-binary'
import type { Compression } from '#lib/domain/formats/text-params'
import { ByteQueue } from './byte-queue'
import { holdFreely } from './hold'
import { Meter, type ReadLimits } from './meter'
import { type FileSource, openSource } from './open-source'
import { ReadFacts } from './records'
import { restless } from './resting'
import { decodeToUtf8 } from './text/decode'
import { unpack } from './unpack/unpack'

/** Some bytes from the first on. */
export interface Beginning {
  bytes: Buffer
  /** The bytes are all there is. */
  whole: boolean
  /** Of the file inside an archive. */
  name?: string | undefined
}

/** The beginning of a file, unpacked; of an archive that of the first file inside. */
export interface SampleBytes extends Beginning {
  /** Those of further files inside, which only add to what is known. */
  further: Beginning[]
  compression: Compression
  /** The kind of file, where it is no text. */
  looksLike: BinaryKind | null
  /** What lies in it, where it is a zip archive. */
  archive: ArchiveLook | null
  /** What ended the reading before enough was read; null when nothing did. */
  problem: Failure | null
}

/** Files of one archive whose beginnings are read. */
const MOST_INSIDE = 4

/** What unpacking a beginning may read; blocks of bzip2 are long. */
const LIMITS = { maxBytesIn: 8 * 1024 * 1024, maxRatio: 1_032 } as const satisfies ReadLimits

export interface SampleOptions {
  maxBytes: number
  deadlineMs: number
  /** Names of the entries of a zip archive that are read, see `chooseEntries`. */
  zipEntries?: string
}

/**
 * Reads the beginning of a file, unpacked by its content. What is wrong with the file stands in `problem`, beside what was
 * read before it; throws only when `signal` ended the work.
 */
export async function readSampleBytes(
  source: FileSource,
  { maxBytes, deadlineMs, zipEntries = '' }: SampleOptions,
  signal: AbortSignal,
): Promise<SampleBytes> {
  const limits: ReadLimits = { ...LIMITS, deadlineMs }
  const facts = new ReadFacts(source.path, 'keep')
  const meter = new Meter(limits, facts)
  const file = openSource(source, { limits, facts, meter, signal })
  const taken: Taken[] = []
  let problem: Failure | null = null
  try {
    for await (const inside of unpack(file, '', facts, restless(holdFreely), zipEntries)) {
      const one: Taken = { name: facts.entry, chunks: [], whole: false }
      taken.push(one)
      one.whole = await takeBeginning(meter.countOut(inside, file.holdOn), maxBytes, one.chunks)
      // Folders of an archive are empty files in it.
      if (one.chunks.length === 0) taken.pop()
      if (taken.length === MOST_INSIDE) break
    }
  } catch (error) {
    if (!(error instanceof Failure) || signal.aborted) throw error
    // What the first file inside says is enough.
    if (taken.length < 2) problem = error
    else taken.pop()
  } finally {
    file.close()
  }
  const [{ name, bytes, whole }, ...further] = beginningsOf(taken, maxBytes)
  return {
    name,
    bytes,
    whole,
    further: further.filter((one) => kindOf(one.bytes) === null),
    compression: facts.compression,
    archive: facts.entries === undefined ? null : lookAtArchive(facts.entries),
    looksLike: kindOf(bytes),
    problem,
  }
}

const LOOKED_AT_BYTES = 8 * 1024

function kindOf(bytes: Buffer): BinaryKind | null {
  const isWide = /^utf-?16/.test(detectCharset(bytes.subarray(0, LOOKED_AT_BYTES), false)[0]?.name ?? '')
  return looksBinary(bytes, isWide) ?? null
}

/** What was read of one file until its end or a failure. */
interface Taken extends Pick<Beginning, 'name'> {
  chunks: Buffer[]
  whole: boolean
}

function beginningsOf([first, ...others]: readonly Taken[], maxBytes: number): [Beginning, ...Beginning[]] {
  const toBeginning = ({ name, chunks, whole }: Taken): Beginning => ({
    name,
    bytes: Buffer.concat(chunks).subarray(0, maxBytes),
    whole,
  })
  return [toBeginning(first ?? { chunks: [], whole: false }), ...others.map(toBeginning)]
}

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
