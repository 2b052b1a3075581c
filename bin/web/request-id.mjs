import { randomBytes } from 'node:crypto'

/**
 * A UUIDv7: sorts by the time it was made.
 * @param {number} nowMs
 * @param {Uint8Array} [random] 10 bytes
 * @returns {string} `"019aab12-3456-7abc-8def-0123456789ab"`
 */
export function makeRequestId(nowMs, random = randomBytes(10)) {
  const bytes = Buffer.alloc(16)
  bytes.writeUIntBE(nowMs, 0, 6)
  bytes.set(random, 6)
  bytes[6] = 0x70 | (bytes[6] & 0x0f)
  bytes[8] = 0x80 | (bytes[8] & 0x3f)
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
