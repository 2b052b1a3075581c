import type { Step } from './direct-steps'

/** A date of which all fields stand side by side, with nothing but literals between them. */
export interface DateSpan {
  /** Its first and last step. */
  first: number
  last: number
  /** Where each field stands in its text, by slot: year first. */
  fields: readonly (readonly [from: number, to: number])[]
}

/** The date of a row of steps, in reading order; null if it has none, or fields elsewhere in the program, or apart. */
export function findDateSpan(steps: readonly Step[], program: readonly (readonly Step[])[]): DateSpan | null {
  const isField = ({ node }: Step) => node.kind === 'time'
  const first = steps.findIndex(isField)
  if (first < 0) return null
  const last = steps.findLastIndex(isField)
  const span = steps.slice(first, last + 1)
  if (!span.every((step) => isField(step) || step.literal !== null)) return null
  const fields: [number, number][] = []
  let at = 0
  for (const step of span) {
    if (isField(step)) fields[step.slot] = [at, at + step.min]
    at += step.min
  }
  const count = program.flat().filter(isField).length
  return span.filter(isField).length === count ? { first, last, fields } : null
}
