import { open, readdir, stat, unlink } from 'node:fs/promises'
import path from 'node:path'
import { FolderSync } from './folder-sync.mjs'
import { writeFully } from './journal.mjs'

const INLINE_BYTES = 64 * 1024
const SEGMENT_BYTES = 64 * 1024 * 1024
const FILE_NAME = /^([os])([0-9a-z]{8,11})$/
const READ_BYTES = 256 * 1024
const WRITE_BYTES = 1024 * 1024

/** @typedef {import('./committer.mjs').Extents} Extents */
/** Bytes received: small ones still in memory, large ones already durable in a file of their own. */
/** @typedef {{ payload: Buffer | null, extents: Extents }} ReceivedBytes */
/** @typedef {{ references: number, liveBytes: number }} Usage */

/**
 * The bytes of all objects, in files named by number: a large object has its own, small ones share segments, whose
 * numbers are negative.
 * A file is immutable once written, counted by who refers to it (objects, parts, running reads), and removed with its
 * last reference. What a crash leaves without a reference is swept at the next start.
 */
export class DataFiles {
  #folder
  #folderSync
  #nextId = 1
  /** @type {Map<number, Usage>} */
  #usage = new Map()
  /** @type {{ id: number, file: import('node:fs/promises').FileHandle | null, sizeBytes: number } | null} */
  #segment = null
  #plannedBytes = 0
  /** @type {Set<Promise<void>>} */
  #removals = new Set()

  #segmentBytes

  /** @param {string} folder @param {{ segmentBytes?: number }} [options] */
  constructor(folder, { segmentBytes = SEGMENT_BYTES } = {}) {
    this.#folder = folder
    this.#segmentBytes = segmentBytes
    this.#folderSync = new FolderSync(folder)
  }

  /**
   * Removes files nobody refers to and says what is missing; call once, after the index has retained what it holds.
   * @returns {Promise<{ sweptFiles: number, missingFiles: number }>}
   */
  async sweep() {
    let sweptFiles = 0
    let foundFiles = 0
    for (const name of await readdir(this.#folder)) {
      const [, kind, number = ''] = FILE_NAME.exec(name) ?? []
      if (!kind) continue
      const id = Number.parseInt(number, 36) * (kind === 's' ? -1 : 1)
      if (this.#usage.has(id)) foundFiles++
      else {
        await unlink(path.join(this.#folder, name))
        sweptFiles++
      }
    }
    for (const id of this.#usage.keys()) this.#nextId = Math.max(this.#nextId, Math.abs(id) + 1)
    return { sweptFiles, missingFiles: this.#usage.size - foundFiles }
  }

  /**
   * Takes in a body. Nothing refers to it yet: commit it or `discard` it.
   * @param {AsyncIterable<Buffer>} pieces
   * @param {{ inline: boolean }} options whether a small body may stay in memory to share a segment
   * @returns {Promise<ReceivedBytes>}
   */
  async receive(pieces, { inline }) {
    /** @type {Buffer[]} */
    let waiting = []
    let waitingBytes = 0
    /** @type {SpoolFile | null} */
    let spool = null
    try {
      for await (const piece of pieces) {
        waiting.push(piece)
        waitingBytes += piece.length
        if (waitingBytes <= (spool ? WRITE_BYTES : INLINE_BYTES)) continue
        spool ??= await this.#createSpool()
        await spool.write(Buffer.concat(waiting, waitingBytes))
        waiting = []
        waitingBytes = 0
      }
      if (waitingBytes === 0 && !spool) return { payload: null, extents: [] }
      if (!spool && inline) return { payload: Buffer.concat(waiting, waitingBytes), extents: [] }
      spool ??= await this.#createSpool()
      await spool.write(Buffer.concat(waiting, waitingBytes))
      await spool.finish()
      await this.#folderSync.run()
      return { payload: null, extents: [spool.id, 0, spool.sizeBytes] }
    } catch (error) {
      if (spool) await this.#abandon(spool)
      throw error
    }
  }

  /** Removes received bytes that were not committed. @param {ReceivedBytes} received */
  discard({ extents }) {
    for (let i = 0; i < extents.length; i += 3) this.#remove(extents[i] ?? 0)
  }

  /** @param {Extents} extents */
  retain(extents) {
    for (let i = 0; i < extents.length; i += 3) {
      const id = extents[i] ?? 0
      const usage = this.#usage.get(id) ?? { references: 0, liveBytes: 0 }
      usage.references++
      usage.liveBytes += extents[i + 2] ?? 0
      this.#usage.set(id, usage)
    }
  }

  /** @param {Extents} extents */
  release(extents) {
    for (let i = 0; i < extents.length; i += 3) {
      const id = extents[i] ?? 0
      const usage = this.#usage.get(id)
      if (!usage) continue
      usage.references--
      usage.liveBytes -= extents[i + 2] ?? 0
      this.#removeIfUnused(id)
    }
  }

  /**
   * Reads the bytes from `start` to before `end` of what the extents hold, in order. The caller has retained them.
   * @param {Extents} extents
   * @param {number} start
   * @param {number} end
   * @returns {AsyncGenerator<Buffer, void>}
   */
  async *read(extents, start, end) {
    let extentStart = 0
    for (let i = 0; i < extents.length && extentStart < end; i += 3) {
      const offset = extents[i + 1] ?? 0
      const sizeBytes = extents[i + 2] ?? 0
      const from = Math.max(start - extentStart, 0)
      const to = Math.min(end - extentStart, sizeBytes)
      if (from < to) yield* this.#readFile(extents[i] ?? 0, offset + from, offset + to)
      extentStart += sizeBytes
    }
  }

  /** The place of the next small payload of the batch being gathered. @param {number} sizeBytes @returns {Extents} */
  place(sizeBytes) {
    if (sizeBytes === 0) return []
    if (this.#plannedBytes === 0 && this.#segment && this.#segment.sizeBytes >= this.#segmentBytes)
      this.#seal()
    this.#segment ??= { id: -this.#nextId++, file: null, sizeBytes: 0 }
    const extents = [this.#segment.id, this.#segment.sizeBytes + this.#plannedBytes, sizeBytes]
    this.#plannedBytes += sizeBytes
    return extents
  }

  /** Makes the placed payloads durable. @param {Buffer[]} payloads @returns {Promise<void>} */
  async storePayloads(payloads) {
    const segment = this.#segment
    if (!segment) throw new TypeError('No place was asked for')
    const bytes = Buffer.concat(payloads)
    const isNew = segment.file === null
    segment.file ??= await open(this.#path(segment.id), 'wx', 0o600)
    await writeFully(segment.file, bytes, segment.sizeBytes)
    await segment.file.datasync()
    if (isNew) await this.#folderSync.run()
    segment.sizeBytes += bytes.length
    this.#plannedBytes = 0
  }

  /** After a failed batch its segment takes nothing more, since how far it was written is unknown. */
  forgetPlaces() {
    this.#plannedBytes = 0
    this.#seal()
  }

  /** Sealed segments of which less than half is still referred to. @returns {Promise<Set<number>>} */
  async wastefulSegments() {
    /** @type {Set<number>} */
    const wasteful = new Set()
    for (const [id, { liveBytes }] of this.#usage) {
      if (id > 0 || id === this.#segment?.id) continue
      const sizeBytes = await stat(this.#path(id)).then(
        (found) => found.size,
        () => 0,
      )
      if (sizeBytes > liveBytes * 2) wasteful.add(id)
    }
    return wasteful
  }

  async close() {
    await this.#segment?.file?.close()
    this.#segment = null
    await Promise.all(this.#removals)
  }

  #seal() {
    const segment = this.#segment
    this.#segment = null
    if (!segment) return
    if (segment.file) this.#track(segment.file.close())
    this.#removeIfUnused(segment.id)
  }

  /** @param {number} id */
  #removeIfUnused(id) {
    if (this.#segment?.id === id || (this.#usage.get(id)?.references ?? 0) > 0) return
    this.#usage.delete(id)
    this.#remove(id)
  }

  /** @param {number} id */
  #remove(id) {
    this.#track(unlink(this.#path(id)))
  }

  /** What cannot be removed now is swept at the next start. @param {Promise<void>} removal */
  #track(removal) {
    const settled = removal.catch(() => undefined).finally(() => this.#removals.delete(settled))
    this.#removals.add(settled)
  }

  /** @param {number} id @param {number} from @param {number} to @returns {AsyncGenerator<Buffer, void>} */
  async *#readFile(id, from, to) {
    const file = await open(this.#path(id), 'r')
    try {
      for (let at = from; at < to; ) {
        const buffer = Buffer.allocUnsafe(Math.min(READ_BYTES, to - at))
        const { bytesRead } = await file.read(buffer, 0, buffer.length, at)
        if (bytesRead === 0) throw new Error(`Data file ${this.#path(id)} is shorter than the index says`)
        at += bytesRead
        yield bytesRead === buffer.length ? buffer : buffer.subarray(0, bytesRead)
      }
    } finally {
      await file.close()
    }
  }

  async #createSpool() {
    const id = this.#nextId++
    return new SpoolFile(id, await open(this.#path(id), 'wx', 0o600))
  }

  /** @param {SpoolFile} spool */
  async #abandon(spool) {
    await spool.close().catch(() => undefined)
    this.#remove(spool.id)
  }

  /** @param {number} id */
  #path(id) {
    return path.join(this.#folder, (id < 0 ? 's' : 'o') + Math.abs(id).toString(36).padStart(8, '0'))
  }
}

/** A body being written to a file of its own. */
class SpoolFile {
  #file
  sizeBytes = 0

  /** @param {number} id @param {import('node:fs/promises').FileHandle} file */
  constructor(id, file) {
    this.id = id
    this.#file = file
  }

  /** @param {Buffer} bytes */
  async write(bytes) {
    await writeFully(this.#file, bytes, this.sizeBytes)
    this.sizeBytes += bytes.length
  }

  async finish() {
    await this.#file.sync()
    await this.#file.close()
  }

  async close() {
    await this.#file.close()
  }
}
