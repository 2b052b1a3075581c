import 'server-only'

export const MAX_CODE_BITS = 20
/** Codes up to this length are found by one look. */
export const FAST_BITS = 10
const MOST_SYMBOLS = 258

/** Codes of the symbols of a block, given by their lengths alone. */
export class HuffmanTable {
  /** By the next 10 bits: symbol × 32 + length of its code; 0 = the code is longer, or there is none. */
  readonly fast = new Uint16Array(1 << FAST_BITS)
  private readonly sorted = new Uint16Array(MOST_SYMBOLS)
  private readonly counts = new Uint16Array(MAX_CODE_BITS + 1)
  private readonly firstCode = new Int32Array(MAX_CODE_BITS + 1)
  private readonly firstPlace = new Uint16Array(MAX_CODE_BITS + 1)

  /** Takes the code lengths of all symbols, 1 to 20; tells whether such codes can exist. */
  build(lengths: Uint8Array): boolean {
    this.counts.fill(0)
    for (const length of lengths) this.counts[length] = (this.counts[length] ?? 0) + 1
    let code = 0
    let place = 0
    for (let length = 1; length <= MAX_CODE_BITS; length++) {
      code <<= 1
      this.firstCode[length] = code
      this.firstPlace[length] = place
      const count = this.counts[length] ?? 0
      code += count
      place += count
      if (code > 1 << length) return false
    }
    this.place(lengths)
    return true
  }

  /** The symbol, as in `fast`, that the next 20 bits begin with by a code of more than 10; 0 = none. */
  slow(next20Bits: number): number {
    for (let length = FAST_BITS + 1; length <= MAX_CODE_BITS; length++) {
      const index = (next20Bits >>> (MAX_CODE_BITS - length)) - (this.firstCode[length] ?? 0)
      if (index >= 0 && index < (this.counts[length] ?? 0)) {
        return ((this.sorted[(this.firstPlace[length] ?? 0) + index] ?? 0) << 5) | length
      }
    }
    return 0
  }

  private place(lengths: Uint8Array): void {
    this.fast.fill(0)
    const next = Uint16Array.from(this.firstPlace)
    for (let symbol = 0; symbol < lengths.length; symbol++) {
      const length = lengths[symbol] ?? 0
      const place = next[length] ?? 0
      next[length] = place + 1
      this.sorted[place] = symbol
      if (length > FAST_BITS) continue
      const code = (this.firstCode[length] ?? 0) + place - (this.firstPlace[length] ?? 0)
      const free = FAST_BITS - length
      this.fast.fill((symbol << 5) | length, code << free, (code + 1) << free)
    }
  }
}
