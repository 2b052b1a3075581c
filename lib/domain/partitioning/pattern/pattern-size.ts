import type { Issue } from '../../result'
import { compileAutomatonProgram } from './automaton-program'
import { estimateWork } from './automaton-work'
import { compileDirectProgram, splitHead } from './direct-program'
import type { PatternNode, SequenceNode } from './pattern-nodes'
import { MAX_REPEAT } from './pattern-quantifier'

/** So many states are laid out at most before it is worked out what they cost. */
const MAX_STATES = 20_000
/** What a path of a hundred characters leaves time for where 200,000 are to be matched in a second. */
const MOST_WORK = 140

/** Repetitions that would unroll into a machine too large to build. */
export function findOversize(root: SequenceNode): Issue[] {
  const nested = findNestedRepeat(root, MAX_REPEAT)
  if (nested !== null) {
    return [
      {
        reason: 'repeat-too-large',
        message: `Repetitions inside one another may count to ${MAX_REPEAT} together.`,
        start: nested.start,
        end: nested.end,
      },
    ]
  }
  const large = countStates(root) > MAX_STATES ? root : isTooMuch(root) ? findLargest(root) : null
  if (large === null) return []
  return [
    {
      reason: 'pattern-too-large',
      message:
        'The pattern is too large to match many paths quickly: count less far here, or list fewer alternatives.',
      start: large.start,
      end: large.end,
    },
  ]
}

/** The top-level node that makes the most work. */
function findLargest({ nodes }: SequenceNode): PatternNode {
  const work = nodes.map((node) => workOf([node]))
  return nodes[work.indexOf(Math.max(...work))] as PatternNode
}

function findNestedRepeat(node: PatternNode, budget: number): PatternNode | null {
  if (node.kind === 'sequence') return firstOf(node.nodes, budget)
  if (node.kind === 'alternation') return firstOf(node.options, budget)
  if (node.kind !== 'repeat') return null
  const count = unrolledCount(node)
  return count > budget ? node : findNestedRepeat(node.node, count > 1 ? Math.floor(budget / count) : budget)
}

function firstOf(nodes: readonly PatternNode[], budget: number): PatternNode | null {
  for (const node of nodes) {
    const found = findNestedRepeat(node, budget)
    if (found !== null) return found
  }
  return null
}

function unrolledCount({ min, max }: { min: number; max: number }): number {
  return Number.isFinite(max) ? max : min
}

/** How many states an engine needs for a node, its repetitions written out. */
function countStates(node: PatternNode): number {
  switch (node.kind) {
    case 'literal':
      return node.text.length
    case 'sequence':
      return node.nodes.reduce((sum, part) => sum + countStates(part), 0)
    case 'alternation':
      return node.options.reduce((sum, part) => sum + countStates(part), 1)
    case 'repeat':
      return Math.max(1, unrolledCount(node)) * countStates(node.node) + 1
    default:
      return 1
  }
}

function isTooMuch({ nodes }: SequenceNode): boolean {
  const slotOf = () => 0
  return compileDirectProgram(nodes, slotOf) === null && workOf(splitHead(nodes, slotOf).rest) > MOST_WORK
}

function workOf(nodes: readonly PatternNode[]): number {
  return estimateWork(compileAutomatonProgram(nodes, () => 0))
}
