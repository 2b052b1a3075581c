import 'server-only'
import { isUtf8 } from 'node:buffer'

/** Told of each U+FFFD that decoding puts in, with its offset in bytes. */
export type FaultListener = (offset: number) => void

/**
 * Finds what does not decode as UTF-8 in any chunking, exactly where the Encoding Standard's decoder puts a U+FFFD; a
 * U+FFFD that is there is none. Valid stretches are checked natively, only the rest is walked.
 */
export class Utf8Faults {
  private offset = 0
  /** Where the sequence begun last stands, and how its next byte may be. */
  private sequenceStart = 0
  private needed = 0
  private lower = 0x80
  private upper = 0xbf

  constructor(private readonly onFault: FaultListener) {}

  push(chunk: Buffer): void {
    let from = 0
    while (this.needed > 0 && from < chunk.length) from = this.step(chunk, from)
    const to = lastBoundary(chunk, from)
    if (isUtf8(chunk.subarray(from, to))) from = Math.max(from, to)
    while (from < chunk.length) from = this.step(chunk, from)
    this.offset += chunk.length
  }

  end(): void {
    if (this.needed > 0) this.onFault(this.sequenceStart)
    this.needed = 0
  }

  /** Takes one byte, and gives the place of the next: the same one again when it ends a sequence wrongly. */
  private step(chunk: Buffer, at: number): number {
    const byte = chunk[at] ?? 0
    if (this.needed === 0) {
      this.begin(byte, this.offset + at)
      return at + 1
    }
    if (byte < this.lower || byte > this.upper) {
      this.needed = 0
      this.onFault(this.sequenceStart)
      return at
    }
    this.needed--
    this.lower = 0x80
    this.upper = 0xbf
    return at + 1
  }

  private begin(byte: number, offset: number): void {
    this.sequenceStart = offset
    this.lower = byte === 0xe0 ? 0xa0 : byte === 0xf0 ? 0x90 : 0x80
    this.upper = byte === 0xed ? 0x9f : byte === 0xf4 ? 0x8f : 0xbf
    if (byte <= 0x7f) return
    if (byte >= 0xc2 && byte <= 0xdf) this.needed = 1
    else if (byte >= 0xe0 && byte <= 0xef) this.needed = 2
    else if (byte >= 0xf0 && byte <= 0xf4) this.needed = 3
    else this.onFault(offset)
  }
}

/** Leaves out the last bytes if a sequence may go on in the next chunk. */
function lastBoundary(chunk: Buffer, from: number): number {
  for (let back = 1; back <= 3 && chunk.length - back >= from; back++) {
    const byte = chunk[chunk.length - back] ?? 0
    if (byte < 0x80) return chunk.length
    if (byte >= 0xc0) return chunk.length - back
  }
  return chunk.length
}
