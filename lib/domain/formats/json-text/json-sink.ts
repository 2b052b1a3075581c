/** A record as it stands in a text, which may hold more than it. */
export interface ScannedRecord {
  source: string
  start: number
  end: number
  /** It is no valid JSON; what is wrong was told before. */
  isBroken: boolean
  /** Nested deeper than is looked at. */
  isTooDeep: boolean
  /** Its length, where `source` holds the begin of it only. */
  tooLargeChars: number | undefined
  /** Where in the piece that is scanned it begins, unless its begin was held before; undefined where nobody knows. */
  at: number | undefined
}

export interface JsonFault {
  /** `"a value was expected, not "x""`. */
  what: string
  /** From 1. */
  line: number
  character: number
  /** The place in the piece that is scanned. */
  at: number
  /** Up to 100 characters, the last of which is where it was noticed; undefined outside of records. */
  excerpt: string | undefined
}

export interface JsonSink {
  /** Takes an object that lies whole in the piece; gives its end, or -1 to have it looked at closely. */
  takeObject(text: string, from: number): number
  takeRecord(record: ScannedRecord): void
  /** Told of a record that is held, since its end has not come, and of the place in the piece where it begins. */
  beginHolding(at: number): void
  /** The end of what was scanned is scanned once more, as the beginning of `text`, which is the piece that is scanned now. */
  scanAgain(text: string): void
  /** Told where it is noticed; the record that is broken follows when it is known where it ends. */
  takeFault(fault: JsonFault): void
}
