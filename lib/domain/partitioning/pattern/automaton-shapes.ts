import { normalizeRanges, type Ranges } from './char-set'
import type { PatternNode } from './pattern-nodes'
import { rangesOfSet } from './unicode-ranges'

/** Up to here a count is written out: that costs about as much as counting. */
export const LONGEST_CHAIN = 62

/** The sets of the characters of a node that always takes the same number of them, if they are few; otherwise null. */
export function chainOf(node: PatternNode): Ranges[] | null {
  switch (node.kind) {
    case 'literal':
      return [...node.text].map(only)
    case 'set':
      return [rangesOfSet(node)]
    case 'sequence': {
      const parts = node.nodes.map(chainOf)
      return parts.every((part) => part !== null) ? parts.flat() : null
    }
    case 'alternation': {
      const options = node.options.map(chainOf)
      const isSet = options.every((option) => option?.length === 1)
      return isSet ? [joinSets(options.flatMap((option) => option ?? []))] : null
    }
    case 'repeat': {
      const chain = node.min === node.max ? chainOf(node.node) : null
      if (chain === null || chain.length * node.min > LONGEST_CHAIN) return null
      return new Array<Ranges[]>(node.min).fill(chain).flat()
    }
    default:
      return null
  }
}

/** Sets of characters each of which is a way to match a node, wherever it stands. */
export function setsAlone(node: PatternNode): Ranges[] {
  const chain = chainOf(node)
  if (chain !== null) return chain.length === 1 ? chain : []
  switch (node.kind) {
    case 'alternation':
      return node.options.flatMap(setsAlone)
    case 'sequence':
      return node.nodes.flatMap((part) =>
        node.nodes.every((other) => other === part || isOptional(other)) ? setsAlone(part) : [],
      )
    case 'repeat':
      return node.max > 0 && (node.min <= 1 || isOptional(node.node)) ? setsAlone(node.node) : []
    default:
      return []
  }
}

/** Whether a node matches nothing too, wherever it stands. */
function isOptional(node: PatternNode): boolean {
  if (node.kind === 'sequence') return node.nodes.every(isOptional)
  if (node.kind === 'alternation') return node.options.some(isOptional)
  return node.kind === 'repeat' && (node.min === 0 || isOptional(node.node))
}

/** All characters of some sets. */
export const joinSets = (sets: readonly Ranges[]): Ranges => normalizeRanges(sets.flat())

function only(character: string): Ranges {
  const codePoint = character.codePointAt(0) ?? 0
  return [[codePoint, codePoint]]
}

/** Whether a node may match nothing somewhere. */
export function mayBeEmpty(node: PatternNode): boolean {
  switch (node.kind) {
    case 'literal':
      return node.text === ''
    case 'assertion':
      return true
    case 'sequence':
      return node.nodes.every(mayBeEmpty)
    case 'alternation':
      return node.options.some(mayBeEmpty)
    case 'repeat':
      return node.min === 0 || mayBeEmpty(node.node)
    default:
      return false
  }
}
