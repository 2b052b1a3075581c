import 'server-only'
import { ownText } from '#lib/domain/formats/own-text'
import type { Noted as Problem, ReadFacts } from './records'

/** What waits for a record to be taken. */
interface Waiting {
  record: number
  isUnparsed: boolean
  /** Lines that were left out before it. */
  skipped: number
  problems: Problem[]
  /** How often the last of the problems was met again. */
  more: number
}

/** As many as are listed of a kind: of more, only the number is of interest. */
const MOST_PROBLEMS = 20

/**
 * Tells things about records only when those were taken: records are read ahead as pieces of the file come, and what is told
 * must not depend on how large these are.
 */
export class RecordNotes {
  private waiting: Waiting[] = []

  constructor(private readonly facts: ReadFacts) {}

  /** Notes a problem of a record. */
  note(record: number, problem: Problem): void {
    this.of(record).problems.push(withOwnExcerpt({ ...problem, record }))
  }

  /** Counts a record that is kept although it could not be taken apart, with its problem. */
  keepUnparsed(record: number, problem: Problem): void {
    this.of(record).isUnparsed = true
    this.note(record, problem)
  }

  /** Counts a line that is left out before a record, and notes it if there is something to say. */
  skip(record: number, problem?: () => Problem): void {
    const waiting = this.of(record)
    waiting.skipped++
    if (problem === undefined) return
    if (waiting.problems.length < MOST_PROBLEMS) waiting.problems.push(withOwnExcerpt(problem()))
    else waiting.more++
  }

  /** Tells of all records up to one. */
  settle(upTo: number): void {
    const later = this.waiting.findIndex(({ record }) => record > upTo)
    const due = later < 0 ? this.waiting : this.waiting.slice(0, later)
    this.waiting = later < 0 ? [] : this.waiting.slice(later)
    for (const waiting of due) this.tell(waiting)
  }

  private tell({ isUnparsed, skipped, problems, more }: Waiting): void {
    const { facts } = this
    facts.skipped += skipped
    if (isUnparsed) facts.unparsed++
    for (const problem of problems) facts.note(problem)
    const repeated = problems[MOST_PROBLEMS - 1]
    if (repeated !== undefined) for (let times = 0; times < more; times++) facts.note(repeated)
  }

  private of(record: number): Waiting {
    const last = this.waiting.at(-1)
    if (last?.record === record) return last
    const waiting = { record, isUnparsed: false, skipped: 0, problems: [], more: 0 }
    this.waiting.push(waiting)
    return waiting
  }
}

/** What waits to be told must not keep the record that it is told of. */
const withOwnExcerpt = (problem: Problem): Problem =>
  problem.excerpt === undefined ? problem : { ...problem, excerpt: ownText(problem.excerpt) }
