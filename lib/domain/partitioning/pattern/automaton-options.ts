import { chainOf, joinSets } from './automaton-shapes'
import type { Ranges } from './char-set'
import type { PatternNode } from './pattern-nodes'

/** Neighbours of an alternation's options that one instruction takes. */
export type OptionGroup =
  | { kind: 'words'; words: string[] }
  | { kind: 'set'; set: Ranges }
  | { kind: 'node'; node: PatternNode }

/** Fewer are cheaper one by one. */
const FEWEST_WORDS = 8

/**
 * Options in groups, in their order: lists of words, and neighbours that are one character each, which become one set, as
 * which of them comes first makes no difference.
 */
export function groupOptions(options: readonly PatternNode[], mayListWords: boolean): OptionGroup[] {
  const groups: OptionGroup[] = []
  for (let index = 0; index < options.length; ) {
    const words = mayListWords ? takeWhile(options, index, textOf) : []
    const sets = takeWhile(options, index, setOf)
    if (words.filter(isNoCharacter).length >= FEWEST_WORDS) groups.push({ kind: 'words', words })
    else if (sets.length > 0) groups.push({ kind: 'set', set: joinSets(sets) })
    else groups.push({ kind: 'node', node: options[index] as PatternNode })
    const last = groups.at(-1)
    index += last?.kind === 'words' ? words.length : Math.max(1, sets.length)
  }
  return groups
}

function takeWhile<T>(
  options: readonly PatternNode[],
  start: number,
  read: (option: PatternNode) => T | null,
): T[] {
  const taken: T[] = []
  for (let index = start; index < options.length; index++) {
    const value = read(options[index] as PatternNode)
    if (value === null) break
    taken.push(value)
  }
  return taken
}

/** The text of a node that is nothing else. */
function textOf(node: PatternNode): string | null {
  if (node.kind === 'literal') return node.text
  if (node.kind !== 'sequence') return null
  const texts = node.nodes.map(textOf)
  return texts.includes(null) ? null : texts.join('')
}

function setOf(node: PatternNode): Ranges | null {
  const [only, ...others] = chainOf(node) ?? []
  return only !== undefined && others.length === 0 ? only : null
}

const isNoCharacter = (word: string) => [...word].length !== 1
