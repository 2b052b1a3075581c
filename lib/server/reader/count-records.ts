import 'server-only'
import type { FormatSettings } from '#lib/domain/formats/wire'
import { mergeIterables } from '#lib/server/platform/object-store/merge-iterables'
import type { ObjectStore } from '#lib/server/platform/object-store/types'
import type { ReadLimits } from './meter'
import { readRecords } from './read-records'

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
  const reading = readRecords({ store, path }, format, limits, store.permit.signal)
  for await (const _ of reading);
  const { records, bytesIn, bytesOut, replacedBytes } = reading.facts
  yield { path, records, bytesIn, bytesOut, replacedBytes }
}
