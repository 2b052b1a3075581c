import 'server-only'
import { isAscii } from 'node:buffer'
import { type LinePart, ParsedBatch, type RecordBatch } from './records'

const SHOWN_BYTES = 64 * 1024

/** A line that is longer than what is held, taken piece by piece. */
export interface LongLine {
  /** UTF-16 units so far. */
  readonly chars: number
  /** Gives what there is to give of it before its end. */
  add(bytes: Buffer): RecordBatch | undefined
  end(): RecordBatch
}

const utf8 = () => new TextDecoder('utf-8', { ignoreBOM: true })

/** A record that is only counted, and of which the beginning is kept. */
export class OversizeLine implements LongLine {
  chars = 0
  private readonly decoder = utf8()
  private readonly shown: Buffer[] = []
  private shownBytes = 0

  constructor(private readonly record: number) {}

  add(bytes: Buffer): undefined {
    this.chars += this.decoder.decode(bytes, { stream: true }).length
    if (this.shownBytes >= SHOWN_BYTES) return
    // Copied: a part of a chunk would keep the chunk.
    const part = Buffer.from(bytes.subarray(0, SHOWN_BYTES - this.shownBytes))
    this.shown.push(part)
    this.shownBytes += part.length
  }

  end(): RecordBatch {
    this.chars += this.decoder.decode().length
    const { chars } = this
    // Without a character that is cut in two.
    const head = utf8().decode(Buffer.concat(this.shown), { stream: true })
    return new ParsedBatch(this.record, [{ text: head, cells: [head], tooLarge: { chars } }])
  }
}

/** A record that is given on as it comes; no part ends inside a character. */
export class PartedLine implements LongLine {
  chars = 0
  private readonly decoder = utf8()

  constructor(private readonly record: number) {}

  /** Whether the decoder may hold the beginning of a character. */
  private isOpen = false

  add(bytes: Buffer): RecordBatch {
    // The usual case needs no text: as bytes it is taken on without garbage.
    if (!this.isOpen && isAscii(bytes)) {
      this.chars += bytes.length
      return new RecordPart(this.record, { text: () => bytes.toString('latin1'), ascii: bytes, ends: false })
    }
    this.isOpen = (bytes.at(-1) ?? 0) >= 0x80
    return this.give(this.decoder.decode(bytes, { stream: true }), false)
  }

  end(): RecordBatch {
    return this.give(this.decoder.decode(), true)
  }

  private give(text: string, ends: boolean): RecordBatch {
    this.chars += text.length
    return new RecordPart(this.record, { text: () => text, ends })
  }
}

/** A part of a record, which counts as one when it ends. */
class RecordPart implements RecordBatch {
  constructor(
    readonly firstRecord: number,
    readonly part: LinePart,
  ) {}

  get count(): number {
    return this.part.ends ? 1 : 0
  }

  text(): string {
    return this.part.text()
  }

  cells(): string[] {
    return [this.part.text()]
  }

  tooLarge(): undefined {
    return undefined
  }

  unparsed(): undefined {
    return undefined
  }

  take(): RecordBatch {
    return this
  }
}
