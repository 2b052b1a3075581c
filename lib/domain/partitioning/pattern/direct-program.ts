import {
  compileStep,
  compileSteps,
  edgeUnits,
  isFixed,
  isFree,
  isUnambiguous,
  type Step,
} from './direct-steps'
import type { PatternNode } from './pattern-nodes'
import { overlaps } from './unit-set'

/** A `.*` (`min` 0) or `.+` (`min` 1), and the block of steps after it, last step first. */
export interface Gap {
  min: number
  node: PatternNode
  block: readonly Step[]
}

/**
 * A pattern as literals, specifiers and single-class runs around any number of `.*`.
 *
 * Linear time. The head is read forward: a run is always followed by something that cannot begin with one of
 * its characters (`isUnambiguous`), so the longest run is the only one that can succeed and nothing is retried.
 * The block after the last `.*` is read backward from the path's end by the mirrored rule. A block between two
 * `.*` is searched from the right: a greedy `.*` means the rightmost place that leaves room for the rest. It
 * holds at most one run, between two pieces of fixed length whose edges the run cannot take; so a failed
 * attempt looks at no run that another attempt looks at, and each character is looked at no more than once
 * for each piece of the pattern. `.*` itself takes the rest without looking.
 */
export interface DirectProgram {
  head: readonly Step[]
  gaps: readonly Gap[]
}

/** The program of a pattern's top-level nodes, or null if its shape needs an automaton. */
export function compileDirectProgram(
  nodes: readonly PatternNode[],
  slotOf: (node: PatternNode) => number,
): DirectProgram | null {
  const parts = dropOuterAnchors(nodes)
  const frees = parts.flatMap((node, index) => (isFree(node) ? [index] : []))
  const head = compileSteps(parts.slice(0, frees[0] ?? parts.length), slotOf)
  if (head === null || !isUnambiguous(head, 'forward', true)) return null
  const gaps: Gap[] = []
  for (const [index, free] of frees.entries()) {
    const isLast = index === frees.length - 1
    const node = parts[free]
    const block = compileSteps(parts.slice(free + 1, frees[index + 1] ?? parts.length), slotOf)?.reverse()
    if (node?.kind !== 'repeat' || block === undefined) return null
    // Which of several blocks a lazy `.*?` would choose is another question than the rightmost one.
    if (frees.length > 1 && node.lazy) return null
    if (!(isLast ? isUnambiguous(block, 'backward', false) : isSearchable(block))) return null
    gaps.push({ min: node.min, node, block })
  }
  return { head, gaps }
}

/**
 * Splits a pattern for an automaton: the longest unambiguous head that ends in a piece of fixed length, so that
 * the rest begins at one place only. The head is empty if there is none, or if the rest asks what stands before it.
 */
export function splitHead(
  nodes: readonly PatternNode[],
  slotOf: (node: PatternNode) => number,
): { head: readonly Step[]; rest: readonly PatternNode[] } {
  const parts = dropOuterAnchors(nodes)
  const head: Step[] = []
  for (const node of parts) {
    const step = isFree(node) ? null : compileStep(node, slotOf(node))
    if (step === null) break
    head.push(step)
  }
  while (head.length > 0 && !(isFixed(head.at(-1) as Step) && isUnambiguous(head, 'forward', false)))
    head.pop()
  const rest = parts.slice(head.length)
  return rest.some(holdsAssertion) ? { head: [], rest: parts } : { head, rest }
}

function isSearchable(reversed: readonly Step[]): boolean {
  const runs = reversed.flatMap((step, index) => (isFixed(step) ? [] : [index]))
  const [run] = runs
  if (run === undefined) return true
  const [step, after, before] = [reversed[run], reversed[run - 1], reversed[run + 1]]
  if (runs.length > 1 || step === undefined || after === undefined || before === undefined) return false
  return [after, before].every((neighbour) =>
    (['left', 'right'] as const).every(
      (side) => neighbour.min > 0 && !overlaps(step.units, edgeUnits(neighbour, side)),
    ),
  )
}

/** The whole path is matched anyway, so that `^` in front and `$` behind say nothing. */
function dropOuterAnchors(nodes: readonly PatternNode[]): readonly PatternNode[] {
  const isAnchor = (node: PatternNode | undefined, source: string) =>
    node?.kind === 'assertion' && node.source === source
  const start = isAnchor(nodes[0], '^') ? 1 : 0
  const end = isAnchor(nodes.at(-1), '$') ? nodes.length - 1 : nodes.length
  return nodes.slice(start, Math.max(start, end))
}

function holdsAssertion(node: PatternNode): boolean {
  switch (node.kind) {
    case 'assertion':
      return true
    case 'repeat':
      return holdsAssertion(node.node)
    case 'sequence':
      return node.nodes.some(holdsAssertion)
    case 'alternation':
      return node.options.some(holdsAssertion)
    default:
      return false
  }
}
