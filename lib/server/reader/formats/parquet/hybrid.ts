import 'server-only'
import { readBits, VarintReader } from './bits'
import { Malformed } from './malformed'

/** Decodes runs of equal and of bit-packed numbers one by one, so that a claimed length costs nothing. */
export class HybridDecoder {
  private readonly reader: VarintReader
  private left = 0
  private value = 0
  /** Where the next packed number stands, in bits; -1 inside of a run of equal ones. */
  private bit = -1

  constructor(
    bytes: Buffer,
    private readonly width: number,
  ) {
    if (width > 32) throw new Malformed(`Numbers are said to be ${width} bits wide`)
    this.reader = new VarintReader(bytes, 0)
  }

  next(): number {
    if (this.width === 0) return 0
    if (this.left === 0) this.begin()
    this.left--
    if (this.bit < 0) return this.value
    const value = readBits(this.reader.bytes, this.bit, this.width)
    this.bit += this.width
    return value
  }

  private begin(): void {
    const { reader, width } = this
    while (this.left === 0) {
      if (this.bit >= 0) reader.offset = Math.ceil(this.bit / 8)
      const head = reader.varint()
      this.left = head % 2 === 1 ? ((head - 1) / 2) * 8 : head / 2
      if (head % 2 === 1) {
        this.bit = reader.offset * 8
        continue
      }
      this.bit = -1
      this.value = 0
      for (let at = 0; at < Math.ceil(width / 8); at++) this.value += reader.byte() * 2 ** (8 * at)
    }
  }
}

/** How many bits numbers up to a highest one need. */
export const bitWidth = (highest: number): number => 32 - Math.clz32(highest)
