import 'server-only'
import { Malformed } from './malformed'

/** Reads up to 48 bits, the lowest first; bits behind the end are zero, since some writers leave out the last padding. */
export function readBits(bytes: Buffer, bit: number, width: number): number {
  if (width > 24) return readBits(bytes, bit, 24) + readBits(bytes, bit + 24, width - 24) * 2 ** 24
  const first = Math.floor(bit / 8)
  if (first >= bytes.length) throw new Malformed('Packed values end too early')
  const low = (bytes[first] ?? 0) | ((bytes[first + 1] ?? 0) << 8)
  const word = low | ((bytes[first + 2] ?? 0) << 16) | ((bytes[first + 3] ?? 0) << 24)
  return (word >>> (bit % 8)) & ((1 << width) - 1)
}

/** Reads a number of seven bits a byte, and the place behind it. */
export class VarintReader {
  constructor(
    readonly bytes: Buffer,
    public offset: number,
  ) {}

  byte(): number {
    const byte = this.bytes[this.offset++]
    if (byte === undefined) throw new Malformed('Packed values end too early')
    return byte
  }

  varint(): number {
    let value = 0
    for (let factor = 1; factor <= 2 ** 42; factor *= 128) {
      const byte = this.byte()
      value += (byte & 0x7f) * factor
      if (byte < 0x80) return value
    }
    throw new Malformed('A packed number is too long')
  }

  zigzag(): bigint {
    let value = 0n
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.byte()
      value |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) return BigInt.asIntN(64, (value >> 1n) ^ -(value & 1n))
    }
    throw new Malformed('A packed number is too long')
  }
}
