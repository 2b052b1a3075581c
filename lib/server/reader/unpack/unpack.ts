import 'server-only'
import { Failure } from '#lib/domain/errors'
import { looksBinary } from '#lib/domain/formats/looks-binary'
import { packingByName, type ReadPacking } from '#lib/domain/formats/packings'
import type { CompressionSetting } from '#lib/domain/formats/text-params'
import { type ByteQueue, drain } from '../byte-queue'
import type { Hold } from '../format-reader'
import type { PackedFile } from '../open-source'
import type { ReadFacts } from '../records'
import { bunzip2 } from './bunzip2'
import { gunzip } from './gunzip'
import { notUnpacked } from './packed-faults'
import { recognizePacking } from './recognize-compression'
import { unzip } from './unzip'
import { unzstd } from './unzstd'

/** Compressions that are recognised and not read. */
const NOT_READ = new Set(['xz', 'lz4', 'snappy', '7z', 'rar'])
const LOOKED_AT_BYTES = 300

/**
 * Unpacks a file by its content; its name only gives a note where it says something else. Gives the bytes of each file that
 * is inside: one, or several of an archive, to be read one after another; `zipEntries` names those. `hold` is told what that takes
 * beside a few chunks.
 */
export async function* unpack(
  file: PackedFile,
  setting: CompressionSetting,
  facts: ReadFacts,
  hold: Hold,
  zipEntries = '',
): AsyncGenerator<AsyncIterable<Buffer>> {
  const queue = await file.stream()
  const start = await queue.peek(LOOKED_AT_BYTES)
  const packing = setting === 'none' ? undefined : recognizePacking(start, file.path)
  if (setting === '') noteContent(start, packing, facts)
  else if (setting !== 'none' && setting !== packing && start.length > 0) {
    throw notThat(setting, packing, file.path)
  }
  facts.compression = packing ?? 'none'
  if (packing === 'zip') {
    const ranges = await file.ranged()
    await queue.close()
    yield* unzip(ranges, facts, { setting, hold, pattern: zipEntries })
    return
  }
  yield unpackStream(queue, packing, file.path, hold)
}

function unpackStream(
  queue: ByteQueue,
  packing: Exclude<ReadPacking, 'zip'> | undefined,
  path: string,
  hold: Hold,
): AsyncGenerator<Buffer> {
  switch (packing) {
    case 'gzip':
      return gunzip(queue, path)
    case 'bzip2':
      return bunzip2(queue, path)
    case 'zstd':
      return unzstd(queue, path, hold)
    case undefined:
      return drain(queue)
  }
}

function notThat(setting: ReadPacking, packing: ReadPacking | undefined, path: string): Failure {
  const found = packing === undefined ? '' : `; it is ${packing}`
  return new Failure('validation_failed', `The file is not ${setting}${found}`, {
    reason: `not-${setting}`,
    where: path,
    offset: 0,
    remedy: `Set File compression to detected or to ${packing ?? 'none'}.`,
  })
}

function noteContent(start: Buffer, packing: ReadPacking | undefined, facts: ReadFacts): void {
  const { path } = facts
  const kind = packing === undefined ? looksBinary(start, true) : undefined
  if (kind !== undefined && NOT_READ.has(kind.id)) {
    throw notUnpacked(
      path,
      0,
      'compression-not-read',
      `This looks like ${kind.name}, which cannot be read yet`,
    )
  }
  const named = packingByName(path)
  if (named === undefined || named === packing || start.length === 0) return
  const message =
    packing === undefined
      ? `The name says ${named}, the content is not: it is read as it stands.`
      : `The name says ${named}, the content is ${packing}: it is read so.`
  facts.note({ reason: `not-${named}-by-content`, message })
}
