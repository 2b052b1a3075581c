import { putRecord, StoredObject } from './catalogue.mjs'
import { compareUtf8 } from './ordered-index.mjs'
import { snapshotRecords } from './snapshot.mjs'

const MIN_JOURNAL_BYTES = 16 * 1024 * 1024
const OBJECTS_PER_SCAN = 10_000
const RETRY_AFTER_MS = 60_000

/**
 * @typedef {object} MaintainedStore
 * @property {import('./catalogue.mjs').Catalogue} catalogue
 * @property {import('./data-files.mjs').DataFiles} files
 * @property {import('./index-folder.mjs').IndexFolder} index
 * @property {import('./committer.mjs').Committer} committer
 * @property {(note: string) => void} log
 * @property {number | undefined} journalBytes
 */

/**
 * Keeps the folder in proportion to what it holds, while requests go on: a journal that has outgrown its snapshot is
 * replaced by a new snapshot, and segments of mostly deleted objects are emptied into fresh ones.
 */
export class Maintenance {
  #store
  /** @type {Promise<void> | null} */
  #running = null
  #stopped = false
  #notBeforeMs = 0

  /** @param {MaintainedStore} store */
  constructor(store) {
    this.#store = store
  }

  /** Starts a round if one is due. */
  consider() {
    const { index, journalBytes = MIN_JOURNAL_BYTES } = this.#store
    if (this.#running || this.#stopped || !index.isWorthSnapshot(journalBytes)) return
    if (performance.now() < this.#notBeforeMs) return
    this.#running = this.#run().finally(() => {
      this.#running = null
    })
  }

  /** No round begins any more, and a running one gives up soon. */
  stop() {
    this.#stopped = true
  }

  /** @returns {Promise<void>} */
  async done() {
    await this.#running
  }

  async #run() {
    const { committer, index, catalogue, files, log } = this.#store
    try {
      await committer.runBetweenBatches(() => index.rotate())
      await index.writeSnapshot(this.#untilStopped(snapshotRecords(catalogue)))
      const wasteful = await files.wastefulSegments()
      if (wasteful.size > 0) await this.#emptySegments(wasteful)
    } catch (error) {
      // The journals are still whole; a later round tries again.
      this.#notBeforeMs = performance.now() + RETRY_AFTER_MS
      if (!this.#stopped)
        log(`Could not tidy the object store folder: ${error instanceof Error ? error.message : error}`)
    }
  }

  /**
   * A snapshot broken off must not be taken for a whole one, hence the throw.
   * @template T
   * @param {Iterable<T>} items
   * @returns {Generator<T, void>}
   */
  *#untilStopped(items) {
    for (const item of items) {
      if (this.#stopped) throw new Error('The store is closing')
      yield item
    }
  }

  /** @param {Set<number>} segments */
  async #emptySegments(segments) {
    for (const { name } of this.#store.catalogue.buckets()) {
      /** @type {string | null} */
      let last = ''
      while (last !== null && !this.#stopped) {
        const { found, reached } = this.#findIn(name, segments, last)
        await Promise.all(found.map(({ key, object }) => this.#moveObject(name, key, object)))
        last = reached
      }
    }
  }

  /** @param {string} bucket @param {Set<number>} segments @param {string} after */
  #findIn(bucket, segments, after) {
    const cursor = this.#store.catalogue
      .findBucket(bucket)
      ?.objects.seek((key) => compareUtf8(key, after) <= 0)
    const found = []
    for (let scanned = 0; scanned < OBJECTS_PER_SCAN; scanned++) {
      const entry = cursor?.next()
      if (!entry) return { found, reached: null }
      const { extents } = entry.value
      if (extents.length === 3 && segments.has(extents[0] ?? 0))
        found.push({ key: entry.key, object: entry.value })
      if (found.length === 256 || scanned === OBJECTS_PER_SCAN - 1) return { found, reached: entry.key }
    }
    return { found, reached: null }
  }

  /** @param {string} bucket @param {string} key @param {StoredObject} object */
  async #moveObject(bucket, key, object) {
    const { catalogue, committer, files } = this.#store
    const { extents, sizeBytes, etag, modifiedMs, headers, checksum } = object
    files.retain(extents)
    try {
      const pieces = []
      for await (const piece of files.read(extents, 0, sizeBytes)) pieces.push(piece)
      await committer.commit({
        touches: `${bucket}/${key}`,
        payload: Buffer.concat(pieces),
        decide: (place) => {
          if (catalogue.findBucket(bucket)?.objects.get(key) !== object) throw new Superseded()
          const moved = new StoredObject(sizeBytes, etag, modifiedMs, place(sizeBytes), headers, checksum)
          return { records: [putRecord(bucket, key, moved)], result: undefined }
        },
      })
    } catch (error) {
      if (!(error instanceof Superseded)) throw error
    } finally {
      files.release(extents)
    }
  }
}

/** The object was replaced or deleted while its bytes were being moved. */
class Superseded extends Error {}
