import 'server-only'
import type { BitReader } from './bit-reader'
import type { BlockHead } from './block-head'
import { FAST_BITS, type HuffmanTable, MAX_CODE_BITS } from './huffman-table'

const GROUP_SYMBOLS = 50
const GROUP_BYTES = (GROUP_SYMBOLS * MAX_CODE_BITS) / 8 + 4
/** A run this long does not fit into any block. */
const MAX_RUN_WEIGHT = 1 << 21

/**
 * Reads the symbols of a block into `rotations`, a byte in the lowest bits of each, and gives their number. The Huffman
 * codes stand for places in a list of recent bytes, and for digits of how often the most recent one is repeated.
 */
export async function readSymbols(
  bits: BitReader,
  head: BlockHead,
  rotations: Uint32Array<ArrayBuffer>,
): Promise<number> {
  const symbols = new SymbolReader(bits, head, rotations)
  for (const selector of head.selectors) {
    if (bits.bytes.length - bits.at < GROUP_BYTES) await bits.need(GROUP_BYTES)
    const table = head.tables[selector]
    const hasEnded = table !== undefined && symbols.readGroup(table)
    bits.check()
    if (hasEnded) return symbols.count
  }
  throw bits.damage()
}

class SymbolReader {
  /** Bytes so far. */
  count = 0
  private readonly recent = new Uint8Array(256)
  private readonly endSymbol: number
  private runLength = 0
  private runWeight = 1

  constructor(
    private readonly bits: BitReader,
    { values }: BlockHead,
    private readonly rotations: Uint32Array<ArrayBuffer>,
  ) {
    this.recent.set(values)
    this.endSymbol = values.length + 1
  }

  /** Reads up to 50 symbols; tells whether the block ended. */
  readGroup(table: HuffmanTable): boolean {
    const { bits, endSymbol, recent, rotations } = this
    const { bytes } = bits
    const { fast } = table
    let { at, pool, poolBits } = bits
    let { count } = this
    for (let left = GROUP_SYMBOLS; left > 0; left--) {
      while (poolBits <= 24) {
        pool = (pool << 8) | (bytes[at] as number)
        at++
        poolBits += 8
      }
      let found = fast[(pool >>> (poolBits - FAST_BITS)) & ((1 << FAST_BITS) - 1)] as number
      if (found === 0) found = table.slow((pool >>> (poolBits - MAX_CODE_BITS)) & ((1 << MAX_CODE_BITS) - 1))
      poolBits -= found & 31
      const symbol = found >>> 5
      if (symbol < 2 && found !== 0) {
        this.runLength += this.runWeight << symbol
        this.runWeight <<= 1
        if (this.runWeight > MAX_RUN_WEIGHT) throw this.damageAt(at, pool, poolBits)
        continue
      }
      if (this.runLength > 0) {
        const end = count + this.runLength
        if (end > rotations.length) throw this.damageAt(at, pool, poolBits)
        rotations.fill(recent[0] as number, count, end)
        count = end
        this.runLength = 0
        this.runWeight = 1
      }
      if (symbol === endSymbol) {
        this.keep(at, pool, poolBits, count)
        return true
      }
      if (found === 0 || count === rotations.length) throw this.damageAt(at, pool, poolBits)
      rotations[count++] = moveToFront(recent, symbol - 1)
    }
    this.keep(at, pool, poolBits, count)
    return false
  }

  private keep(at: number, pool: number, poolBits: number, count: number): void {
    this.bits.at = at
    this.bits.pool = pool
    this.bits.poolBits = poolBits
    this.count = count
  }

  private damageAt(at: number, pool: number, poolBits: number): Error {
    this.keep(at, pool, poolBits, this.count)
    return this.bits.damage()
  }
}

function moveToFront(recent: Uint8Array, place: number): number {
  const value = recent[place] as number
  if (place < 16) for (let index = place; index > 0; index--) recent[index] = recent[index - 1] as number
  else recent.copyWithin(1, 0, place)
  recent[0] = value
  return value
}
