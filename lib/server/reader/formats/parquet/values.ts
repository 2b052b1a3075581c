import 'server-only'
import { DeltaDecoder } from './delta'
import { HybridDecoder } from './hybrid'
import { Malformed, NotRead } from './malformed'
import type { Physical, SchemaNode } from './schema'

/** A value as it is stored, before its meaning. */
export type Raw = boolean | number | bigint | Buffer

/** The values of one page, one after another. */
export interface ValueSource {
  next(): Raw
}

/** Bytes of a value, where all have as many. */
export const WIDTHS: Partial<Record<Physical, number>> = {
  int32: 4,
  int64: 8,
  int96: 12,
  float: 4,
  double: 8,
}

/** Opens the values of a data page by the number of their encoding; those of a dictionary are opened by who holds it. */
export function openValues(bytes: Buffer, encoding: number, leaf: SchemaNode): ValueSource {
  const { physical } = leaf
  switch (encoding) {
    case 0:
      return plainValues(bytes, leaf)
    case 3:
      if (physical === 'boolean') return runBooleans(bytes)
      break
    case 5:
      if (physical === 'int32' || physical === 'int64') return deltaNumbers(bytes, physical)
      break
    case 6:
      if (physical === 'bytes') return deltaLengths(bytes)
      break
    case 7:
      if (physical === 'bytes' || physical === 'fixed') return deltaBytes(bytes)
      break
    case 9:
      return splitStreams(bytes, leaf)
    default:
      throw new NotRead(
        `The values of the column ${leaf.name} are written in the way ${encoding}, which is not known`,
      )
  }
  throw new Malformed(`Values of the column ${leaf.name} cannot be written in the way ${encoding}`)
}

/** Gives the values of a column that stand one after another as they are, in the encoding PLAIN. */
export function plainValues(bytes: Buffer, { physical, fixedLength }: SchemaNode): ValueSource {
  let at = 0
  const take = (length: number): number => {
    if (length > bytes.length - at) throw new Malformed('Values end too early')
    at += length
    return at - length
  }
  switch (physical) {
    case 'boolean': {
      let bit = 0
      return {
        next: () => {
          const byte = bytes[bit >> 3]
          if (byte === undefined) throw new Malformed('Values end too early')
          return ((byte >> (bit++ & 7)) & 1) === 1
        },
      }
    }
    case 'int32':
      return { next: () => bytes.readInt32LE(take(4)) }
    case 'int64':
      return { next: () => bytes.readBigInt64LE(take(8)) }
    case 'float':
      return { next: () => bytes.readFloatLE(take(4)) }
    case 'double':
      return { next: () => bytes.readDoubleLE(take(8)) }
    case 'bytes':
      return {
        next: () => {
          const length = bytes.readUInt32LE(take(4))
          const start = take(length)
          return bytes.subarray(start, start + length)
        },
      }
    default: {
      const length = physical === 'int96' ? 12 : fixedLength
      return {
        next: () => {
          const start = take(length)
          return bytes.subarray(start, start + length)
        },
      }
    }
  }
}

/** Booleans in runs, behind the length of all of them. */
function runBooleans(bytes: Buffer): ValueSource {
  const length = bytes.readUInt32LE(0)
  if (length > bytes.length - 4) throw new Malformed('Values end too early')
  const decoder = new HybridDecoder(bytes.subarray(4, 4 + length), 1)
  return { next: () => decoder.next() === 1 }
}

function deltaNumbers(bytes: Buffer, physical: 'int32' | 'int64'): ValueSource {
  const decoder = new DeltaDecoder(bytes)
  if (physical === 'int64') return { next: () => decoder.next() }
  return { next: () => Number(BigInt.asIntN(32, decoder.next())) }
}

/** All lengths, then all bytes. */
function deltaLengths(bytes: Buffer, offset = 0): ValueSource {
  let at = new DeltaDecoder(bytes, offset).end()
  const lengths = new DeltaDecoder(bytes, offset)
  return {
    next: () => {
      const length = Number(lengths.next())
      if (length < 0 || length > bytes.length - at) throw new Malformed('Values end too early')
      at += length
      return bytes.subarray(at - length, at)
    },
  }
}

/** How much each value shares with the one before it, then what follows in each. */
function deltaBytes(bytes: Buffer): ValueSource {
  const prefixes = new DeltaDecoder(bytes)
  const suffixes = deltaLengths(bytes, new DeltaDecoder(bytes).end())
  let before: Buffer = Buffer.alloc(0)
  return {
    next: () => {
      const shared = Number(prefixes.next())
      if (shared < 0 || shared > before.length) throw new Malformed('A value shares more than there is')
      const suffix = suffixes.next() as Buffer
      before = shared === 0 ? suffix : Buffer.concat([before.subarray(0, shared), suffix])
      return before
    },
  }
}

/** The first bytes of all values, then the second ones, and so on. */
function splitStreams(bytes: Buffer, leaf: SchemaNode): ValueSource {
  const { physical, fixedLength } = leaf
  const width = physical === 'fixed' ? fixedLength : physical === undefined ? undefined : WIDTHS[physical]
  if (width === undefined || physical === 'int96')
    throw new Malformed(`Values of ${leaf.name} cannot be split`)
  const count = Math.floor(bytes.length / width)
  let at = 0
  return {
    next: () => {
      if (at >= count) throw new Malformed('Values end too early')
      const value = Buffer.allocUnsafe(width)
      for (let place = 0; place < width; place++) value[place] = bytes[place * count + at] ?? 0
      at++
      return plainValues(value, leaf).next()
    },
  }
}
