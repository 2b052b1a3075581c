import 'server-only'
import type { OpenQuote } from '#lib/domain/formats/csv-parser'
import type { ByteQueue } from '../byte-queue'
import type { ReadFacts } from '../records'

const REPLACEMENT = '\ufffd'

/** A quote without its end, and the byte of the file that it stands at, where that is known. */
export interface PlacedQuote extends OpenQuote {
  offset: number | undefined
}

/** Finds the byte of a quote that stays open, by counting the bytes of the text before it. */
export class TextOffsets {
  /** The quote that is open where the text that passed ends. */
  openQuote: PlacedQuote | undefined
  private chars = 0
  /** What did not decode took another number of bytes than the mark that stands for it. */
  private hasReplacement = false

  private constructor(
    private bytes: number,
    private readonly facts: ReadFacts,
  ) {}

  /** Begins at a file's first byte, of which nothing is taken. */
  static async of(queue: ByteQueue, facts: ReadFacts): Promise<TextOffsets> {
    const start = (await queue.peek(3)).toString('latin1')
    const markBytes = start === '\xef\xbb\xbf' ? 3 : /^(\xff\xfe|\xfe\xff)/.test(start) ? 2 : 0
    return new TextOffsets(markBytes, facts)
  }

  /** Counts a piece; `open` is the quote that is open at its end. */
  pass(piece: string, open: OpenQuote | undefined): void {
    if (open === undefined) this.openQuote = undefined
    else if (open.at !== this.openQuote?.at) {
      const before = piece.slice(0, open.at - this.chars)
      const offset = this.isExact(before) ? this.bytes + this.measure(before) : undefined
      this.openQuote = { ...open, offset }
    }
    this.chars += piece.length
    this.bytes += this.measure(piece)
    this.hasReplacement ||= piece.includes(REPLACEMENT)
  }

  private measure(text: string): number {
    const { charset } = this.facts
    if (charset === 'utf-8') return Buffer.byteLength(text)
    return charset.startsWith('utf-16') ? text.length * 2 : text.length
  }

  /** The encodings of Asia take other numbers of bytes as well. */
  private isExact(before: string): boolean {
    const { charset } = this.facts
    const isByted = /^(windows|iso-8859|koi8|ibm|macintosh|x-mac)/.test(charset)
    return isByted || (charset.startsWith('utf-') && !this.hasReplacement && !before.includes(REPLACEMENT))
  }
}
