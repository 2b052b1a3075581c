import type { DirectProgram, Step, UnitSet } from './direct-program'
import type { PatternNode } from './pattern-nodes'

/** What a program reads of a path; a string is one. Tests hand in one that counts the looks. */
export interface Subject {
  readonly length: number
  charCodeAt(index: number): number
}

/** Why a run ended: matched, at a node that does not fit, or at the pattern's end with path left over. */
export type RunOutcome = 'matched' | 'left-over' | PatternNode

/**
 * Matches a whole path. `marks` receives the offsets `[start, end)` of slot n at `2n` and `2n + 1`;
 * `marks[2 * slots]` receives the offset behind the head.
 */
export function runDirectProgram(program: DirectProgram, subject: Subject, marks: Int32Array): RunOutcome {
  const { head, free, tail } = program
  let end = subject.length
  for (let index = 0; index < tail.length; index++) {
    const step = tail[index] as Step
    const start =
      step.literal === null
        ? takeBackward(step, subject, end)
        : matchLiteral(step.literal, subject, end - step.min, end)
    if (start < 0) return step.node
    if (step.slot >= 0) mark(marks, step.slot, start, end)
    end = start
  }
  const limit = free === null ? end : end - free.min
  let at = 0
  for (let index = 0; index < head.length; index++) {
    const step = head[index] as Step
    const start = at
    if (step.literal === null) at = takeForward(step, subject, start, limit)
    else at = matchLiteral(step.literal, subject, start, limit) < 0 ? -1 : start + step.min
    if (at < 0) return step.node
    if (step.slot >= 0) mark(marks, step.slot, start, at)
  }
  marks[2 * program.slots] = at
  if (free === null) return at === limit ? 'matched' : 'left-over'
  return at <= limit ? 'matched' : free.node
}

function mark(marks: Int32Array, slot: number, start: number, end: number) {
  marks[2 * slot] = start
  marks[2 * slot + 1] = end
}

/** `start` if the literal stands there and ends by `limit`, otherwise -1. */
function matchLiteral(literal: string, subject: Subject, start: number, limit: number): number {
  if (start < 0 || start + literal.length > limit) return -1
  for (let index = 0; index < literal.length; index++) {
    if (subject.charCodeAt(start + index) !== literal.charCodeAt(index)) return -1
  }
  return start
}

function takeForward({ units, min, max }: Step, subject: Subject, start: number, limit: number): number {
  const last = max < limit - start ? start + max : limit
  let at = start
  while (at < last && takes(units, subject.charCodeAt(at))) at++
  return at - start >= min ? at : -1
}

function takeBackward({ units, min, max }: Step, subject: Subject, end: number): number {
  const first = max < end ? end - max : 0
  let at = end
  while (at > first && takes(units, subject.charCodeAt(at - 1))) at--
  return end - at >= min ? at : -1
}

function takes(units: UnitSet, unit: number): boolean {
  return unit < 128 ? units.ascii[unit] === 1 : units.beyond
}
