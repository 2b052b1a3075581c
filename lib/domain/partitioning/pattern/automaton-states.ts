import { EDGE, OTHER_CHARACTER, WORD_CHARACTER } from './automaton-follow'
import type { AutomatonSteps } from './automaton-steps'

/** The state at a path's end, and the one from which nothing matches. */
export const AT_END = 0
export const DEAD = 1

const MOST_STATES = 2000
/** Making a state takes as long as stepping over some ten characters without one, measured. */
const CHARACTERS_PER_STATE = 16
const FIRST_CAPACITY = 32

/**
 * The sets of positions that paths lead to, read from the end to the beginning, made when a path first leads to them and
 * kept: most paths lead to the same ones, and then a character costs two looks into a table.
 */
export class AutomatonStates {
  readonly columns: number
  /** By `state * columns + class`: the state before a character of the class, or -1 while it is not known. */
  next = new Int32Array()
  /** The positions that fit, some words for each state. */
  bits = new Int32Array()
  /** What kind of character stands after the place of each state. */
  private afters: number[] = []
  private readonly stateOf = new Map<string, number>()
  private readonly scratch: Int32Array
  private read = 0
  private learned = 0

  constructor(private readonly steps: AutomatonSteps) {
    this.columns = steps.classes.count
    this.scratch = new Int32Array(2 * steps.words)
    this.forget()
  }

  /** Works out which state stands before one, given the class of the character between. */
  learn(state: number, column: number): number {
    this.learned++
    const { words } = this.steps
    this.scratch.fill(0)
    this.scratch.set(this.bits.subarray(state * words, (state + 1) * words))
    const window = { low: 0, high: words - 1 }
    const transitions = this.steps.between(column, this.afters[state] as number)
    transitions.step(this.scratch, 0, words, column, this.steps.allWords, window)
    const isWord = this.steps.classes.words[column] === 1
    const next = window.low > window.high ? DEAD : this.keep(words, isWord ? WORD_CHARACTER : OTHER_CHARACTER)
    this.next[state * this.columns + column] = next
    return next
  }

  /**
   * Forgets all states if there are many. Not amid a path.
   * @param read characters that were read since the last time
   * @returns whether they were forgotten before they paid: too few of the characters led to one that was known
   */
  trim(read: number): boolean {
    this.read += read
    if (this.afters.length < MOST_STATES) return false
    const isFlood = this.read < CHARACTERS_PER_STATE * this.learned
    this.forget()
    return isFlood
  }

  private forget(): void {
    this.read = 0
    this.learned = 0
    this.afters = []
    this.stateOf.clear()
    this.next = new Int32Array(FIRST_CAPACITY * this.columns).fill(-1)
    this.bits = new Int32Array(FIRST_CAPACITY * this.steps.words)
    this.scratch.fill(0)
    this.steps.markEnd(this.scratch, 0)
    this.keep(0, EDGE)
    this.scratch.fill(0)
    this.keep(0, OTHER_CHARACTER)
  }

  /** The state of the set at a place of `scratch`. */
  private keep(at: number, after: number): number {
    const { words } = this.steps
    const key = keyOf(this.scratch, at, words, after)
    const known = this.stateOf.get(key)
    if (known !== undefined) return known
    const made = this.afters.push(after) - 1
    this.stateOf.set(key, made)
    if ((made + 1) * words > this.bits.length) this.grow()
    this.bits.set(this.scratch.subarray(at, at + words), made * words)
    return made
  }

  private grow(): void {
    const next = new Int32Array(2 * this.next.length).fill(-1)
    next.set(this.next)
    this.next = next
    const bits = new Int32Array(2 * this.bits.length)
    bits.set(this.bits)
    this.bits = bits
  }
}

function keyOf(bits: Int32Array, at: number, words: number, after: number): string {
  let key = String(after)
  for (let word = at; word < at + words; word++) {
    const value = bits[word] as number
    key += String.fromCharCode(value & 0xffff, value >>> 16)
  }
  return key
}
