import { EDGE, type FollowTable, OTHER_CHARACTER, WORD_CHARACTER } from './automaton-follow'
import { type AutomatonProgram, compileAutomatonProgram } from './automaton-program'
import { AT_END, AutomatonStates, DEAD } from './automaton-states'
import { type AutomatonSteps, createSteps, kindOf } from './automaton-steps'
import type { PatternNode } from './pattern-nodes'

/** Matches the rest of a path from an offset on, leaving what its specifiers captured in `offsets`. */
export type Capture = (path: string, from: number, offsets: Int32Array) => boolean

/** Which positions fit at each place of a path: those that can take the character there so that the rest matches. */
interface Fitting {
  bits: Int32Array
  /** Where in `bits` the set of each place begins, by offset from the beginning. */
  sets: Int32Array
}

/** Reads a path backward, noting what fits at each place; false where it can be told that the path does not match. */
type ReadBack = (path: string, from: number, fitting: Fitting) => boolean

/**
 * A matcher of any nodes, in two passes that look at each character once: from the path's end to its beginning it notes
 * what can still match at each place; then, from the beginning on, the first of several ways that can match is the one to
 * go, as in a search that backtracks. The first pass keeps the sets that it meets, until it meets too many that are new.
 * Null for what `findFollow` has no table for.
 * @param keepsStates whether sets are kept at all; tests read without
 */
export function createAutomaton(
  nodes: readonly PatternNode[],
  slotOf: (node: PatternNode) => number,
  keepsStates = true,
): Capture | null {
  const program = compileAutomatonProgram(nodes, slotOf)
  const steps = createSteps(program)
  if (steps === null) return null
  let states = keepsStates ? new AutomatonStates(steps) : null
  const readBackByBits = createReadBackByBits(steps)
  const fitting: Fitting = { bits: new Int32Array(), sets: new Int32Array(256) }
  return (path, from, offsets) => {
    if (path.length >= fitting.sets.length) fitting.sets = new Int32Array(2 * path.length)
    if (states?.trim(path.length - from)) states = null
    const isPossible =
      states === null
        ? readBackByBits(path, from, fitting)
        : readBackByStates(steps, states, path, from, fitting)
    return isPossible && followFirst(program, steps, fitting, path, from, offsets)
  }
}

function readBackByStates(
  { classes: { ascii, classOf }, words }: AutomatonSteps,
  states: AutomatonStates,
  path: string,
  from: number,
  fitting: Fitting,
): boolean {
  const { columns } = states
  const { sets } = fitting
  let state = AT_END
  let at = path.length
  while (at > from) {
    sets[at - from] = state * words
    const unit = path.charCodeAt(at - 1)
    const start = at - (isLow(unit) && at - 1 > from && isHigh(path.charCodeAt(at - 2)) ? 2 : 1)
    const column = unit < 128 ? (ascii[unit] as number) : classOf(path.codePointAt(start) as number)
    const known = states.next[state * columns + column] as number
    state = known < 0 ? states.learn(state, column) : known
    if (state === DEAD) return false
    at = start
  }
  sets[0] = state * words
  fitting.bits = states.bits
  return true
}

/** Works each set out anew, which takes the same time however unlike one another the paths are. */
function createReadBackByBits(steps: AutomatonSteps): ReadBack {
  const { classes, words, wordsWithin, allWords } = steps
  const { ascii, classOf } = classes
  const window = { low: 0, high: 0 }
  let bits = new Int32Array()
  return (path, from, fitting) => {
    const length = path.length - from
    if ((length + 1) * words > bits.length) bits = new Int32Array(2 * (length + 1) * words)
    else bits.fill(0, 0, (length + 1) * words)
    fitting.bits = bits
    fitting.sets[length] = length * words
    steps.markEnd(bits, length * words)
    window.low = words - 1
    window.high = words - 1
    let after = EDGE
    for (let at = length; at > 0; ) {
      const unit = path.charCodeAt(from + at - 1)
      const start = at - (isLow(unit) && at > 1 && isHigh(path.charCodeAt(from + at - 2)) ? 2 : 1)
      const column = unit < 128 ? (ascii[unit] as number) : classOf(path.codePointAt(from + start) as number)
      const asked = start < wordsWithin.length ? (wordsWithin[start] as Int32Array) : allWords
      steps.between(column, after).step(bits, at * words, start * words, column, asked, window)
      if (window.low > window.high) return false
      fitting.sets[start] = start * words
      after = classes.words[column] === 1 ? WORD_CHARACTER : OTHER_CHARACTER
      at = start
    }
    return true
  }
}

/** Goes the first way that can match until all offsets are known; false if there is none. */
function followFirst(
  { takes, saves, savesBefore, hasAssertions }: AutomatonProgram,
  { follow }: AutomatonSteps,
  { bits, sets }: Fitting,
  path: string,
  from: number,
  offsets: Int32Array,
): boolean {
  let at = from
  let position = takes.length
  let table = follow.widest
  let saved = 0
  do {
    if (hasAssertions) table = follow.between(kindOf(path, at - 1), kindOf(path, at))
    position = findFirst(table, position, bits, sets[at - from] as number)
    if (position < 0) return false
    const passed = savesBefore[position] as number
    for (; saved < passed; saved++) offsets[saves[saved] as number] = at
    at += isHigh(path.charCodeAt(at)) && isLow(path.charCodeAt(at + 1)) ? 2 : 1
  } while (saved < saves.length)
  return true
}

/** The first follower of a position that is in the set at `start` of `bits`, or -1. */
function findFirst({ starts, list }: FollowTable, position: number, bits: Int32Array, start: number): number {
  const end = starts[position + 1] as number
  for (let at = starts[position] as number; at < end; at++) {
    const follower = list[at] as number
    if (((bits[start + (follower >>> 5)] as number) & (1 << (follower & 31))) !== 0) return follower
  }
  return -1
}

const isHigh = (unit: number) => unit >= 0xd800 && unit < 0xdc00
const isLow = (unit: number) => unit >= 0xdc00 && unit < 0xe000
