import { open } from 'node:fs/promises'
import { crc32 } from 'node:zlib'
import { StoreFailure, systemCode } from './errors.mjs'

// These bytes never occur in the UTF-8 of a payload, so a later frame can be found by scanning for them.
const MAGIC = Buffer.from([0xf5, 0x4c, 0x50, 0xff])
const HEADER_BYTES = 12
const READ_BYTES = 4 * 1024 * 1024
const MAX_PAYLOAD_BYTES = 256 * 1024 * 1024

/** A change of the store, first its kind. @typedef {[kind: string, ...fields: unknown[]]} JournalRecord */

/**
 * One frame: magic, payload length, CRC-32 of length and payload, payload. A frame is what one fsync makes durable, so
 * its records stand or fall together.
 * @param {readonly JournalRecord[]} records
 * @returns {Buffer}
 */
export function encodeFrame(records) {
  const payload = Buffer.from(JSON.stringify(records))
  const frame = Buffer.allocUnsafe(HEADER_BYTES + payload.length)
  MAGIC.copy(frame)
  frame.writeUInt32LE(payload.length, 4)
  payload.copy(frame, HEADER_BYTES)
  frame.writeUInt32LE(frameCrc(frame), 8)
  return frame
}

/**
 * Replays a file of frames in order.
 * @param {string} path
 * @param {(record: JournalRecord) => void} apply
 * @returns {Promise<{ goodBytes: number, totalBytes: number, records: number }>} fewer good than total bytes when the
 *   last frame is torn; throws StoreFailure when a whole frame follows a broken one, which no crash can cause
 */
export async function replayFrames(path, apply) {
  const file = await open(path, 'r')
  try {
    const totalBytes = (await file.stat()).size
    let goodBytes = 0
    let records = 0
    let pending = Buffer.alloc(0)
    let readBytes = 0
    while (readBytes < totalBytes) {
      const needed = Math.max(READ_BYTES, missingBytes(pending))
      const chunk = Buffer.allocUnsafe(Math.min(needed, totalBytes - readBytes))
      const { bytesRead } = await file.read(chunk, 0, chunk.length, readBytes)
      if (bytesRead === 0) break
      readBytes += bytesRead
      pending = Buffer.concat([pending, chunk.subarray(0, bytesRead)])
      for (let frame = wholeFrame(pending); frame; frame = wholeFrame(pending)) {
        for (const record of decodePayload(frame)) {
          apply(record)
          records++
        }
        goodBytes += frame.length
        pending = pending.subarray(frame.length)
      }
      if (isBroken(pending)) break
    }
    if (goodBytes < totalBytes) await refuseDamage(file, path, goodBytes, totalBytes)
    return { goodBytes, totalBytes, records }
  } finally {
    await file.close()
  }
}

/** The journal that takes new records. A failed append leaves the file as it was, or refuses every later one. */
export class Journal {
  #file
  #path
  #sizeBytes
  /** @type {StoreFailure | null} */
  #broken = null

  /** @param {import('node:fs/promises').FileHandle} file @param {string} path @param {number} sizeBytes */
  constructor(file, path, sizeBytes) {
    this.#file = file
    this.#path = path
    this.#sizeBytes = sizeBytes
  }

  /**
   * Opens for appending at `sizeBytes`, cutting off whatever lies beyond.
   * @param {string} path
   * @param {number} sizeBytes
   * @returns {Promise<Journal>}
   */
  static async open(path, sizeBytes) {
    const file = await open(path, sizeBytes === 0 ? 'w+' : 'r+', 0o600)
    await file.truncate(sizeBytes)
    await file.sync()
    return new Journal(file, path, sizeBytes)
  }

  get sizeBytes() {
    return this.#sizeBytes
  }

  /**
   * Appends one frame and returns once it is on disk.
   * @param {readonly JournalRecord[]} records
   * @returns {Promise<void>}
   */
  async append(records) {
    if (this.#broken) throw this.#broken
    const frame = encodeFrame(records)
    try {
      await writeFully(this.#file, frame, this.#sizeBytes)
      await this.#file.datasync()
    } catch (error) {
      await this.#undo(error)
      throw this.#broken ?? error
    }
    this.#sizeBytes += frame.length
  }

  async close() {
    await this.#file.close()
  }

  /**
   * After a failed fsync the kernel may drop dirty pages silently, so only a full disk is survivable.
   * @param {unknown} cause
   */
  async #undo(cause) {
    try {
      await this.#file.truncate(this.#sizeBytes)
      await this.#file.sync()
      if (systemCode(cause) !== 'EIO') return
    } catch {
      // Falls through: what the file holds is unknown.
    }
    this.#broken = new StoreFailure(
      `The index journal ${this.#path} cannot be written; restart the store.`,
      cause,
    )
  }
}

/**
 * Writes all of `bytes`; a short write, as on a disk that fills up, goes on until it fails.
 * @param {import('node:fs/promises').FileHandle} file
 * @param {Uint8Array} bytes
 * @param {number} position
 * @returns {Promise<void>}
 */
export async function writeFully(file, bytes, position) {
  let written = 0
  while (written < bytes.length) {
    const result = await file.write(bytes, written, bytes.length - written, position + written)
    written += result.bytesWritten
  }
}

/** @param {Buffer} frame */
function frameCrc(frame) {
  return crc32(frame.subarray(HEADER_BYTES), crc32(frame.subarray(4, 8)))
}

/** @param {Buffer} bytes @returns {Buffer | null} the frame at the front, when whole and sound */
function wholeFrame(bytes) {
  if (bytes.length < HEADER_BYTES || isBroken(bytes)) return null
  const length = HEADER_BYTES + bytes.readUInt32LE(4)
  if (bytes.length < length) return null
  return bytes.subarray(0, length)
}

/** Whether the front can never become a frame, however many bytes follow. @param {Buffer} bytes */
function isBroken(bytes) {
  if (bytes.length < HEADER_BYTES) return false
  if (!bytes.subarray(0, 4).equals(MAGIC)) return true
  const payloadBytes = bytes.readUInt32LE(4)
  if (payloadBytes > MAX_PAYLOAD_BYTES) return true
  const length = HEADER_BYTES + payloadBytes
  return bytes.length >= length && frameCrc(bytes.subarray(0, length)) !== bytes.readUInt32LE(8)
}

/** @param {Buffer} bytes */
function missingBytes(bytes) {
  return bytes.length < HEADER_BYTES ? 0 : HEADER_BYTES + bytes.readUInt32LE(4) - bytes.length
}

/** @param {Buffer} frame @returns {JournalRecord[]} */
function decodePayload(frame) {
  return JSON.parse(frame.toString('utf8', HEADER_BYTES))
}

/**
 * The next frame is written only after the last one's fsync, so behind a torn one there is nothing whole.
 * @param {import('node:fs/promises').FileHandle} file
 * @param {string} path
 * @param {number} goodBytes
 * @param {number} totalBytes
 */
async function refuseDamage(file, path, goodBytes, totalBytes) {
  const tail = Buffer.alloc(Math.min(totalBytes - goodBytes, MAX_PAYLOAD_BYTES))
  await file.read(tail, 0, tail.length, goodBytes)
  for (let at = tail.indexOf(MAGIC, 1); at > 0; at = tail.indexOf(MAGIC, at + 1)) {
    if (wholeFrame(tail.subarray(at)))
      throw new StoreFailure(
        `The index journal ${path} is damaged at byte ${goodBytes}; restore the folder from a backup.`,
      )
  }
}
