import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'

const MASK_32 = 0xffffffffn
const CRC32C_POLYNOMIAL = 0x82f63b78
const CRC64NVME_POLYNOMIAL = 0x9a6c9329ac4bc9b5n

/** The checksum algorithms of S3, each with its length; those with a polynomial can be combined over parts. */
export const CHECKSUM_ALGORITHMS = /** @type {const} */ ({
  crc32: { bytes: 4, polynomial: 0xedb88320n },
  crc32c: { bytes: 4, polynomial: BigInt(CRC32C_POLYNOMIAL) },
  crc64nvme: { bytes: 8, polynomial: CRC64NVME_POLYNOMIAL },
  sha1: { bytes: 20, polynomial: null },
  sha256: { bytes: 32, polynomial: null },
})

/** @typedef {keyof typeof CHECKSUM_ALGORITHMS} ChecksumAlgorithm */
/** @typedef {{ update(bytes: Uint8Array): unknown, digest(): Buffer }} Hasher */

/** @param {string} name @returns {name is ChecksumAlgorithm} */
export function isChecksumAlgorithm(name) {
  return Object.hasOwn(CHECKSUM_ALGORITHMS, name)
}

/** @param {ChecksumAlgorithm} algorithm @returns {Hasher} */
export function createChecksum(algorithm) {
  if (algorithm === 'crc32') return new Crc32()
  if (algorithm === 'crc32c') return new Crc32c()
  if (algorithm === 'crc64nvme') return new Crc64Nvme()
  return createHash(algorithm)
}

/**
 * The CRC of two byte runs joined, from the CRC of each and the second's length, without reading them again.
 * @param {ChecksumAlgorithm} algorithm one with a polynomial
 * @param {Uint8Array} first
 * @param {Uint8Array} second
 * @param {number} secondBytes
 * @returns {Buffer}
 */
export function combineCrc(algorithm, first, second, secondBytes) {
  const { bytes, polynomial } = CHECKSUM_ALGORITHMS[algorithm]
  if (polynomial === null) throw new TypeError(`${algorithm} cannot be combined`)
  const width = bytes * 8
  const shift = powerOfX(BigInt(secondBytes) * 8n, polynomial, width)
  const combined = multiply(shift, toBigInt(first), polynomial, width) ^ toBigInt(second)
  return Buffer.from(combined.toString(16).padStart(bytes * 2, '0'), 'hex')
}

/** x^exponent modulo the polynomial, bits reflected. @param {bigint} exponent @param {bigint} polynomial @param {number} width */
function powerOfX(exponent, polynomial, width) {
  let result = 1n << BigInt(width - 1)
  let square = 1n << BigInt(width - 2)
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = multiply(square, result, polynomial, width)
    square = multiply(square, square, polynomial, width)
  }
  return result
}

/** Product of two reflected polynomials modulo a third. @param {bigint} a @param {bigint} b @param {bigint} polynomial @param {number} width */
function multiply(a, b, polynomial, width) {
  let product = 0n
  let shifted = b
  for (let bit = 1n << BigInt(width - 1); bit > 0n; bit >>= 1n) {
    if (a & bit) product ^= shifted
    shifted = shifted & 1n ? (shifted >> 1n) ^ polynomial : shifted >> 1n
  }
  return product
}

/** @param {Uint8Array} bytes */
function toBigInt(bytes) {
  return BigInt(`0x${Buffer.from(bytes).toString('hex')}`)
}

class Crc32 {
  #value = 0

  /** @param {Uint8Array} bytes */
  update(bytes) {
    this.#value = crc32(bytes, this.#value)
  }

  digest() {
    return bigEndian(this.#value)
  }
}

const CRC32C_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ CRC32C_POLYNOMIAL : value >>> 1
  return value
})

class Crc32c {
  #value = 0xffffffff

  /** @param {Uint8Array} bytes */
  update(bytes) {
    let value = this.#value
    for (let i = 0; i < bytes.length; i++)
      value = (CRC32C_TABLE[(value ^ (bytes[i] ?? 0)) & 0xff] ?? 0) ^ (value >>> 8)
    this.#value = value
  }

  digest() {
    return bigEndian(~this.#value >>> 0)
  }
}

const CRC64_TABLE = Array.from({ length: 256 }, (_, byte) => {
  let value = BigInt(byte)
  for (let bit = 0; bit < 8; bit++) value = value & 1n ? (value >> 1n) ^ CRC64NVME_POLYNOMIAL : value >> 1n
  return value
})
const CRC64_HIGH = Uint32Array.from(CRC64_TABLE, (value) => Number(value >> 32n))
const CRC64_LOW = Uint32Array.from(CRC64_TABLE, (value) => Number(value & MASK_32))

/** Two 32-bit halves, because BigInt per byte would be a hundred times slower. */
class Crc64Nvme {
  #high = 0xffffffff
  #low = 0xffffffff

  /** @param {Uint8Array} bytes */
  update(bytes) {
    let high = this.#high
    let low = this.#low
    for (let i = 0; i < bytes.length; i++) {
      const at = (low ^ (bytes[i] ?? 0)) & 0xff
      low = ((low >>> 8) | (high << 24)) ^ (CRC64_LOW[at] ?? 0)
      high = (high >>> 8) ^ (CRC64_HIGH[at] ?? 0)
    }
    this.#high = high
    this.#low = low
  }

  digest() {
    return Buffer.concat([bigEndian(~this.#high >>> 0), bigEndian(~this.#low >>> 0)])
  }
}

/** @param {number} value */
function bigEndian(value) {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value >>> 0)
  return bytes
}
