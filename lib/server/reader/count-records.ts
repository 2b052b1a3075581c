import 'server-only'
import type { FormatSettings } from '#lib/domain/formats/catalogue'
import { mergeIterables } from '#lib/server/platform/object-store/merge-iterables'
import type { ObjectStore } from '#lib/server/platform/object-store/types'
import type { RangedFormat } from './format-reader'
import { readerOf } from './formats'
import { Meter, type ReadLimits } from './meter'
import { openSource } from './open-source'
import { readRecords } from './read-records'
import { ReadFacts } from './records'

export interface CountRequest {
  store: ObjectStore
  paths: Iterable<string>
  format: FormatSettings
  /** For each file. */
  limits?: ReadLimits
  /** Files at once, 16 unless told. */
  concurrency?: number
}

/** The records of one file. */
export interface FileCount {
  path: string
  records: number
  bytesIn: number
  bytesOut: number
  replacedBytes: number
}

/** Counts the records of many objects, several at once; each count comes when its file is read, in that order. */
export function countRecords(request: CountRequest): AsyncIterable<FileCount> {
  return mergeIterables(countEach(request), request.concurrency ?? 16)
}

function* countEach(request: CountRequest): Generator<AsyncIterable<FileCount>> {
  for (const path of request.paths) yield countFile(request, path)
}

async function* countFile(
  { store, format, limits = {} }: CountRequest,
  path: string,
): AsyncGenerator<FileCount> {
  const reader = readerOf(format)
  if (reader.access === 'ranges') {
    yield await countByRanges(reader, { store, path }, limits)
    return
  }
  const reading = readRecords({ store, path }, format, { ...limits, inTurn: true }, store.permit.signal)
  for await (const _ of reading);
  const { records, bytesIn, bytesOut, replacedBytes } = reading.facts
  yield { path, records, bytesIn, bytesOut, replacedBytes }
}

/** A file that says how many records it has is not read for that. */
async function countByRanges(
  reader: RangedFormat,
  source: { store: ObjectStore; path: string },
  limits: ReadLimits,
): Promise<FileCount> {
  const facts = new ReadFacts(source.path)
  const { signal } = source.store.permit
  const file = openSource(source, { limits, facts, meter: new Meter(limits, facts), signal })
  try {
    const records = await reader.count(await file.ranged())
    return {
      path: source.path,
      records: Math.min(records, limits.maxRecords ?? records),
      bytesIn: facts.bytesIn,
      bytesOut: 0,
      replacedBytes: 0,
    }
  } finally {
    file.close()
  }
}
