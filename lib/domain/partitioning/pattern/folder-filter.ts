import { findTimeDimension } from '../dimensions'
import type { Period } from '../periods'
import type { BoundItem } from '../range/bound-range'
import { coverItems } from '../range/wide-items'
import { type Marks, runHead } from './direct-run'
import { compileSteps, isUnambiguous, type Step } from './direct-steps'
import { createMatchReader } from './match-reader'
import type { PathPattern } from './path-pattern'
import { endsInLastLevel, folderLevelsOf } from './pattern-segments'
import type { Wanted } from './prefix-plan'
import { fieldCount, isInRange, spanOfFields } from './time-fields'

/** A folder is held against as many items; more are taken for one that holds all of them, since a page has a thousand folders. */
const MOST_TRIED = 64

/**
 * Tells a listing which folders to enter: `filter('/design/2026/')` is false when nothing wanted can be below.
 * It errs towards true: what a level's pattern leaves open is entered.
 */
export function createFolderFilter(pattern: PathPattern, wanted: Wanted): (folder: string) => boolean {
  const { dimensions } = pattern
  const { slotOf, capture } = createFolderReader(pattern)
  const time = findTimeDimension(dimensions)
  const tried = wanted !== 'all' && wanted.length > MOST_TRIED ? [coverItems(wanted, dimensions)] : wanted

  const isWanted = (item: BoundItem, captured: Captured): boolean =>
    dimensions.every((dimension, index) => {
      const part = item[index]
      if (dimension.type === 'time')
        return isPossible(captured, dimension.params.period, part?.kind === 'periods' ? part : null)
      const value = captured[slotOf({ kind: 'value', dimension: dimension.name, start: 0, end: 0 })]
      return value === undefined || part?.kind !== 'values' || part.values.has(value)
    })

  return (folder) => {
    const captured = capture(folder)
    if (captured === null) return false
    if (tried !== 'all') return tried.some((item) => isWanted(item, captured))
    return time === null || isPossible(captured, time.params.period, null)
  }
}

/** Tells which periods, by their ordinals, what is in a folder can be of; null where its path says nothing of it. */
export function createFolderDates(pattern: PathPattern): (folder: string) => Span | null {
  const { capture } = createFolderReader(pattern)
  const period = findTimeDimension(pattern.dimensions)?.params.period
  return (folder) => {
    const captured = capture(folder)
    if (captured === null || period === undefined) return null
    const fields = knownFields(captured, period)
    return fields.length === 0 ? null : spanOfFields(fields, period)
  }
}

type Span = { from: number; to: number }
/** What the levels of a folder's path say, by slot. */
type Captured = readonly (string | undefined)[]

/** Reads the levels of folders that a pattern fixes; null where a folder can hold nothing that matches it. */
function createFolderReader(pattern: PathPattern) {
  const { slotOf, slots } = createMatchReader(pattern)
  const levels = folderLevelsOf(pattern).map((nodes) => {
    const steps = compileSteps(nodes, slotOf)
    return steps !== null && isUnambiguous(steps, 'forward', true) ? steps : null
  })
  const mostLevels = endsInLastLevel(pattern) ? levels.length : Number.POSITIVE_INFINITY
  const marks: Marks = { offsets: new Int32Array(2 * slots), headEnd: 0 }

  const capture = (folder: string): Captured | null => {
    const captured = new Array<string | undefined>(slots).fill(undefined)
    const segments = folder.split('/').slice(1, -1)
    if (segments.length > mostLevels) return null
    for (const [index, segment] of segments.entries()) {
      const steps = levels[index]
      if (steps === undefined) break
      if (steps !== null && !captureSegment(steps, segment, marks, captured)) return null
    }
    return captured
  }
  return { slotOf, capture }
}

function captureSegment(
  steps: readonly Step[],
  segment: string,
  marks: Marks,
  captured: (string | undefined)[],
): boolean {
  if (runHead(steps, segment, segment.length, marks) !== null || marks.headEnd !== segment.length)
    return false
  for (const { slot } of steps) {
    if (slot >= 0) captured[slot] = segment.slice(marks.offsets[2 * slot], marks.offsets[2 * slot + 1])
  }
  return true
}

/**
 * Whether the fields captured so far can be of a date that exists and lies in the range. Where finer fields stand above
 * coarser ones, as in `22/11/2026`, a range tells which of them it has.
 */
function isPossible(captured: Captured, period: Period, range: Span | null): boolean {
  const fields = knownFields(captured, period)
  const span = fields.length === 0 ? null : spanOfFields(fields, period)
  if (fields.length > 0 && span === null) return false
  if (range === null) return true
  if (span !== null && (span.from > range.to || span.to < range.from)) return false
  const sparse = captured
    .slice(0, fieldCount(period))
    .map((field) => (field === undefined ? field : Number(field)))
  const isSparse = sparse.some((field, index) => field !== undefined && index >= fields.length)
  return !isSparse || isInRange(sparse, period, range)
}

function knownFields(captured: Captured, period: Period): number[] {
  const slots = captured.slice(0, fieldCount(period))
  const unknown = slots.indexOf(undefined)
  return (unknown < 0 ? slots : slots.slice(0, unknown)).map(Number)
}
