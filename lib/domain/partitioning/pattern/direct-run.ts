import type { DirectProgram, Gap } from './direct-program'
import type { Step } from './direct-steps'
import type { PatternNode } from './pattern-nodes'
import type { UnitSet } from './unit-set'

/** What a program reads of a path; a string is one. Tests hand in one that counts the looks. */
export interface Subject {
  readonly length: number
  charCodeAt(index: number): number
}

/** Offsets that a run leaves behind: `[2n, 2n + 1]` of slot n, and `headEnd`. */
export interface Marks {
  offsets: Int32Array
  headEnd: number
}

/** Why a run ended: matched, at a node that does not fit, or at the pattern's end with path left over. */
export type RunOutcome = 'matched' | 'left-over' | PatternNode

/** Matches a whole path and leaves the captured offsets in `marks`. */
export function runDirectProgram({ head, gaps }: DirectProgram, subject: Subject, marks: Marks): RunOutcome {
  let end = subject.length
  for (let index = gaps.length - 1; index >= 0; index--) {
    const { block, min, node } = gaps[index] as Gap
    const start =
      index === gaps.length - 1
        ? takeBlock(block, subject, end, marks)
        : searchBlock(block, subject, end, marks)
    if (start < 0) return block[~start]?.node ?? node
    if (start < min) return node
    end = min === 0 ? start : start - lastCharacterLength(subject, start)
  }
  const stopped = runHead(head, subject, end, marks)
  if (stopped !== null) return stopped
  return gaps.length > 0 || marks.headEnd === end ? 'matched' : 'left-over'
}

/** Reads the steps from the path's start, at most up to `limit`; null when all of them fit, or the node that does not. */
export function runHead(
  head: readonly Step[],
  subject: Subject,
  limit: number,
  marks: Marks,
): PatternNode | null {
  let at = 0
  for (let index = 0; index < head.length; index++) {
    const step = head[index] as Step
    const end =
      step.literal === null
        ? takeForward(step, subject, at, limit)
        : matchLiteral(step.literal, subject, at, limit)
    if (end < 0) return step.node
    if (step.slot >= 0) mark(marks, step.slot, at, end)
    at = end
  }
  marks.headEnd = at
  return null
}

/** How many UTF-16 units the character before `end` has, so that the one that `.+` needs is never half of one. */
function lastCharacterLength(subject: Subject, end: number): number {
  const isLow = (subject.charCodeAt(end - 1) & 0xfc00) === 0xdc00
  return isLow && end > 1 && (subject.charCodeAt(end - 2) & 0xfc00) === 0xd800 ? 2 : 1
}

/** Reads a block backward from `end`: where it starts, or `~index` of the step that does not fit. */
function takeBlock(block: readonly Step[], subject: Subject, end: number, marks: Marks): number {
  let at = end
  for (let index = 0; index < block.length; index++) {
    const step = block[index] as Step
    const start = takeBackward(step, subject, at)
    if (start < 0) return ~index
    if (step.slot >= 0) mark(marks, step.slot, start, at)
    at = start
  }
  return at
}

/** Reads a block at the rightmost place that ends by `limit`: where it starts, or a negative number. */
function searchBlock(block: readonly Step[], subject: Subject, limit: number, marks: Marks): number {
  for (let end = limit; end >= 0; end--) {
    const start = takeBlock(block, subject, end, marks)
    if (start >= 0) return start
  }
  return -1
}

function mark({ offsets }: Marks, slot: number, start: number, end: number) {
  offsets[2 * slot] = start
  offsets[2 * slot + 1] = end
}

/** Where the literal at `start` ends, or -1 if it does not stand there or goes past `limit`. */
function matchLiteral(literal: string, subject: Subject, start: number, limit: number): number {
  const end = start + literal.length
  if (start < 0 || end > limit) return -1
  for (let index = 0; index < literal.length; index++) {
    if (subject.charCodeAt(start + index) !== literal.charCodeAt(index)) return -1
  }
  return end
}

function takeForward({ units, min, max }: Step, subject: Subject, start: number, limit: number): number {
  const last = max < limit - start ? start + max : limit
  let at = start
  while (at < last && takes(units, subject.charCodeAt(at))) at++
  return at - start >= min ? at : -1
}

function takeBackward({ literal, units, min, max }: Step, subject: Subject, end: number): number {
  if (literal !== null) return matchLiteral(literal, subject, end - min, end) < 0 ? -1 : end - min
  const first = max < end ? end - max : 0
  let at = end
  while (at > first && takes(units, subject.charCodeAt(at - 1))) at--
  return end - at >= min ? at : -1
}

function takes(units: UnitSet, unit: number): boolean {
  return unit < 128 ? units.ascii[unit] === 1 : units.beyond
}
