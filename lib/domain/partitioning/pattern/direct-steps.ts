import { ANY } from './char-set'
import { type PatternNode, SPECIFIER_DIGITS } from './pattern-nodes'
import {
  DIGIT_UNITS,
  NO_UNITS,
  overlaps,
  type UnitSet,
  unitsOf,
  unitsOfCharacter,
  VALUE_UNITS,
} from './unit-set'

/** One piece of a direct program. Only steps with `min < max` leave a choice, and the program's shape shows it is none. */
export interface Step {
  /** Set on literals; the other steps take `min` to `max` units of `units`. */
  literal: string | null
  units: UnitSet
  min: number
  max: number
  /** Where the captured offsets go, or -1. */
  slot: number
  node: PatternNode
}

/** The steps of some nodes, or null if one of them is no literal, specifier or single-class run. */
export function compileSteps(
  nodes: readonly PatternNode[],
  slotOf: (node: PatternNode) => number,
): Step[] | null {
  const steps: Step[] = []
  for (const node of nodes) {
    const step = compileStep(node, slotOf(node))
    if (step === null) return null
    steps.push(step)
  }
  return steps
}

/** The step of a node, or null if it is no literal, specifier or single-class run. */
export function compileStep(node: PatternNode, slot: number): Step | null {
  switch (node.kind) {
    case 'literal':
      return { literal: node.text, units: NO_UNITS, min: node.text.length, max: node.text.length, slot, node }
    case 'time': {
      const digits = SPECIFIER_DIGITS[node.specifier]
      return { literal: null, units: DIGIT_UNITS, min: digits, max: digits, slot, node }
    }
    case 'value':
      return { literal: null, units: VALUE_UNITS, min: 1, max: Number.POSITIVE_INFINITY, slot, node }
    case 'set':
      return compileRun(node, 1, 1, node)
    case 'repeat':
      return compileRun(node.node, node.min, node.max, node)
    default:
      return null
  }
}

/**
 * A run of one set. A set with characters beyond ASCII is taken only whole and uncounted: a UTF-16 unit may be
 * half a character there, which counting and partial sets would tell apart.
 */
function compileRun(inner: PatternNode, min: number, max: number, node: PatternNode): Step | null {
  const units = unitsOf(inner)
  if (units === null) return null
  if (units.beyond && (min > 1 || max !== Number.POSITIVE_INFINITY)) return null
  return { literal: null, units, min, max, slot: -1, node }
}

/** Whether a node is `.*` or `.+`. */
export function isFree(node: PatternNode): boolean {
  return (
    node.kind === 'repeat' &&
    node.max === Number.POSITIVE_INFINITY &&
    node.min <= 1 &&
    node.node.kind === 'set' &&
    node.node.ranges === ANY
  )
}

/** Tells whether a step always takes the same number of units. */
export const isFixed = (step: Step) => step.min === step.max

/** The units at the left or right edge of a step. */
export function edgeUnits(step: Step, side: 'left' | 'right'): UnitSet {
  if (step.literal === null) return step.units
  return unitsOfCharacter(step.literal.at(side === 'left' ? 0 : -1) ?? '')
}

/**
 * Whether every run of variable length, taken as long as possible in reading order, is the only choice: what
 * is read next cannot begin with one of its characters. `openEnded` says that nothing read after the last
 * step depends on where it stops.
 */
export function isUnambiguous(
  steps: readonly Step[],
  reading: 'forward' | 'backward',
  openEnded: boolean,
): boolean {
  const edge = reading === 'forward' ? 'left' : 'right'
  return steps.every((step, index) => {
    if (isFixed(step)) return true
    for (const next of steps.slice(index + 1)) {
      if (overlaps(step.units, edgeUnits(next, edge))) return false
      if (next.min > 0) return true
    }
    return openEnded
  })
}
