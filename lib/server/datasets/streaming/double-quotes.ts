import 'server-only'

/** Bytes that are read or written four at a time as well. */
export interface Viewed {
  readonly bytes: Buffer
  readonly view: DataView
}

export const viewOf = (bytes: Buffer): Viewed => ({
  bytes,
  view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length),
})

const QUOTE = 34

/**
 * Writes the bytes between `start` and `end` to `at`, each quote twice, and gives the end of them there. Up to one byte behind
 * that is overwritten. Four without a quote go at once, others without a branch: that takes half the time of byte by byte.
 */
export function doubleQuotes(source: Viewed, start: number, end: number, room: Viewed, at: number): number {
  const { view } = source
  let to = at
  let from = start
  for (; from + 4 <= end; from += 4) {
    const four = view.getInt32(from, true)
    if (hasQuote(four)) {
      to = put(room.view, to, four & 0xff)
      to = put(room.view, to, (four >>> 8) & 0xff)
      to = put(room.view, to, (four >>> 16) & 0xff)
      to = put(room.view, to, four >>> 24)
    } else {
      room.view.setInt32(to, four, true)
      to += 4
    }
  }
  for (; from < end; from++) to = put(room.view, to, source.bytes[from] as number)
  return to
}

/** What stands where a quote did is zero, and only then does subtracting one from each byte set a bit that was not set. */
function hasQuote(four: number): boolean {
  const others = four ^ 0x22222222
  return ((others - 0x01010101) & ~others & 0x80808080) !== 0
}

/** Puts a byte twice, and gives the place behind both for a quote, else the one between. */
function put(view: DataView, to: number, byte: number): number {
  view.setUint16(to, byte | (byte << 8), true)
  return to + 1 + (((byte ^ QUOTE) - 1) >>> 31)
}
