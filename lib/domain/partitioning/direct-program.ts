import { ANY, type Ranges } from './char-set'
import type { PatternNode, SetNode } from './pattern-nodes'
import { SPECIFIER_DIGITS } from './pattern-nodes'
import { SPECIFIERS } from './pattern-rules'

/** Which UTF-16 units a step takes: the ASCII ones by table, all others together. */
export interface UnitSet {
  ascii: Uint8Array
  beyond: boolean
}

/** One piece of a direct program. Only steps with `min < max` leave a choice, and `isUnambiguous` shows it is none. */
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

/**
 * A pattern as literals, specifiers and single-class runs around at most one `.*`.
 *
 * Linear time: every step's extent is decided by looking at each of its characters once and never again. That
 * is sound because a run is always followed by something that cannot begin with one of the run's characters
 * (`isUnambiguous`), so the longest run is the only one that can succeed and nothing is ever retried. What
 * stands after the one `.*` is read from the end of the path by the mirrored rule, and `.*` takes the rest
 * without being looked at. A match costs at most one look per character of the path and per character of the
 * pattern; patterns outside these shapes are refused here and go to the RE2 engine.
 */
export interface DirectProgram {
  head: readonly Step[]
  /** The `.*` (`min` 0) or `.+` (`min` 1), and what follows it, last step first. */
  free: { min: number; node: PatternNode } | null
  tail: readonly Step[]
  slots: number
}

/** The program of a pattern's top-level nodes, or null if its shape needs the RE2 engine. */
export function compileDirectProgram(
  nodes: readonly PatternNode[],
  slotOf: (node: PatternNode) => number,
): DirectProgram | null {
  const parts = dropOuterAnchors(nodes)
  const freeIndexes = parts.flatMap((node, index) => (isFree(node) ? [index] : []))
  if (freeIndexes.length > 1) return null
  const [freeIndex = parts.length] = freeIndexes
  const head = compileSteps(parts.slice(0, freeIndex), slotOf)
  const tail = compileSteps(parts.slice(freeIndex + 1), slotOf)?.reverse() ?? null
  if (head === null || tail === null || !isUnambiguous(head, true) || !isUnambiguous(tail, false)) return null
  const free = parts[freeIndex]
  const slots = Math.max(SPECIFIERS.length, ...[...head, ...tail].map((step) => step.slot + 1))
  return { head, free: free?.kind === 'repeat' ? { min: free.min, node: free } : null, tail, slots }
}

/** The whole path is matched anyway, so that `^` in front and `$` behind say nothing. */
function dropOuterAnchors(nodes: readonly PatternNode[]): readonly PatternNode[] {
  const isAnchor = (node: PatternNode | undefined, source: string) =>
    node?.kind === 'assertion' && node.source === source
  const start = isAnchor(nodes[0], '^') ? 1 : 0
  const end = isAnchor(nodes.at(-1), '$') ? nodes.length - 1 : nodes.length
  return nodes.slice(start, Math.max(start, end))
}

function isFree(node: PatternNode): boolean {
  return (
    node.kind === 'repeat' &&
    node.max === Number.POSITIVE_INFINITY &&
    node.min <= 1 &&
    node.node.kind === 'set' &&
    node.node.ranges === ANY
  )
}

function compileSteps(nodes: readonly PatternNode[], slotOf: (node: PatternNode) => number): Step[] | null {
  const steps: Step[] = []
  for (const node of nodes) {
    const step = compileStep(node, slotOf(node))
    if (step === null) return null
    steps.push(step)
  }
  return steps
}

function compileStep(node: PatternNode, slot: number): Step | null {
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
      return node.max > 0 && node.min <= node.max ? compileRun(node.node, node.min, node.max, node) : null
    default:
      return null
  }
}

/**
 * A run of one set. A set with characters beyond ASCII is taken only whole and uncounted: a UTF-16 unit may be
 * half a character there, which counting and partial sets would tell apart.
 */
function compileRun(inner: PatternNode, min: number, max: number, node: PatternNode): Step | null {
  const set =
    inner.kind === 'literal' && inner.text.length === 1
      ? literalUnits(inner.text)
      : inner.kind === 'set'
        ? setUnits(inner)
        : null
  if (set === null) return null
  if (set.beyond && (min > 1 || max !== Number.POSITIVE_INFINITY)) return null
  return { literal: null, units: set, min, max, slot: -1, node }
}

const LAST_CODE_POINT = 0x10ffff

function setUnits({ ranges, unicodeClasses }: SetNode): UnitSet | null {
  if (unicodeClasses.length > 0) return null
  const beyond = ranges.some(([from, to]) => from <= 0x80 && to === LAST_CODE_POINT)
  if (!beyond && ranges.some(([, to]) => to >= 0x80)) return null
  return { ascii: asciiTable(ranges), beyond }
}

function literalUnits(text: string): UnitSet | null {
  const unit = text.charCodeAt(0)
  return unit < 0x80 ? { ascii: asciiTable([[unit, unit]]), beyond: false } : null
}

function asciiTable(ranges: Ranges): Uint8Array {
  const table = new Uint8Array(128)
  for (const [from, to] of ranges) table.fill(1, Math.min(from, 128), Math.min(to + 1, 128))
  return table
}

const NO_UNITS: UnitSet = { ascii: new Uint8Array(128), beyond: false }
const DIGIT_UNITS: UnitSet = { ascii: asciiTable([[0x30, 0x39]]), beyond: false }
const VALUE_UNITS: UnitSet = {
  ascii: asciiTable([
    [0, 0x2e],
    [0x30, 0x7f],
  ]),
  beyond: true,
}

/**
 * Whether each run of variable length, taken as long as possible, is the only choice: nothing that may come
 * next begins with one of its characters. In the head the `.*` may come next, since giving it less is never
 * better for what was captured; in the tail (mirrored) it may not, since there the `.*` is the greedy one.
 */
function isUnambiguous(steps: readonly Step[], freeMayFollow: boolean): boolean {
  return steps.every((step, index) => {
    if (step.min === step.max) return true
    for (const next of steps.slice(index + 1)) {
      if (overlaps(step.units, nearUnits(next, freeMayFollow))) return false
      if (next.min > 0) return true
    }
    return freeMayFollow
  })
}

/** The units with which a step may begin, seen from the side that is read first. */
function nearUnits(step: Step, fromStart: boolean): UnitSet {
  if (step.literal === null) return step.units
  const unit = step.literal.charCodeAt(fromStart ? 0 : step.literal.length - 1)
  return literalUnits(String.fromCharCode(unit)) ?? { ascii: NO_UNITS.ascii, beyond: true }
}

function overlaps(a: UnitSet, b: UnitSet): boolean {
  return (a.beyond && b.beyond) || a.ascii.some((taken, unit) => taken === 1 && b.ascii[unit] === 1)
}
