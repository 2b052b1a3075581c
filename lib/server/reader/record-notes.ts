import 'server-only'
import type { FormatProblem } from '#lib/domain/formats/wire'
import type { ReadFacts } from './records'

interface Waiting {
  record: number
  tell: () => void
}

/**
 * Tells things about records only when those were taken: records are read ahead as pieces of the file come, and what is told
 * must not depend on how large these are.
 */
export class RecordNotes {
  private waiting: Waiting[] = []

  constructor(private readonly facts: ReadFacts) {}

  /** Does something when a record is taken. */
  when(record: number, tell: () => void): void {
    this.waiting.push({ record, tell })
  }

  /** Notes a problem when its record is taken. */
  note(record: number, problem: () => Omit<FormatProblem, 'path' | 'record'>): void {
    this.when(record, () => this.facts.note({ ...problem(), record }))
  }

  /** Tells of all records up to one. */
  settle(upTo: number): void {
    const later = this.waiting.findIndex(({ record }) => record > upTo)
    const due = later < 0 ? this.waiting : this.waiting.slice(0, later)
    this.waiting = later < 0 ? [] : this.waiting.slice(later)
    for (const { tell } of due) tell()
  }
}
