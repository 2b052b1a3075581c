import 'server-only'
import type { FormatSettings } from '#lib/domain/formats/catalogue'
import { findEncoding } from '#lib/domain/formats/charsets'
import { looksBinary, SNIFFED_BYTES } from '#lib/domain/formats/looks-binary'
import { ByteQueue } from './byte-queue'
import { binaryFailure } from './file-problems'
import type { StreamFormat } from './format-reader'
import { readerOf } from './formats'
import { holdFreely } from './hold'
import { Meter, type ReadLimits } from './meter'
import { type FileSource, openSource, type PackedFile } from './open-source'
import { ReadFacts, type RecordBatch, type RecordReading } from './records'
import { restingWhileUnread, restless } from './resting'
import { unpack } from './unpack/unpack'
import { UnpackTurn } from './unpack/unpack-turns'

/**
 * Reads the records of one file, the same ones whoever asks: preview, explore, counts, data API and builds. Nothing is
 * opened before the first record is asked for. Throws a `Failure` that names the file at every fault and exceeded limit.
 * @example for await (const batch of readRecords({ store, path }, format, {}, permit.signal)) total += batch.count
 */
export function readRecords(
  source: FileSource,
  format: FormatSettings,
  limits: ReadLimits,
  signal: AbortSignal,
): RecordReading {
  const facts = new ReadFacts(source.path, limits.recordFaults)
  return { facts, [Symbol.asyncIterator]: () => readLimited(source, format, limits, signal, facts) }
}

async function* readLimited(
  source: FileSource,
  format: FormatSettings,
  limits: ReadLimits,
  signal: AbortSignal,
  facts: ReadFacts,
): AsyncGenerator<RecordBatch> {
  const meter = new Meter(limits, facts)
  const file = openSource(source, { limits, facts, meter, signal })
  try {
    for await (const batch of readFile(file, format, limits, facts, meter)) {
      file.holdOn()
      const left = (limits.maxRecords ?? Number.POSITIVE_INFINITY) - facts.records
      const taken = batch.count > left ? batch.take(left) : batch
      facts.records += taken.count
      yield taken
      if (batch.count >= left) return
    }
  } finally {
    file.close()
  }
}

/** A reading that may hold little shares that with the others of its kind. */
async function* readFile(
  file: PackedFile,
  format: FormatSettings,
  limits: ReadLimits,
  facts: ReadFacts,
  meter: Meter,
): AsyncGenerator<RecordBatch> {
  const reader = readerOf(format)
  const { restAfterMs } = limits
  const turn = limits.maxHeldBytes === undefined ? undefined : new UnpackTurn(file)
  const hold = turn === undefined ? holdFreely : (bytes: number) => turn.hold(bytes)
  // Pages are held from the first record on; of a stream only what unpacks with a long memory.
  const inTurn = reader.access === 'ranges'
  const resting =
    restAfterMs === undefined ? restless(hold) : restingWhileUnread({ file, afterMs: restAfterMs, inTurn })
  try {
    if (reader.access === 'ranges') {
      await turn?.begin()
      const { maxPageBytes, maxHeldBytes } = limits
      const countOut = (bytes: number) => meter.addOut(bytes)
      const isFrugal = restAfterMs !== undefined
      yield* reader.read(await file.ranged(), facts, {
        countOut,
        resting,
        isFrugal,
        maxPageBytes,
        maxHeldBytes,
      })
    } else {
      const inside = unpack(file, reader.compression, facts, resting, reader.zipEntries)
      for await (const bytes of inside) {
        const unpacked = new ByteQueue(meter.countOut(bytes, file.holdOn))
        yield* readUnpacked(unpacked, reader, limits, facts)
      }
    }
  } finally {
    turn?.end()
  }
}

async function* readUnpacked(
  unpacked: ByteQueue,
  reader: StreamFormat,
  limits: ReadLimits,
  facts: ReadFacts,
): AsyncGenerator<RecordBatch> {
  try {
    facts.looksLike ??= await sniff(unpacked, reader)
    if (facts.looksLike !== undefined && limits.binary === 'fail')
      throw binaryFailure(facts.looksLike, facts.path)
    yield* reader.read(unpacked, facts, limits)
  } catch (error) {
    throw facts.locate(error)
  } finally {
    await unpacked.close()
  }
}

/** Names what is no text by its first bytes; UTF-16 is full of zero bytes. */
async function sniff(
  unpacked: ByteQueue,
  { readsBinary, charset }: StreamFormat,
): Promise<string | undefined> {
  if (readsBinary) return undefined
  const isWide = findEncoding(charset)?.startsWith('utf-16') ?? false
  return looksBinary(await unpacked.peek(SNIFFED_BYTES), isWide)?.name
}
