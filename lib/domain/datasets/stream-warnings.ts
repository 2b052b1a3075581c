import * as z from 'zod'
import { type FormatProblem, formatProblemSchema } from '../formats/wire'
import { columnsOutside, NOTHING_OUTSIDE, type OutsideTally } from './outside-schema'

/** Warnings of a stream that are told one by one; the rest is counted. */
export const MOST_WARNINGS = 20

/** What a stream that came to its end lacks, or holds with faults. */
export const streamWarnings = z.object({
  /** Files that were left out, or ended early. */
  unreadFiles: z.number().int(),
  /** Faults in records that were kept, and whatever else there is to know of the files' content. */
  faults: z.number().int(),
  /** The first of them, faults of one kind in one file together. */
  warnings: z.array(formatProblemSchema.omit({ fixes: true })),
  /** What the records hold in columns that the schema does not have, and the stream neither. */
  outside: columnsOutside.default(NOTHING_OUTSIDE),
})
export type StreamWarnings = z.infer<typeof streamWarnings>

export const NO_WARNINGS: StreamWarnings = {
  unreadFiles: 0,
  faults: 0,
  warnings: [],
  outside: NOTHING_OUTSIDE,
}

/** Adds a file that was not read to its end. */
export function warnOfFile(known: StreamWarnings, problem: FormatProblem): void {
  known.unreadFiles++
  keep(known, problem)
}

/** Adds what a file was read with: `problems` as its facts list them, the first of a kind with how many there were. */
export function warnOfFaults(known: StreamWarnings, problems: readonly FormatProblem[]): void {
  const kinds = new Set<string>()
  for (const problem of problems) {
    // Of a kind that was met, only what is counted by itself says something more.
    if (kinds.has(problem.reason) && problem.count === undefined) continue
    kinds.add(problem.reason)
    known.faults += problem.count ?? 1
    keep(known, problem)
  }
}

/** Sets what stood outside of the schema. */
export function warnOfOutside(known: StreamWarnings, tally: OutsideTally): void {
  known.outside = tally.report(MOST_WARNINGS)
}

function keep({ warnings }: StreamWarnings, { fixes: _, ...told }: FormatProblem): void {
  if (warnings.length < MOST_WARNINGS) warnings.push(told)
}
