import 'server-only'
import { readBits, VarintReader } from './bits'
import { Malformed } from './malformed'

const MAX_BLOCK_VALUES = 1024 * 1024

/** Decodes numbers that are written as differences, one by one. */
export class DeltaDecoder {
  readonly count: number
  private readonly reader: VarintReader
  private readonly perMiniblock: number
  private readonly miniblocks: number
  private value: bigint
  private taken = 0
  private minDelta = 0n
  private widths: number[] = []
  /** The miniblock that is read, and the values left in it. */
  private miniblock = 0
  private left = 0
  private width = 0
  private bit = 0

  constructor(bytes: Buffer, offset = 0) {
    this.reader = new VarintReader(bytes, offset)
    const blockValues = this.reader.varint()
    this.miniblocks = this.reader.varint()
    this.count = this.reader.varint()
    this.value = this.reader.zigzag()
    this.perMiniblock = blockValues / this.miniblocks
    const fits = this.miniblocks > 0 && this.perMiniblock % 8 === 0 && this.perMiniblock > 0
    if (!fits || blockValues > MAX_BLOCK_VALUES) {
      throw new Malformed(`Differences stand in blocks of ${blockValues} in ${this.miniblocks} parts`)
    }
    this.miniblock = this.miniblocks
  }

  next(): bigint {
    if (this.taken >= this.count) throw new Malformed('There are fewer values than the page says')
    if (this.taken++ === 0) return this.value
    if (this.left === 0) this.begin()
    this.left--
    this.value = BigInt.asIntN(64, this.value + this.minDelta + this.difference())
    return this.value
  }

  /** Where the bytes behind all values begin. */
  end(): number {
    let values = Math.max(0, this.count - this.taken - (this.taken === 0 ? 1 : 0)) - this.left
    while (values > 0) {
      this.begin()
      values -= this.left
    }
    this.taken = this.count
    return this.afterMiniblock()
  }

  private difference(): bigint {
    const { width, bit } = this
    if (width === 0) return 0n
    this.bit += width
    const { bytes } = this.reader
    if (width <= 48) return BigInt(readBits(bytes, bit, width))
    return BigInt(readBits(bytes, bit, 32)) | (BigInt(readBits(bytes, bit + 32, width - 32)) << 32n)
  }

  private afterMiniblock(): number {
    return this.bit === 0 ? this.reader.offset : Math.ceil((this.bit + this.left * this.width) / 8)
  }

  private begin(): void {
    const { reader } = this
    // A miniblock is padded to its full size, whatever of it is used.
    reader.offset = this.afterMiniblock()
    if (this.miniblock === this.miniblocks) {
      this.minDelta = reader.zigzag()
      this.widths = []
      for (let at = 0; at < this.miniblocks; at++) this.widths.push(reader.byte())
      this.miniblock = 0
    }
    this.width = this.widths[this.miniblock++] ?? 0
    if (this.width > 64) throw new Malformed(`Differences are said to be ${this.width} bits wide`)
    this.left = this.perMiniblock
    this.bit = reader.offset * 8
  }
}
