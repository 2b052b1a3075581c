import type { BinaryKind } from '../looks-binary'

/** The beginning of a file as decoded text, for guessing how it is to be read. */
export interface TextSample {
  path: string
  /** Without its BOM; of a longer file it ends with the last line that is whole. */
  text: string
  /** The text is all there is in the file. */
  whole: boolean
  /** Set for what is no text; `text` is then empty. */
  looksLike: BinaryKind | null
  /** It is a file inside of an archive, whose path ends with its name. */
  isArchived?: boolean
}

/** How samples are called: `"file"`, `"archived file"` where each is one inside of an archive. */
export const fileNoun = (samples: readonly TextSample[]): string =>
  samples.length > 0 && samples.every(({ isArchived }) => isArchived === true) ? 'archived file' : 'file'

/** How much of one file is looked at, in UTF-16 units. */
export const MAX_SAMPLE_CHARS = 64 * 1024
/** The same where that holds hardly one line. */
const MAX_LONG_LINE_CHARS = 4 * MAX_SAMPLE_CHARS
/** How many lines or rows of one file are looked at. */
export const MAX_SAMPLE_LINES = 200

/**
 * Cuts text to what a sample holds: at the last line that is whole, or anywhere in a first line that is longer. Where
 * `maxChars` hold less than two lines, more of it is kept, up to `maxLongChars`.
 * @example cutToLines('ab\ncd', 4) // { text: "ab\n", whole: false }
 */
export function cutToLines(
  text: string,
  whole: boolean,
  maxChars = MAX_SAMPLE_CHARS,
  maxLongChars = maxChars === MAX_SAMPLE_CHARS ? MAX_LONG_LINE_CHARS : maxChars,
): Pick<TextSample, 'text' | 'whole'> {
  if (whole && text.length <= maxChars) return { text, whole }
  const isLong = firstLines(text.slice(0, maxChars), 3).length < 3
  const start = text.slice(0, isLong ? maxLongChars : maxChars)
  if (whole && start.length === text.length) return { text, whole }
  const end = Math.max(start.lastIndexOf('\n'), start.lastIndexOf('\r')) + 1
  return { text: end === 0 ? start : start.slice(0, end), whole: false }
}

/** The first lines of a text, without their ends; blank ones count. */
export function firstLines(text: string, max = MAX_SAMPLE_LINES): string[] {
  const lines: string[] = []
  const ends = [new LineEnds(text, '\n'), new LineEnds(text, '\r')] as const
  let from = 0
  while (from < text.length && lines.length < max) {
    const [feed, carriage] = [ends[0].next(from), ends[1].next(from)]
    const end = Math.min(feed, carriage)
    lines.push(text.slice(from, end))
    from = feed === end + 1 && carriage === end ? end + 2 : end + 1
  }
  return lines
}

/** Where a character stands next, looked for once until it has been passed; the text's length where it does not. */
class LineEnds {
  private at = -1

  constructor(
    private readonly text: string,
    private readonly mark: string,
  ) {}

  next(from: number): number {
    if (this.at >= from) return this.at
    const found = this.text.indexOf(this.mark, from)
    this.at = found < 0 ? this.text.length : found
    return this.at
  }
}
