import 'server-only'
import { Failure } from '#lib/domain/errors'
import type { ArchiveEntry } from '#lib/domain/formats/choose-entries'
import { ownText } from '#lib/domain/formats/own-text'
import type { Compression } from '#lib/domain/formats/text-params'
import type { FormatProblem } from '#lib/domain/formats/wire'

/** A value as text; null where the file says null, undefined where the record does not have it. */
export type Cell = string | null | undefined

/** Some records in a row, as bytes that become text only when asked. */
export interface RecordBatch {
  /** Number of its first record in the file, from 1. */
  readonly firstRecord: number
  readonly count: number
  /** The record as it stands in the file, without its line end; for formats that are no text, as JSON. */
  text(index: number): string
  /** In the order of `ReadFacts.columns`; columns that came later may lack at its end. */
  cells(index: number): Cell[]
  /** Set for a record that was too large to hold: `text` gives its first 64 KiB. Where it `isTold`, the facts tell of it. */
  tooLarge(index: number): { chars: number; isTold?: boolean } | undefined
  /** Why a record could not be taken apart, if so: its cells are absent, its `text` is there. */
  unparsed(index: number): string | undefined
  /** The first records of it. */
  take(count: number): RecordBatch
  /** Set when this is a part of one record, which is of one cell: it counts with its last part. Only readings that ask have such. */
  readonly part?: LinePart
  /** The same records as bytes, where each is a line of its file and its only cell; undefined where some do not decode. */
  lineBytes?(): LineBytes | undefined
  /** Lets go of what it holds: it is empty from then on. For records so large that whoever holds the batch would hold too much. */
  release?(): void
}

export interface LinePart {
  text(): string
  /** The same as bytes, where it is ASCII. */
  readonly ascii?: Buffer
  readonly ends: boolean
}

/** Lines as places in UTF-8 without a fault: start and end of each, in turn, without what ended it. */
export interface LineBytes {
  readonly bytes: Buffer
  readonly bounds: readonly number[]
}

export interface ColumnFact {
  name: string
  /** A storage type: `string` for texts, `bigint` as a Parquet file says. */
  type: string
}

/** Problems of one kind that are listed one by one; the rest of a kind is counted. */
const MOST_OF_A_KIND = 20

/** A problem of the file that is being read. */
export interface Noted extends Omit<FormatProblem, 'path'> {
  /** What it is counted together with; all of its reason unless told. */
  alike?: string
}

/** What is known about a file while it is read, complete when its records are. */
export class ReadFacts {
  compression: Compression = 'none'
  /** The file inside of an archive that is being read. */
  entry: string | undefined
  /** All files inside of an archive, read or not, known before the first of them is read. */
  entries: readonly ArchiveEntry[] | undefined
  /** An encoding's name, as the BOM or the settings say; `''` for formats that are no text. */
  charset = ''
  /** The kind of binary file that stands where text should, by its first bytes: `"Parquet"`. */
  looksLike: string | undefined
  bytesIn = 0
  bytesOut = 0
  records = 0
  /** U+FFFD put in place of what does not decode. */
  replacedBytes = 0
  /** Records that could not be taken apart, and were kept. */
  unparsed = 0
  /** Lines that the settings leave out. */
  skipped = 0
  /** Only ever appended to, so that cells of earlier records stay where they are. */
  readonly columns: ColumnFact[] = []
  readonly problems: FormatProblem[] = []
  private readonly kinds = new Map<string, { seen: number; first: FormatProblem }>()

  constructor(
    readonly path: string,
    /** What a record with a fault does: ends the reading, or is kept and told. */
    private readonly faults: 'fail' | 'keep' = 'fail',
  ) {}

  /** Tells of something that a person should know. */
  note({ message, alike, ...problem }: Noted): void {
    const key = alike === undefined ? problem.reason : `${problem.reason}\0${this.inEntry(alike)}`
    const kind = this.kinds.get(key)
    // Made only of what is listed: there may be as many as records.
    const tell = () => ownTexts({ ...problem, message: this.inEntry(message), path: this.path })
    if (kind === undefined) {
      // What is counted by itself says so from its first: those that are listed beside it have no count.
      const first: FormatProblem = alike === undefined ? tell() : { ...tell(), count: 1 }
      this.kinds.set(key, { seen: 1, first })
      this.problems.push(first)
      return
    }
    kind.seen++
    kind.first.count = kind.seen
    if (kind.seen <= MOST_OF_A_KIND) this.problems.push(tell())
  }

  /** Says of a failure in which file of an archive it happened; outside of archives it stays as it is. */
  locate(error: unknown): unknown {
    if (this.entry === undefined || !(error instanceof Failure)) return error
    const { kind, message, details } = error
    const facts = { ...details.facts, entry: this.entry }
    return new Failure(kind, this.inEntry(message), { ...details, facts }, { cause: error })
  }

  private inEntry(message: string): string {
    return this.entry === undefined ? message : `${this.entry}: ${message}`
  }

  /** Tells of a record's fault, unless it is `told` already; throws it as a `Failure` unless faulty records are kept. */
  fault(problem: Omit<FormatProblem, 'path'>, { told = false }: { told?: boolean } = {}): void {
    if (this.faults === 'keep') {
      if (!told) this.note(problem)
      return
    }
    const { reason, message, offset, remedy, record } = problem
    throw new Failure('validation_failed', message, {
      reason,
      where: this.path,
      ...(offset === undefined ? {} : { offset }),
      ...(remedy === undefined ? {} : { remedy }),
      ...(record === undefined ? {} : { facts: { record } }),
    })
  }
}

/** What is told of a record must not keep the record: excerpts are cut from it. */
function ownTexts({ excerpt, ...told }: FormatProblem): FormatProblem {
  const message = ownText(told.message)
  return excerpt === undefined ? { ...told, message } : { ...told, message, excerpt: ownText(excerpt) }
}

/** Records of one file, to be read once; leaving the loop early closes the file. */
export interface RecordReading extends AsyncIterable<RecordBatch> {
  readonly facts: ReadFacts
}

/**
 * One record of a batch whose cells are at hand. It holds no function: one that is made where records are read can reach all
 * that the reading holds, for as long as the batch waits for its reader.
 */
export interface ParsedRecord {
  /** As it stands in the file. */
  text: string
  cells: Cell[]
  unparsed?: string
  tooLarge?: { chars: number }
}

/** A batch of records that were taken apart already. */
export class ParsedBatch implements RecordBatch {
  constructor(
    readonly firstRecord: number,
    private records: readonly ParsedRecord[],
  ) {}

  get count(): number {
    return this.records.length
  }

  text(index: number): string {
    return this.records[index]?.text ?? ''
  }

  cells(index: number): Cell[] {
    return this.records[index]?.cells ?? []
  }

  tooLarge(index: number): { chars: number } | undefined {
    return this.records[index]?.tooLarge
  }

  unparsed(index: number): string | undefined {
    return this.records[index]?.unparsed
  }

  take(count: number): RecordBatch {
    return new ParsedBatch(this.firstRecord, this.records.slice(0, count))
  }

  release(): void {
    this.records = []
  }
}
