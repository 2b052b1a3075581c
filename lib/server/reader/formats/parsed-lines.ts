import 'server-only'
import type { LineParser, Misfits } from '#lib/domain/formats/line-records'
import type { FormatProblem } from '#lib/domain/formats/wire'
import { RecordNotes } from '../record-notes'
import { ParsedBatch, type ParsedRecord, type ReadFacts, type RecordBatch } from '../records'

/** Steps that one line may take: a longer one is not taken apart. */
const MAX_LINE_STEPS = 100_000_000
const EXCERPT_CHARS = 200

/** Makes records of lines, and tells of those that do not fit. */
export class ParsedLines {
  /** Whether what was added has to go out before the next line: that one ends the reading, or may. */
  isDue = false
  private readonly notes: RecordNotes
  private readonly stepsPerChar: number
  private records: ParsedRecord[] = []
  private firstRecord: number
  private line = 0
  private faulty: { record: ParsedRecord; problem: Omit<FormatProblem, 'path'> } | undefined

  constructor(
    private readonly parser: LineParser,
    private readonly facts: ReadFacts,
  ) {
    this.notes = new RecordNotes(facts)
    this.stepsPerChar = parser.stepsPerChar ?? 1
    this.firstRecord = facts.records + 1
    this.addColumns()
  }

  /** Adds a line; gives how many steps it took. */
  add(lines: RecordBatch, index: number): number {
    this.line++
    const text = lines.text(index)
    const chars = lines.tooLarge(index)?.chars ?? text.length
    const steps = chars * this.stepsPerChar
    if (lines.tooLarge(index) !== undefined || steps > MAX_LINE_STEPS) {
      this.keepTooLarge({ text, cells: [] }, chars)
      return 0
    }
    const cells = this.parser.parse(text)
    if (cells === undefined) this.addMisfit(text)
    else {
      this.addColumns()
      this.records.push({ text, cells })
    }
    return steps
  }

  /** Gives the records that were added since the last time; throws the fault of the last one, where faults are not kept. */
  *take(): Generator<RecordBatch> {
    this.settle()
    const { faulty } = this
    const batch = new ParsedBatch(this.firstRecord, this.records)
    this.firstRecord += batch.count
    this.records = []
    this.isDue = false
    this.faulty = undefined
    if (batch.count > 0) yield batch
    if (faulty === undefined) return
    this.facts.fault(faulty.problem)
    this.facts.unparsed++
    yield new ParsedBatch(this.firstRecord++, [faulty.record])
  }

  /** Tells what concerns the records that were taken, or, at the end of the file, all that there is to tell. */
  settle(isAtEnd = false): void {
    this.notes.settle(isAtEnd ? Number.POSITIVE_INFINITY : this.facts.records)
  }

  private get nextRecord(): number {
    return this.firstRecord + this.records.length
  }

  private addColumns(): void {
    const { columns } = this.facts
    for (let place = columns.length; place < this.parser.columns.length; place++)
      columns.push({ name: this.parser.columns[place] ?? '', type: 'string' })
  }

  private keepTooLarge(record: ParsedRecord, chars: number): void {
    const message = `The line has ${chars} characters, which is too long to be taken apart.`
    this.notes.keepUnparsed(this.nextRecord, { reason: 'line-too-large-to-parse', message })
    this.records.push({ ...record, unparsed: message, tooLarge: { chars } })
  }

  private addMisfit(text: string): void {
    const { misfits } = this.parser
    const told = { reason: 'unmatched-lines', excerpt: text.slice(0, EXCERPT_CHARS).toWellFormed() }
    const record = { text, cells: [] }
    if (misfits.become === 'skip' && text.startsWith('#')) {
      const message = `Line ${this.line} begins with #, as comments do, and is left out.`
      const { fixes = [] } = mendOf(misfits)
      this.notes.skip(this.nextRecord, () => ({ ...told, reason: 'comment-lines', message, fixes }))
    } else if (misfits.become === 'skip') {
      const message = `Line ${this.line} ${misfits.say} and is left out.`
      this.notes.skip(this.nextRecord, () => ({ ...told, message, ...mendOf(misfits) }))
    } else if (misfits.become === 'keep') {
      const message = `The line ${misfits.say}.`
      this.notes.keepUnparsed(this.nextRecord, { ...told, message, ...mendOf(misfits) })
      this.records.push({ ...record, unparsed: message })
    } else {
      const message = `Line ${this.line} ${misfits.say}`
      this.isDue = true
      this.faulty = {
        record: { ...record, unparsed: message },
        problem: { ...told, message, record: this.nextRecord, ...mendOf(misfits) },
      }
    }
  }
}

/** What else may become of lines that do not fit. */
const OTHERWISE = { keep: 'Keep such lines whole', skip: 'Leave such lines out' } as const

function mendOf({ become, remedy, setting }: Misfits): Pick<FormatProblem, 'remedy' | 'fixes'> {
  const others = (['keep', 'skip'] as const).filter((other) => other !== become)
  return {
    ...(remedy === undefined ? {} : { remedy }),
    ...(setting === undefined
      ? {}
      : { fixes: others.map((other) => ({ label: OTHERWISE[other], params: { [setting]: other } })) }),
  }
}
