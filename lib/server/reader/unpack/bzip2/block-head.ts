import 'server-only'
import type { BitReader } from './bit-reader'
import { HuffmanTable, MAX_CODE_BITS } from './huffman-table'

/** What stands before the symbols of a block. */
export interface BlockHead {
  crc: number
  /** Place of the first byte in the sorted rotations. */
  origin: number
  /** The byte values that occur, ascending. */
  values: Uint8Array
  tables: HuffmanTable[]
  /** Which table each group of 50 symbols uses. */
  selectors: Uint8Array
}

const MOST_SELECTORS = 18_002
/** Writers change a length by a few steps at once; more would be a way to write nothing for long. */
const MOST_STEPS = 64

/** Reads the head of a block, from its checksum on. */
export async function readBlockHead(bits: BitReader): Promise<BlockHead> {
  await bits.need(64)
  const crc = bits.int32()
  if (bits.bits(1) === 1) throw bits.damage('The data was written by bzip2 before 0.9.5, which is not read')
  const origin = bits.bits(24)
  const values = readValues(bits)
  const tableCount = bits.bits(3)
  const selectorCount = bits.bits(15)
  if (values.length === 0 || tableCount < 2 || tableCount > 6 || selectorCount === 0) throw bits.damage()
  const selectors = await readSelectors(bits, selectorCount, tableCount)
  const tables: HuffmanTable[] = []
  for (let index = 0; index < tableCount; index++) tables.push(await readTable(bits, values.length + 2))
  bits.check()
  return { crc, origin, values, tables, selectors }
}

function readValues(bits: BitReader): Uint8Array {
  const rows = bits.bits(16)
  const values: number[] = []
  for (let row = 0; row < 16; row++) {
    if ((rows & (0x8000 >> row)) === 0) continue
    const columns = bits.bits(16)
    for (let column = 0; column < 16; column++) {
      if ((columns & (0x8000 >> column)) !== 0) values.push(row * 16 + column)
    }
  }
  return Uint8Array.from(values)
}

async function readSelectors(bits: BitReader, count: number, tableCount: number): Promise<Uint8Array> {
  const selectors = new Uint8Array(Math.min(count, MOST_SELECTORS))
  const recent = [0, 1, 2, 3, 4, 5]
  for (let index = 0; index < count; index++) {
    await bits.need(8)
    let place = 0
    while (bits.bits(1) === 1) {
      if (++place >= tableCount) throw bits.damage()
    }
    const [selector = 0] = recent.splice(place, 1)
    recent.unshift(selector)
    // Some writers fill the list up: what is over is never used.
    if (index < MOST_SELECTORS) selectors[index] = selector
  }
  return selectors
}

async function readTable(bits: BitReader, symbolCount: number): Promise<HuffmanTable> {
  await bits.need(8)
  const lengths = new Uint8Array(symbolCount)
  let length = bits.bits(5)
  for (let symbol = 0; symbol < symbolCount; symbol++) {
    await bits.need(MOST_STEPS)
    for (let steps = 0; ; steps++) {
      if (length < 1 || length > MAX_CODE_BITS || steps > MOST_STEPS) throw bits.damage()
      if (bits.bits(1) === 0) break
      length += bits.bits(1) === 0 ? 1 : -1
    }
    lengths[symbol] = length
  }
  const table = new HuffmanTable()
  if (!table.build(lengths)) throw bits.damage()
  return table
}
