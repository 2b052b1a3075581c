import 'server-only'
import type { CjkIndex } from './cjk-indexes'
import type { Sequences } from './cjk-sequences'
import type { Utf8Writer } from './utf8-writer'

type Mode = 'ascii' | 'roman' | 'katakana' | 'pairs'

const ESC = 0x1b
const ESCAPES: Record<string, Mode> = {
  '(B': 'ascii',
  '(J': 'roman',
  '(I': 'katakana',
  '$@': 'pairs',
  $B: 'pairs',
}

/** ISO-2022-JP: escapes switch between sets of characters. */
export class Iso2022JpSequences implements Sequences {
  private mode: Mode = 'ascii'
  /** An escape behind another with nothing between them is a fault: it could hide text from a filter. */
  private escapedLast = false

  constructor(private readonly pairs: CjkIndex) {}

  read(bytes: Buffer, at: number, writer: Utf8Writer, last: boolean): number {
    const byte = bytes[at] ?? 0
    if (byte === ESC) return this.readEscape(bytes, at, writer, last)
    this.escapedLast = false
    if (this.mode === 'pairs') return this.readPair(bytes, at, writer)
    const codePoint = singleOf(byte, this.mode)
    if (codePoint === undefined) writer.fault(at)
    else writer.put(codePoint)
    return 1
  }

  private readEscape(bytes: Buffer, at: number, writer: Utf8Writer, last: boolean): number {
    const sequence = bytes.toString('latin1', at + 1, at + 3)
    const mode = Object.hasOwn(ESCAPES, sequence) ? ESCAPES[sequence] : undefined
    if (mode === undefined) {
      if (!last && (sequence === '' || sequence === '(' || sequence === '$')) return 0
      this.escapedLast = false
      writer.fault(at)
      return 1
    }
    this.mode = mode
    if (this.escapedLast) writer.fault(at)
    this.escapedLast = true
    return 3
  }

  private readPair(bytes: Buffer, at: number, writer: Utf8Writer): number {
    const lead = bytes[at] ?? 0
    const trail = bytes[at + 1]
    if (!isGraphic(lead)) {
      writer.fault(at)
      return 1
    }
    if (trail === undefined) return 0
    const codePoint = isGraphic(trail) ? this.pairs[(lead - 0x21) * 94 + trail - 0x21] : 0
    if (codePoint !== undefined && codePoint !== 0) writer.put(codePoint)
    else writer.fault(at)
    return trail === ESC ? 1 : 2
  }
}

const isGraphic = (byte: number): boolean => byte >= 0x21 && byte <= 0x7e

function singleOf(byte: number, mode: 'ascii' | 'roman' | 'katakana'): number | undefined {
  if (mode === 'katakana') return byte >= 0x21 && byte <= 0x5f ? 0xff61 - 0x21 + byte : undefined
  if (byte > 0x7f || byte === 0x0e || byte === 0x0f) return undefined
  if (mode === 'roman' && byte === 0x5c) return 0xa5
  return mode === 'roman' && byte === 0x7e ? 0x203e : byte
}
