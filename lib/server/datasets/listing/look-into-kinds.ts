import 'server-only'
import { constants, gunzipSync } from 'node:zlib'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import type { ContentId } from '#lib/domain/datasets/file-kinds'
import { Failure } from '#lib/domain/errors'
import { looksBinary } from '#lib/domain/formats/looks-binary'
import { now } from '../../platform/clock'
import type { ObjectStore } from '../../platform/object-store/types'
import { connectionPathOf } from './scan-files'
import type { KindTally } from './tally-kinds'
import { mapConcurrently } from './walk-folders'

/** What is read of an object, and of how many kinds: at most 84 small reads. */
const FIRST_BYTES = 4 * 1024
const MOST_KINDS = 12
/** When no further object is opened. */
const UNTIL_MS = 3_000
/** gzip makes at most a thousandfold of its input. */
const MAX_UNPACKED_BYTES = 8 * 1024 * 1024

/** Reads the first bytes of a few objects of each of the largest kinds, and tells the tally what they are. */
export async function lookIntoKinds(
  store: ObjectStore,
  definition: DatasetDefinition,
  kinds: KindTally,
): Promise<void> {
  const untilMs = now().getTime() + UNTIL_MS
  await mapConcurrently(kinds.toLookInto(MOST_KINDS), async ({ path, told }) => {
    if (now().getTime() > untilMs) return
    const bytes = await readFirst(store, connectionPathOf(definition, path))
    if (bytes && bytes.length > 0) told(contentOf(bytes))
  })
}

/** Null for an object that cannot be read: its kind is known by the others, or stays unknown. */
async function readFirst(store: ObjectStore, path: string): Promise<Buffer | null> {
  try {
    const body = await store.getStream({ path, range: { start: 0, end: FIRST_BYTES - 1 } })
    const chunks: Buffer[] = []
    let length = 0
    for await (const chunk of body.bytes) {
      chunks.push(chunk)
      length += chunk.length
      if (length >= FIRST_BYTES) break
    }
    return Buffer.concat(chunks).subarray(0, FIRST_BYTES)
  } catch (error) {
    if (!(error instanceof Failure) || store.permit.signal.aborted) throw error
    return null
  }
}

/**
 * What bytes at the beginning of an object say it is; of gzip what is packed as well.
 * @example contentOf(gzipSync('a line')) // 'gzip:text'
 */
export function contentOf(bytes: Buffer): ContentId {
  const kind = looksBinary(bytes)
  if (kind === undefined) return 'text'
  if (kind.id !== 'gzip') return kind.id
  try {
    // The flush takes what is there of a file that is cut.
    const inside = gunzipSync(bytes, {
      finishFlush: constants.Z_SYNC_FLUSH,
      maxOutputLength: MAX_UNPACKED_BYTES,
    })
    return inside.length === 0 ? 'gzip' : `gzip:${looksBinary(inside)?.id ?? 'text'}`
  } catch {
    return 'gzip'
  }
}
