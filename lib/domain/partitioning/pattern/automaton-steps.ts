import { type CharacterClasses, classifyCharacters } from './automaton-classes'
import {
  EDGE,
  type Follow,
  type FollowTable,
  findFollow,
  OTHER_CHARACTER,
  WORD_CHARACTER,
} from './automaton-follow'
import type { AutomatonProgram } from './automaton-program'
import { BitTransitions, countWords, findTakers } from './bit-transitions'

/** How sets of positions come from one another, from a path's end to its beginning. */
export interface AutomatonSteps {
  readonly classes: CharacterClasses
  /** How many 32-bit words a set has. */
  readonly words: number
  readonly follow: Follow
  /** The transitions over a character of a class, given the kind of the character after it. */
  between(column: number, after: number): BitTransitions
  /** Puts the set of the path's end at a place of `bits`. */
  markEnd(bits: Int32Array, at: number): void
  /** All words, ascending. */
  readonly allWords: Int32Array
  /** By characters from the beginning: the words with positions that so many, or fewer, can lead to; all beyond. */
  readonly wordsWithin: readonly Int32Array[]
}

/** The steps of a program, or null where `findFollow` has none. */
export function createSteps(program: AutomatonProgram): AutomatonSteps | null {
  const follow = findFollow(program)
  if (follow === null) return null
  const classes = classifyCharacters(program.sets, program.hasAssertions)
  const words = countWords(program)
  const takers = findTakers(program, classes)
  const made = new Map<FollowTable, BitTransitions>()
  const transitionsOf = (table: FollowTable) => {
    const transitions = made.get(table) ?? new BitTransitions(words, takers, table)
    made.set(table, transitions)
    return transitions
  }
  const only = program.hasAssertions ? null : transitionsOf(follow.widest)
  const allWords = Int32Array.from({ length: words }, (_, word) => word)
  const end = program.takes.length
  return {
    classes,
    words,
    follow,
    between(column, after) {
      if (only !== null) return only
      const before = classes.words[column] === 1 ? WORD_CHARACTER : OTHER_CHARACTER
      return transitionsOf(follow.between(before, after))
    },
    markEnd(bits, at) {
      bits[at + (end >>> 5)] = 1 << (end & 31)
    },
    allWords,
    wordsWithin: findWordsWithin(follow.widest),
  }
}

/** What stands before or after a place of a path. */
export function kindOf(path: string, at: number): number {
  if (at < 0 || at >= path.length) return EDGE
  return /[0-9A-Za-z_]/.test(path.charAt(at)) ? WORD_CHARACTER : OTHER_CHARACTER
}

/** Keys are no longer; so many lists at most are kept. */
const MOST_CHARACTERS = 1024

/** By characters from the beginning: the words with positions that so many, or fewer, can lead to. */
function findWordsWithin({ starts, list }: FollowTable): Int32Array[] {
  // The pattern's end has the number of the beginning, and no followers.
  const beginning = starts.length - 2
  const seen = new Uint8Array(beginning + 1)
  const words = new Set<number>()
  const within: Int32Array[] = []
  let level = [beginning]
  while (level.length > 0 && within.length < MOST_CHARACTERS) {
    const next: number[] = []
    const wordsBefore = words.size
    for (const position of level) {
      for (let at = starts[position] as number; at < (starts[position + 1] as number); at++) {
        const follower = list[at] as number
        if (seen[follower] === 1) continue
        seen[follower] = 1
        words.add(follower >>> 5)
        if (follower !== beginning) next.push(follower)
      }
    }
    const known = within.at(-1)
    within.push(known !== undefined && words.size === wordsBefore ? known : Int32Array.from(words).sort())
    level = next
  }
  return within
}
