import 'server-only'
import type { OpenQuote } from '#lib/domain/formats/csv-parser'
import type { ByteQueue } from './byte-queue'
import type { ReadFacts } from './records'

/** A quote without its end, and the byte of the file that it stands at, where that is known. */
export interface PlacedQuote extends OpenQuote {
  offset: number | undefined
}

/** Finds the byte of a quote that stays open, by counting the bytes of the text before it. */
export class TextOffsets {
  /** The quote that is open where the text that passed ends. */
  openQuote: PlacedQuote | undefined
  private chars = 0

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
      const bytes = this.bytes + this.measure(piece.slice(0, open.at - this.chars))
      this.openQuote = { ...open, offset: this.isExact() ? bytes : undefined }
    }
    this.chars += piece.length
    this.bytes += this.measure(piece)
  }

  private measure(text: string): number {
    const { charset } = this.facts
    if (charset === 'utf-8') return Buffer.byteLength(text)
    return charset.startsWith('utf-16') ? text.length * 2 : text.length
  }

  /** What did not decode, and the encodings of Asia, take other numbers of bytes. */
  private isExact(): boolean {
    const { charset, replacedBytes } = this.facts
    const isByted = /^(windows|iso-8859|koi8|ibm|macintosh|x-mac)/.test(charset)
    return isByted || (replacedBytes === 0 && charset.startsWith('utf-'))
  }
}
