import 'server-only'
import type { FaultListener } from './utf8-faults'

/** Writes characters as UTF-8 behind one another; faults become U+FFFD and are told. */
export class Utf8Writer {
  private readonly bytes: Buffer
  private length = 0

  /** `offset` is where the bytes that are decoded begin in the file. */
  constructor(
    inputBytes: number,
    private readonly offset: number,
    private readonly onFault: FaultListener,
  ) {
    // No encoding makes more than three bytes of one.
    this.bytes = Buffer.allocUnsafe(inputBytes * 3)
  }

  put(codePoint: number): void {
    const { bytes } = this
    if (codePoint < 0x80) {
      bytes[this.length++] = codePoint
      return
    }
    if (codePoint < 0x800) {
      bytes[this.length++] = 0xc0 | (codePoint >> 6)
    } else {
      if (codePoint < 0x10000) {
        bytes[this.length++] = 0xe0 | (codePoint >> 12)
      } else {
        bytes[this.length++] = 0xf0 | (codePoint >> 18)
        bytes[this.length++] = 0x80 | ((codePoint >> 12) & 0x3f)
      }
      bytes[this.length++] = 0x80 | ((codePoint >> 6) & 0x3f)
    }
    bytes[this.length++] = 0x80 | (codePoint & 0x3f)
  }

  /** `at` counts from the first of the bytes that are decoded. */
  fault(at: number): void {
    this.onFault(this.offset + at)
    this.put(0xfffd)
  }

  written(): Buffer {
    return this.bytes.subarray(0, this.length)
  }
}
