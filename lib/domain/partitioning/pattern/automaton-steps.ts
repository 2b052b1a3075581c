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
  /** The last word that can hold a position so many characters after the beginning. */
  highestWord(characters: number): number
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
  const highest = findHighestWords(follow.widest)
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
    highestWord: (characters) => highest[Math.min(characters, highest.length - 1)] as number,
  }
}

/** What stands before or after a place of a path. */
export function kindOf(path: string, at: number): number {
  if (at < 0 || at >= path.length) return EDGE
  return /[0-9A-Za-z_]/.test(path.charAt(at)) ? WORD_CHARACTER : OTHER_CHARACTER
}

/** By characters from the beginning: the last word with a position that so many, or fewer, can lead to. */
function findHighestWords({ starts, list }: FollowTable): number[] {
  const beginning = starts.length - 2
  const seen = new Uint8Array(beginning + 1)
  const highest: number[] = []
  let level = [beginning]
  while (level.length > 0) {
    const next: number[] = []
    for (const position of level) {
      for (let at = starts[position] as number; at < (starts[position + 1] as number); at++) {
        const follower = list[at] as number
        if (seen[follower] === 1) continue
        seen[follower] = 1
        next.push(follower)
      }
    }
    // The pattern's end has the number of the beginning, and no followers.
    const last = next.reduce((most, position) => Math.max(most, position >>> 5), highest.at(-1) ?? 0)
    highest.push(last)
    level = next.filter((position) => position !== beginning)
  }
  return highest
}
