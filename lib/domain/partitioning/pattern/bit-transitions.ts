import type { CharacterClasses } from './automaton-classes'
import type { FollowTable } from './automaton-follow'
import type { AutomatonProgram } from './automaton-program'

/** The words of a set of positions that are not all zero: from `low` to `high`, none if `low` is greater. */
export interface Window {
  low: number
  high: number
}

/** Positions p such that p + `distance` may follow them: a whole set of them is found by one shift. */
interface Shift {
  distance: number
  /** The positions that are shifted; one word more than there are, which is zero. */
  mask: Int32Array
}

/** Positions that have the same predecessors: where one of them is in a set, all those are found. */
interface Group {
  members: SparseSet
  predecessors: SparseSet
}

interface SparseSet {
  words: Int32Array
  bits: Int32Array
}

const WORD_BITS = 32

/** How many 32-bit words a set of a program's positions has; the pattern's end is a position too. */
export function countWords({ takes }: AutomatonProgram): number {
  return (takes.length + WORD_BITS) >>> 5
}

/** For each class of characters the positions that take it, `words` for each class. */
export function findTakers(program: AutomatonProgram, classes: CharacterClasses): Int32Array {
  const words = countWords(program)
  const takers = new Int32Array(classes.count * words)
  program.takes.forEach((instruction, position) => {
    const members = classes.members[program.a[instruction] as number]
    for (let column = 0; column < classes.count; column++) {
      if (members?.[column] === 1) addBit(takers, column * words, position)
    }
  })
  return takers
}

/**
 * Steps from the positions that fit at one place to those that fit before it, all at once: those that take the character
 * between, and that one of the fitting may follow. Most follow at a short distance in the pattern (a character after the
 * one before it, one of a run after itself) and are found by shifting words; the others by groups.
 */
export class BitTransitions {
  private readonly loops: Int32Array
  private readonly chains: Int32Array
  private readonly shifts: readonly Shift[]
  private readonly groups: readonly Group[]

  constructor(
    private readonly words: number,
    private readonly takers: Int32Array,
    follow: FollowTable,
  ) {
    const predecessors = findPredecessors(follow)
    const shifts = chooseShifts(predecessors, words)
    const maskOf = (distance: number) =>
      shifts.find((shift) => shift.distance === distance)?.mask ?? new Int32Array(words + 1)
    this.loops = maskOf(0)
    this.chains = maskOf(1)
    this.shifts = shifts.filter(({ distance }) => distance > 1)
    this.groups = chooseGroups(predecessors, new Set(shifts.map(({ distance }) => distance)))
  }

  /**
   * @param bits the set at `from`, and zeros at `to` and behind the last set
   * @param column the class of the character between
   * @param asked the words that are asked for, ascending; in others anything may be left
   * @param window of the one set before, of the other after
   */
  step(bits: Int32Array, from: number, to: number, column: number, asked: Int32Array, window: Window): void {
    this.joinGroups(bits, from, to, window)
    const { words, takers, loops, chains, shifts } = this
    const first = window.low
    const last = window.high
    const taken = column * words
    let low = words
    let high = -1
    for (let at = 0; at < asked.length; at++) {
      const word = asked[at] as number
      if (word < first) continue
      if (word > last) break
      const here = bits[from + word] as number
      // Behind the last word stands whatever comes next, of which the masks take nothing.
      const after = bits[from + word + 1] as number
      let found = (bits[to + word] as number) | (here & (loops[word] as number))
      found |= ((here & (chains[word] as number)) >>> 1) | ((after & (chains[word + 1] as number)) << 31)
      for (let index = 0; index < shifts.length; index++) {
        const { distance, mask } = shifts[index] as Shift
        found |= (here & (mask[word] as number)) >>> distance
        found |= (after & (mask[word + 1] as number)) << (WORD_BITS - distance)
      }
      found &= takers[taken + word] as number
      bits[to + word] = found
      if (found === 0) continue
      if (low > word) low = word
      high = word
    }
    window.low = low
    window.high = high
  }

  /** Writes what the groups find, and widens the window by it and by what shifts may find. */
  private joinGroups(bits: Int32Array, from: number, to: number, window: Window): void {
    let low = window.low > 0 ? window.low - 1 : 0
    let { high } = window
    for (let index = 0; index < this.groups.length; index++) {
      const { members, predecessors } = this.groups[index] as Group
      if (!holdsAny(members, bits, from, window)) continue
      const { words } = predecessors
      for (let at = 0; at < words.length; at++) {
        const word = to + (words[at] as number)
        bits[word] = (bits[word] as number) | (predecessors.bits[at] as number)
      }
      low = Math.min(low, words[0] as number)
      high = Math.max(high, words[words.length - 1] as number)
    }
    window.low = low
    window.high = high
  }
}

function holdsAny({ words, bits }: SparseSet, all: Int32Array, from: number, { low, high }: Window): boolean {
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as number
    if (word > high) return false
    if (word >= low && ((all[from + word] as number) & (bits[at] as number)) !== 0) return true
  }
  return false
}

/** For each position, ascending, those that it may follow. The beginning is none of them. */
function findPredecessors({ starts, list }: FollowTable): number[][] {
  const positions = starts.length - 2
  const predecessors: number[][] = Array.from({ length: positions + 1 }, () => [])
  for (let position = 0; position < positions; position++) {
    for (let at = starts[position] as number; at < (starts[position + 1] as number); at++)
      predecessors[list[at] as number]?.push(position)
  }
  return predecessors
}

/** The distances that pay: each costs a few operations for each word, a group about as much for itself. */
function chooseShifts(predecessors: readonly number[][], words: number): Shift[] {
  const followers = Array.from({ length: WORD_BITS }, (): number[] => [])
  for (const [position, before] of predecessors.entries()) {
    for (const one of before) followers[position - one]?.push(position)
  }
  return followers.flatMap((positions, distance) => {
    if (positions.length <= (distance < 2 ? 0 : words + 2)) return []
    const mask = new Int32Array(words + 1)
    for (const position of positions) addBit(mask, 0, position)
    return [{ distance, mask }]
  })
}

/** The positions that shifts leave a predecessor of, with those that have all the same. */
function chooseGroups(predecessors: readonly number[][], shifted: ReadonlySet<number>): Group[] {
  const membersOf = new Map<string, number[]>()
  for (const [position, before] of predecessors.entries()) {
    if (before.every((one) => shifted.has(position - one))) continue
    const key = before.join()
    const members = membersOf.get(key)
    if (members === undefined) membersOf.set(key, [position])
    else members.push(position)
  }
  return [...membersOf.values()].map((members) => ({
    members: toSparseSet(members),
    predecessors: toSparseSet(predecessors[members[0] as number] ?? []),
  }))
}

function toSparseSet(positions: readonly number[]): SparseSet {
  const bitsOf = new Map<number, number>()
  for (const position of positions)
    bitsOf.set(position >>> 5, (bitsOf.get(position >>> 5) ?? 0) | (1 << (position & 31)))
  return { words: Int32Array.from(bitsOf.keys()), bits: Int32Array.from(bitsOf.values()) }
}

function addBit(bits: Int32Array, start: number, position: number): void {
  const word = start + (position >>> 5)
  bits[word] = (bits[word] as number) | (1 << (position & 31))
}
