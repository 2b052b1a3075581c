import 'server-only'
import { Failure } from '#lib/domain/errors'
import type { FormatSettings } from '#lib/domain/formats/wire'
import { stopped } from '#lib/server/platform/object-store/translate-error'
import type { ObjectStore } from '#lib/server/platform/object-store/types'
import { ByteQueue } from './byte-queue'
import { decompress } from './decompress'
import { readerOf } from './formats'
import { Meter, type ReadLimits, untilAborted } from './meter'
import type { ReadFacts, RecordBatch, RecordReading } from './records'

/** A file to read: an object of a store, or bytes that are at hand. */
export type FileSource =
  | { store: ObjectStore; path: string }
  | { bytes: AsyncIterable<Uint8Array>; path: string }

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
  const facts = emptyFacts(source.path)
  return { facts, [Symbol.asyncIterator]: () => readBatches(source, format, limits, signal, facts) }
}

async function* readBatches(
  source: FileSource,
  format: FormatSettings,
  limits: ReadLimits,
  signal: AbortSignal,
  facts: ReadFacts,
): AsyncGenerator<RecordBatch> {
  const deadline = limits.deadlineMs === undefined ? undefined : AbortSignal.timeout(limits.deadlineMs)
  const until = deadline === undefined ? signal : AbortSignal.any([signal, deadline])
  const ended = () => (signal.aborted ? stopped(signal, source.path) : tooLate(facts, limits))
  const opened = await openSource(source, until, ended)
  const meter = new Meter(limits, facts)
  const reader = readerOf(format)
  const packed = new ByteQueue(meter.countIn(untilAborted(opened.bytes, until, ended)))
  const unpacked = new ByteQueue(meter.countOut(decompress(packed, reader.compression(format), facts)))
  try {
    for await (const batch of reader.read(unpacked, format, facts)) {
      if (until.aborted) throw ended()
      const left = (limits.maxRecords ?? Number.POSITIVE_INFINITY) - facts.records
      const taken = batch.count > left ? batch.take(left) : batch
      facts.records += taken.count
      yield taken
      if (batch.count >= left) return
    }
  } finally {
    opened.close()
    await unpacked.close()
    // Not awaited: a source that hangs cannot hold back who leaves it.
    packed.close().catch(() => undefined)
  }
}

interface OpenedSource {
  bytes: AsyncIterable<Uint8Array>
  close: () => void
}

async function openSource(
  source: FileSource,
  until: AbortSignal,
  ended: () => Failure,
): Promise<OpenedSource> {
  if ('bytes' in source) return { bytes: source.bytes, close: () => undefined }
  const opening = source.store.getStream({ path: source.path })
  return new Promise((resolve, reject) => {
    const abort = () => {
      reject(ended())
      opening.then(({ close }) => close()).catch(() => undefined)
    }
    until.addEventListener('abort', abort, { once: true })
    if (until.aborted) abort()
    opening.then(resolve, reject).finally(() => until.removeEventListener('abort', abort))
  })
}

function tooLate(facts: ReadFacts, limits: ReadLimits): Failure {
  return new Failure(
    'limit_exceeded',
    `Reading took longer than ${limits.deadlineMs} ms, which is the limit here`,
    {
      reason: 'deadline',
      where: facts.path,
      offset: facts.bytesIn,
      facts: { limit: limits.deadlineMs, records: facts.records },
    },
  )
}

function emptyFacts(path: string): ReadFacts {
  return {
    path,
    compression: 'none',
    charset: '',
    bytesIn: 0,
    bytesOut: 0,
    records: 0,
    replacedBytes: 0,
    problems: [],
  }
}
