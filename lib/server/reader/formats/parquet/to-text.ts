import 'server-only'
import { isUtf8 } from 'node:buffer'
import type { StorageType } from '#lib/domain/datasets/storage-types'
import { Malformed } from './malformed'
import type { SchemaNode, TimeUnit } from './schema'
import { dateText, daysText, durationText, timeText } from './times'
import type { Raw } from './values'

/** More than two thousand digits. */
const MAX_DECIMAL_BYTES = 1024

/** What a reader of values has to tell about those that are no text. */
export interface BinaryNotes {
  /** Bytes without a meaning, given as base64. */
  binary(leaf: SchemaNode): void
  /** Bytes that should be UTF-8 and are not, given as base64. */
  brokenText(leaf: SchemaNode): void
}

/** How a leaf's values become text, and whether that text stands in JSON as it is. */
export interface LeafText {
  toText(raw: Raw): string
  isLiteral: boolean
}

/** Gives what a leaf's values read as: exact, in the form that its storage type has. */
export function textOf(leaf: SchemaNode, notes: BinaryNotes): LeafText {
  const { meaning, physical } = leaf
  switch (meaning.kind) {
    case 'decimal':
      return { toText: (raw) => decimalText(toUnscaled(raw), meaning.scale), isLiteral: true }
    case 'date':
      return quoted((raw) => daysText(toNumber(raw)))
    case 'time':
      return quoted((raw) => timeText(toBigInt(raw), meaning.unit))
    case 'timestamp':
      return quoted((raw) => dateText(toBigInt(raw), meaning.unit, meaning.isUtc))
    case 'uuid':
      return quoted((raw) => uuidText(toBytes(raw, 16)))
    case 'interval':
      return quoted((raw) => durationText(toBytes(raw, 12)))
    case 'float16':
      return { toText: (raw) => numberText(halfFloat(toBytes(raw, 2).readUInt16LE())), isLiteral: true }
    case 'integer':
      if (!meaning.isSigned && (physical === 'int32' || physical === 'int64')) {
        const bits = physical === 'int32' ? 32 : 64
        return { toText: (raw) => String(BigInt.asUintN(bits, toBigInt(raw))), isLiteral: true }
      }
  }
  return byPhysical(leaf, notes)
}

function byPhysical(leaf: SchemaNode, notes: BinaryNotes): LeafText {
  switch (leaf.physical) {
    case 'boolean':
    case 'int32':
    case 'int64':
      return { toText: String, isLiteral: true }
    case 'float':
      return { toText: (raw) => shortFloatText(toNumber(raw)), isLiteral: true }
    case 'double':
      return { toText: (raw) => numberText(toNumber(raw)), isLiteral: true }
    case 'int96':
      return quoted((raw) => int96Text(toBytes(raw, 12)))
    default:
      return quoted((raw) => bytesText(toBytes(raw), leaf, notes))
  }
}

const quoted = (toText: (raw: Raw) => string): LeafText => ({ toText, isLiteral: false })

/** The storage type of a column. */
export function storageTypeOf(node: SchemaNode): StorageType {
  const { meaning, physical } = node
  if (node.repetition === 'repeated') return 'array'
  if (node.children.length > 0) {
    return meaning.kind === 'list' ? 'array' : meaning.kind === 'map' ? 'map' : 'object'
  }
  switch (meaning.kind) {
    case 'integer':
      return integerType(meaning.bits, meaning.isSigned)
    case 'decimal':
    case 'float16':
      return 'double'
    case 'date':
      return 'dateonly'
    case 'timestamp':
      return meaning.isUtc ? 'date' : 'datetimenotz'
    case 'time':
    case 'uuid':
    case 'interval':
      return 'string'
  }
  const types = {
    boolean: 'boolean',
    int32: 'int',
    int64: 'bigint',
    int96: 'date',
    float: 'float',
    double: 'double',
  } as const
  return physical === undefined || physical === 'bytes' || physical === 'fixed' ? 'string' : types[physical]
}

/** Numbers without a sign need the next wider type; those of 64 bits fit none. */
function integerType(bits: number, isSigned: boolean): StorageType {
  const width = isSigned ? bits : bits * 2
  if (width <= 8) return 'tinyint'
  if (width <= 16) return 'smallint'
  if (width <= 32) return 'int'
  return width <= 64 ? 'bigint' : 'string'
}

function bytesText(bytes: Buffer, leaf: SchemaNode, notes: BinaryNotes): string {
  const isText = leaf.meaning.kind === 'string'
  if (isText || (leaf.meaning.kind === 'none' && leaf.physical === 'bytes')) {
    // Many writers say nothing about texts; what has control characters is none.
    if (
      isUtf8(bytes) &&
      (isText || !bytes.some((byte) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 13))
    )
      return bytes.toString('utf8')
  }
  if (isText) notes.brokenText(leaf)
  else notes.binary(leaf)
  return bytes.toString('base64')
}

function toBytes(raw: Raw, length?: number): Buffer {
  if (!Buffer.isBuffer(raw)) throw new Malformed('A number stands where bytes should')
  if (length !== undefined && raw.length !== length)
    throw new Malformed(`A value has ${raw.length} bytes and not ${length}`)
  return raw
}

function toNumber(raw: Raw): number {
  if (typeof raw !== 'number') throw new Malformed('A value is not of the type that its column names')
  return raw
}

function toBigInt(raw: Raw): bigint {
  if (typeof raw === 'bigint') return raw
  return BigInt(toNumber(raw))
}

function toUnscaled(raw: Raw): bigint {
  if (!Buffer.isBuffer(raw)) return toBigInt(raw)
  if (raw.length === 0) return 0n
  if (raw.length > MAX_DECIMAL_BYTES) throw new Malformed(`A decimal has ${raw.length} bytes`)
  return BigInt.asIntN(raw.length * 8, BigInt(`0x${raw.toString('hex')}`))
}

/** @example decimalText(-1234n, 3) // "-1.234" */
function decimalText(unscaled: bigint, scale: number): string {
  if (scale === 0) return String(unscaled)
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0')
  return `${unscaled < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}

/** The shortest digits that read back as the same number of 64 bits. */
export function numberText(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value)
}

/** The shortest digits that read back as the same number of 32 bits: 0.1, not 0.10000000149011612. */
export function shortFloatText(value: number): string {
  if (!Number.isFinite(value) || Object.is(value, -0)) return numberText(value)
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits))
    if (Math.fround(short) === value) return String(short)
  }
  return String(Number(value.toPrecision(9)))
}

function halfFloat(bits: number): number {
  const sign = bits >> 15 === 1 ? -1 : 1
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}

function uuidText(bytes: Buffer): string {
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** Nanoseconds of a day, and the Julian day. */
function int96Text(bytes: Buffer): string {
  const days = BigInt(bytes.readUInt32LE(8)) - 2_440_588n
  return dateText(days * 86_400_000_000_000n + bytes.readBigUInt64LE(), 'nanos' satisfies TimeUnit, true)
}
