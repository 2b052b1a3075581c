import 'server-only'
import { Failure } from '#lib/domain/errors'
import { looksBinary } from '#lib/domain/formats/looks-binary'
import type { CompressionSetting } from '#lib/domain/formats/text-params'
import { drain } from './byte-queue'
import { gunzip, isGzip } from './gunzip'
import type { PackedFile } from './open-source'
import type { ReadFacts } from './records'

/** Compressions that are recognised and not read. */
const NOT_READ = new Set(['zip', 'bzip2', 'zstd', 'xz', 'lz4', 'snappy', '7z', 'rar'])

/**
 * Unpacks a file by its content; its name only gives a note where it says something else. Gives the bytes of each file that
 * is inside: one, or several of an archive, to be read one after another.
 */
export async function* unpack(
  file: PackedFile,
  setting: CompressionSetting,
  facts: ReadFacts,
): AsyncGenerator<AsyncIterable<Buffer>> {
  const queue = await file.stream()
  const start = await queue.peek(300)
  const { path } = facts
  if (setting === 'gzip' && start.length > 0 && !isGzip(start)) {
    throw new Failure('validation_failed', 'The file is not gzip', {
      reason: 'not-gzip',
      where: path,
      offset: 0,
      remedy: 'Set File compression to detected or to none.',
    })
  }
  if (setting === 'none' || !isGzip(start)) {
    if (setting === '') noteContent(start, facts)
    yield drain(queue)
    return
  }
  facts.compression = 'gzip'
  yield gunzip(queue, path)
}

function noteContent(start: Buffer, facts: ReadFacts): void {
  const { path } = facts
  const kind = looksBinary(start, true)
  if (kind !== undefined && NOT_READ.has(kind.id)) {
    throw new Failure('validation_failed', `This looks like ${kind.name}, which cannot be read yet`, {
      reason: 'compression-not-read',
      where: path,
      remedy: 'Store it as gzip or uncompressed, or leave it out.',
    })
  }
  if (/\.gz(ip)?$/i.test(path) && start.length > 0) {
    const message = 'The name says gzip, the content is not: it is read as it stands.'
    facts.note({ reason: 'not-gzip-by-content', message })
  }
}
