import type { CompressionSetting } from './text-params'

/** Settings of texts whose records are lines; see `textParams`. */
export interface LineTextParams {
  charset: string
  compress: CompressionSetting
  binaryAsText?: boolean | undefined
  zipEntries?: string | undefined
  /** UTF-16 units; 0 = no limit. */
  maxLineChars: number
}

/** What becomes of lines that give no cells. */
export interface Misfits {
  /** Such a line is a record without values, is left out, or ends the reading. */
  become: 'keep' | 'skip' | 'fail'
  /** What is said of it: `"does not match the regular expression"`. */
  say: string
  remedy?: string
  /** The setting by which a person says what becomes of them, if there is one: a click then changes it. */
  setting?: string
}

/** Takes the lines of one reading apart, in turn; of an archive those of all files in it. */
export interface LineParser {
  /** In the order of the cells; a line may add further ones at the end. */
  readonly columns: readonly string[]
  /** The most steps that one character takes, 1 unless told: long lines are not taken apart where that would take too many. */
  readonly stepsPerChar?: number
  readonly misfits: Misfits
  /** The cells of a line, null where it has no value; undefined for a line that does not fit. */
  parse(line: string): (string | null)[] | undefined
}

/**
 * A format whose records are lines: this is all that there is of its reader. What it is packed in, its charset, limits,
 * numbers of records and batches are the same for all of these.
 */
export interface LineRecords {
  text: LineTextParams
  /** Throws a `Failure` where the settings are none that lines can be read by. */
  open(): LineParser
}
