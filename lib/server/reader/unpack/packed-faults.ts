import 'server-only'
import { Failure } from '#lib/domain/errors'
import type { ByteQueue } from '../byte-queue'

const AGAIN = 'Write the file again, or leave it out.'

/** Compressed data that ends before it should, at a byte of the packed file. */
export function truncated(path: string, offset: number): Failure {
  return new Failure('validation_failed', 'The compressed data ends too soon: the file was cut short', {
    reason: 'ERR_DATASET_TRUNCATED_COMPRESSED_DATA',
    where: path,
    offset,
    remedy: AGAIN,
  })
}

/** Compressed data that contradicts itself, noticed at a byte of the packed file. */
export function damaged(path: string, offset: number, message = 'The compressed data is damaged'): Failure {
  const details = { reason: 'damaged-compressed-data', where: path, offset, remedy: AGAIN }
  return new Failure('validation_failed', message, details)
}

/** Packed data that is sound and that this reader does not unpack. */
export function notUnpacked(
  path: string,
  offset: number,
  reason: string,
  message: string,
  remedy = 'Store it as gzip or uncompressed, or leave it out.',
): Failure {
  return new Failure('validation_failed', message, { reason, where: path, offset, remedy })
}

/** Lets nothing but zero bytes follow, which are padding as tape tools write it. */
export async function expectPadding(queue: ByteQueue, path: string, kind: string): Promise<void> {
  for (;;) {
    const { offset } = queue
    const chunk = await queue.next()
    if (chunk === undefined) return
    const at = chunk.findIndex((byte) => byte !== 0)
    if (at < 0) continue
    throw new Failure(
      'validation_failed',
      `After the compressed data follows something that is not ${kind}`,
      {
        reason: 'trailing-garbage',
        where: path,
        offset: offset + at,
        remedy: 'What stands before it has been read; write the file again, or leave it out.',
      },
    )
  }
}
