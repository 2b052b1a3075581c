import 'server-only'
import { Malformed } from './malformed'

/** Types of Thrift's compact protocol. */
const TRUE = 1
const FALSE = 2
const BYTE = 3
const I16 = 4
const I32 = 5
const I64 = 6
const DOUBLE = 7
const BINARY = 8
const LIST = 9
const SET = 10
const STRUCT = 12

/** Parquet nests five deep; more is an attack on the stack. */
const MAX_DEPTH = 24

/** What is done with a field of a struct, by its number; fields without an entry are skipped. */
export type Fields = Record<number, (reader: ThriftReader, type: number) => void>

/**
 * Reads Thrift's compact protocol field by field, so that nothing is made of what nobody asks for, and no claimed length
 * allocates anything. Throws `Malformed`, or `RangeError` behind the last byte.
 */
export class ThriftReader {
  private depth = 0

  constructor(
    private readonly bytes: Buffer,
    public offset = 0,
  ) {}

  struct(fields: Fields): void {
    if (++this.depth > MAX_DEPTH) throw new Malformed('The metadata nests too deep')
    for (let id = 0; ; ) {
      const head = this.byte()
      const type = head & 0x0f
      if (type === 0) break
      id = head >> 4 === 0 ? this.integer() : id + (head >> 4)
      const read = fields[id]
      if (read === undefined) this.skip(type)
      else read(this, type)
    }
    this.depth--
  }

  /** A struct of which only the presence matters. */
  present(type: number): true {
    this.skip(type)
    return true
  }

  boolean(type: number): boolean {
    if (type !== TRUE && type !== FALSE) throw unexpected('a boolean', type)
    return type === TRUE
  }

  /** An integer of any width; those of Parquet's sizes and offsets are safe ones. */
  number(type: number): number {
    if (type === BYTE) return (this.byte() << 24) >> 24
    if (type !== I16 && type !== I32 && type !== I64) throw unexpected('a number', type)
    return this.integer()
  }

  binary(type: number): Buffer {
    if (type !== BINARY) throw unexpected('a text', type)
    const length = this.varint()
    if (length > this.bytes.length - this.offset) throw new Malformed('A text in the metadata is cut short')
    this.offset += length
    return this.bytes.subarray(this.offset - length, this.offset)
  }

  text(type: number): string {
    return this.binary(type).toString('utf8')
  }

  /** Calls for each element, with its type, and gives their number. */
  list(type: number, each: (type: number, index: number) => void): number {
    if (type !== LIST && type !== SET) throw unexpected('a list', type)
    const head = this.byte()
    const count = head >> 4 === 15 ? this.varint() : head >> 4
    // Each element takes a byte at least.
    if (count > this.bytes.length - this.offset) throw new Malformed('A list in the metadata is cut short')
    for (let index = 0; index < count; index++) each(head & 0x0f, index)
    return count
  }

  structs(type: number, fields: (index: number) => Fields): number {
    return this.list(type, (element, index) => {
      if (element !== STRUCT) throw unexpected('a struct', element)
      this.struct(fields(index))
    })
  }

  nested(type: number, fields: Fields): void {
    if (type !== STRUCT) throw unexpected('a struct', type)
    this.struct(fields)
  }

  skip(type: number): void {
    switch (type) {
      case TRUE:
      case FALSE:
        return
      case BYTE:
        this.byte()
        return
      case I16:
      case I32:
      case I64:
        this.skipVarint()
        return
      case DOUBLE:
        if (this.bytes.length - this.offset < 8) throw new Malformed('A number in the metadata is cut short')
        this.offset += 8
        return
      case BINARY:
        this.binary(type)
        return
      case LIST:
      case SET:
        // A boolean in a list is a byte of its own.
        this.list(type, (element) =>
          element === TRUE || element === FALSE ? this.skip(BYTE) : this.skip(element),
        )
        return
      case STRUCT:
        this.struct({})
        return
      default:
        throw new Malformed(`The metadata has a value of the unknown kind ${type}`)
    }
  }

  private byte(): number {
    const byte = this.bytes[this.offset++]
    if (byte === undefined) throw new RangeError('The metadata is cut short')
    return byte
  }

  private skipVarint(): void {
    for (let length = 0; length < 10; length++) if (this.byte() < 0x80) return
    throw new Malformed('A number in the metadata is too long')
  }

  private varint(): number {
    let value = 0
    for (let factor = 1; factor <= 2 ** 63; factor *= 128) {
      const byte = this.byte()
      value += (byte & 0x7f) * factor
      if (byte < 0x80) {
        if (!Number.isSafeInteger(value)) throw new Malformed('A number in the metadata is too large')
        return value
      }
    }
    throw new Malformed('A number in the metadata is too long')
  }

  /** Zigzag: 0, -1, 1, -2, … */
  private integer(): number {
    const value = this.varint()
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2
  }
}

/** A field that is a number. */
export function numberField(set: (value: number) => void): Fields[number] {
  return (reader, type) => set(reader.number(type))
}

function unexpected(wanted: string, type: number): Malformed {
  return new Malformed(`The metadata has a value of kind ${type} where ${wanted} should be`)
}
