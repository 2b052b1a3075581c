import 'server-only'
import type { LinePattern } from '#lib/domain/formats/line-pattern'
import type { RegexpParams } from '#lib/domain/formats/regexp-params'
import type { FormatProblem } from '#lib/domain/formats/wire'
import { RecordNotes } from '../record-notes'
import { ParsedBatch, type ParsedRecord, type ReadFacts, type RecordBatch } from '../records'

/** Steps that one line may take: a longer one is not taken apart. */
const MAX_LINE_STEPS = 100_000_000
const EXCERPT_CHARS = 200
const REMEDY = 'Correct the regular expression, or change what happens to lines that do not match.'

/** Makes records of lines, and tells of those that do not match. */
export class MatchedLines {
  /** Whether what was added has to go out before the next line: that one ends the reading, or may. */
  isDue = false
  private readonly notes: RecordNotes
  private records: ParsedRecord[] = []
  private firstRecord: number
  private line = 0
  private faulty: { record: ParsedRecord; problem: Omit<FormatProblem, 'path'> } | undefined

  constructor(
    private readonly pattern: LinePattern,
    private readonly unmatched: RegexpParams['unmatchedLines'],
    private readonly facts: ReadFacts,
  ) {
    this.notes = new RecordNotes(facts)
    this.firstRecord = facts.records + 1
  }

  /** Adds a line; gives how many characters were matched. */
  add(lines: RecordBatch, index: number): number {
    this.line++
    const text = lines.text(index)
    const record = { text: () => text, cells: [] }
    const chars = lines.tooLarge(index)?.chars ?? text.length
    if (chars * this.pattern.states > MAX_LINE_STEPS) {
      this.keepTooLarge(record, chars)
      return 0
    }
    const cells = this.pattern.match(text)
    if (cells !== undefined) this.records.push({ text: () => text, cells })
    else if (this.unmatched === 'skip') this.skip(text)
    else if (this.unmatched === 'keep') this.keep(record, text)
    else this.holdFault(record, text)
    return chars
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

  private keepTooLarge(record: ParsedRecord, chars: number): void {
    const message = `The line has ${chars} characters, which is too long to be taken apart by this expression.`
    this.notes.keepUnparsed(this.nextRecord, { reason: 'line-too-large-to-parse', message })
    this.records.push({ ...record, unparsed: message, tooLarge: { chars } })
  }

  private keep(record: ParsedRecord, text: string): void {
    const message = 'The line does not match the regular expression.'
    const excerpt = excerptOf(text)
    this.notes.keepUnparsed(this.nextRecord, {
      reason: 'unmatched-lines',
      message,
      excerpt,
      remedy: REMEDY,
      fixes: [LEAVE_OUT],
    })
    this.records.push({ ...record, unparsed: message })
  }

  private skip(text: string): void {
    const message = `Line ${this.line} does not match the regular expression and is left out.`
    this.notes.skip(this.nextRecord, () => ({
      reason: 'unmatched-lines',
      message,
      excerpt: excerptOf(text),
      remedy: REMEDY,
      fixes: [KEEP],
    }))
  }

  private holdFault(record: ParsedRecord, text: string): void {
    const message = `Line ${this.line} does not match the regular expression`
    this.isDue = true
    this.faulty = {
      record: { ...record, unparsed: message },
      problem: {
        reason: 'unmatched-lines',
        message,
        record: this.nextRecord,
        excerpt: excerptOf(text),
        remedy: REMEDY,
        fixes: [KEEP, LEAVE_OUT],
      },
    }
  }
}

/** What else may become of lines that do not match. */
const KEEP = { label: 'Keep such lines whole', params: { unmatchedLines: 'keep' } }
const LEAVE_OUT = { label: 'Leave such lines out', params: { unmatchedLines: 'skip' } }

const excerptOf = (text: string) => text.slice(0, EXCERPT_CHARS).toWellFormed()
