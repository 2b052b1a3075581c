import { findTimeDimension } from '../dimensions'
import type { BoundItem } from '../range/bound-range'
import { type Marks, runHead } from './direct-run'
import { compileSteps, isUnambiguous, type Step } from './direct-steps'
import { createMatchReader } from './match-reader'
import type { PathPattern } from './path-pattern'
import { endsInLastLevel, folderLevelsOf } from './pattern-segments'
import type { Wanted } from './prefix-plan'
import { fieldCount, spanOfFields } from './time-fields'

/**
 * Tells a listing which folders to enter: `filter('/design/2026/')` is false when nothing wanted can be below.
 * It errs towards true: what a level's pattern leaves open is entered.
 */
export function createFolderFilter(pattern: PathPattern, wanted: Wanted): (folder: string) => boolean {
  const { dimensions } = pattern
  const reader = createMatchReader(pattern)
  const levels = folderLevelsOf(pattern).map((nodes) => {
    const steps = compileSteps(nodes, reader.slotOf)
    return steps !== null && isUnambiguous(steps, 'forward', true) ? steps : null
  })
  const mostLevels = endsInLastLevel(pattern) ? levels.length : Number.POSITIVE_INFINITY
  const time = findTimeDimension(dimensions)
  const marks: Marks = { offsets: new Int32Array(2 * reader.slots), headEnd: 0 }

  const isWanted = (item: BoundItem, captured: readonly (string | undefined)[]): boolean =>
    dimensions.every((dimension, index) => {
      const part = item[index]
      if (dimension.type === 'time')
        return isPossible(captured, dimension.params.period, part?.kind === 'periods' ? part : null)
      const value = captured[reader.slotOf({ kind: 'value', dimension: dimension.name, start: 0, end: 0 })]
      return value === undefined || part?.kind !== 'values' || part.values.has(value)
    })

  return (folder) => {
    const captured = new Array<string | undefined>(reader.slots).fill(undefined)
    const segments = folder.split('/').slice(1, -1)
    if (segments.length > mostLevels) return false
    for (const [index, segment] of segments.entries()) {
      const steps = levels[index]
      if (steps === undefined) break
      if (steps !== null && !captureSegment(steps, segment, marks, captured)) return false
    }
    if (wanted !== 'all') return wanted.some((item) => isWanted(item, captured))
    return time === null || isPossible(captured, time.params.period, null)
  }
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

/** Whether the fields captured so far, coarse to fine, can be of a date that exists and lies in the range. */
function isPossible(
  captured: readonly (string | undefined)[],
  period: Parameters<typeof fieldCount>[0],
  range: { from: number; to: number } | null,
): boolean {
  const slots = captured.slice(0, fieldCount(period))
  const unknown = slots.indexOf(undefined)
  const fields = (unknown < 0 ? slots : slots.slice(0, unknown)).map(Number)
  if (fields.length === 0) return true
  const span = spanOfFields(fields, period)
  return span !== null && (range === null || (span.from <= range.to && span.to >= range.from))
}
