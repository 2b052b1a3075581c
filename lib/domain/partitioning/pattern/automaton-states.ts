import type { CharacterClasses } from './automaton-classes'
import { ASSERTIONS, type AutomatonProgram, OPS } from './automaton-program'

/**
 * The states of a program read from a path's end to its beginning. A state says which `take` fit at a place so that the
 * rest of the path matches. States are made when a path first leads to them, and kept.
 */
export interface AutomatonStates {
  readonly columns: number
  /** By `state * columns + class`: the state before a character of the class, or -1 while it is not known. */
  readonly next: Int32Array
  /** By the same: which of `reach` holds at the state's place, given the character before it. */
  readonly reachOf: Int32Array
  /** For each instruction, 1 if the rest of the path matches from it on. */
  readonly reach: readonly Uint8Array[]
  /** Works `next` and `reachOf` out, where they are not known; the class after the last one is the beginning. */
  learn(state: number, characterClass: number): void
  /**
   * Forgets all states if there are many. Not amid a path.
   * @param read characters that were read since the last time
   * @returns whether they were forgotten before they paid: too few of the characters led to one that was known
   */
  trim(read: number): boolean
}

/** The state at a path's end, and the one from which nothing matches. */
export const AT_END = 0
export const DEAD = 1

const MOST_STATES = 2000
/** Making a state goes through all instructions: so many characters have to be read by it, measured beside the RE2 engine. */
const CHARACTERS_PER_INSTRUCTION = 0.5
const FIRST_CAPACITY = 32
/** What stands after a place, as far as `\b` and `$` ask. */
const AFTER = { end: 0, word: 1, other: 2 }

interface KeptState {
  /** For each instruction, 1 for the `take` (or `match`) that fit. */
  fits: Uint8Array
  after: number
}

/** The states of a program, none of them worked out yet. */
export function createStates(program: AutomatonProgram, classes: CharacterClasses): AutomatonStates {
  return new States(program, classes)
}

class States implements AutomatonStates {
  readonly columns: number
  next = new Int32Array()
  reachOf = new Int32Array()
  reach: Uint8Array[] = []
  private kept: KeptState[] = []
  private readonly stateOf = new Map<string, number>()
  private readonly placeOf = new Map<string, number>()
  private readonly order: readonly number[]
  private read = 0
  private learned = 0

  constructor(
    private readonly program: AutomatonProgram,
    private readonly classes: CharacterClasses,
  ) {
    this.columns = classes.count + 1
    this.order = orderInstructions(program)
    this.forget()
  }

  learn(state: number, characterClass: number): void {
    this.learned++
    const { fits, after } = this.kept[state] as KeptState
    const { ops, a, b } = this.program
    const reach = new Uint8Array(ops.length)
    for (const at of this.order) {
      const [first, second] = [a[at] as number, b[at] as number]
      if (ops[at] === OPS.split) reach[at] = (reach[first] as number) | (reach[second] as number)
      else if (ops[at] === OPS.save) reach[at] = reach[second] as number
      else if (ops[at] === OPS.assert)
        reach[at] = this.holds(first, characterClass, after) ? (reach[second] as number) : 0
      else reach[at] = fits[at] as number
    }
    const before = new Uint8Array(ops.length)
    if (characterClass < this.classes.count) {
      for (let at = 0; at < ops.length; at++) {
        const set = this.classes.members[a[at] as number]
        if (ops[at] === OPS.take && set?.[characterClass] === 1) before[at] = reach[b[at] as number] as number
      }
    }
    const isWord = this.classes.words[characterClass] === 1
    const place = state * this.columns + characterClass
    const next = this.keep({ fits: before, after: isWord ? AFTER.word : AFTER.other })
    this.next[place] = next
    this.reachOf[place] = this.keepReach(reach)
  }

  trim(read: number): boolean {
    this.read += read
    if (this.kept.length < MOST_STATES && this.reach.length < MOST_STATES) return false
    const isFlood = this.read < CHARACTERS_PER_INSTRUCTION * this.order.length * this.learned
    this.forget()
    return isFlood
  }

  private forget(): void {
    this.read = 0
    this.learned = 0
    this.kept = []
    this.reach = []
    this.stateOf.clear()
    this.placeOf.clear()
    const { ops } = this.program
    this.next = new Int32Array(FIRST_CAPACITY * this.columns).fill(-1)
    this.reachOf = new Int32Array(FIRST_CAPACITY * this.columns)
    this.keep({ fits: ops.map((op) => (op === OPS.match ? 1 : 0)), after: AFTER.end })
    this.keep({ fits: new Uint8Array(ops.length), after: AFTER.other })
  }

  private keep(state: KeptState): number {
    const key = state.fits.includes(1) ? state.after + state.fits.join('') : ''
    const known = this.stateOf.get(key)
    if (known !== undefined) return known
    const made = this.kept.push(state) - 1
    this.stateOf.set(key, made)
    if (this.kept.length * this.columns > this.next.length) this.grow()
    return made
  }

  private keepReach(reach: Uint8Array): number {
    const key = reach.join('')
    const known = this.placeOf.get(key)
    if (known !== undefined) return known
    this.placeOf.set(key, this.reach.length)
    return this.reach.push(reach) - 1
  }

  private grow(): void {
    const next = new Int32Array(2 * this.next.length).fill(-1)
    next.set(this.next)
    this.next = next
    const reachOf = new Int32Array(2 * this.reachOf.length)
    reachOf.set(this.reachOf)
    this.reachOf = reachOf
  }

  private holds(assertion: number, before: number, after: number): boolean {
    const source = ASSERTIONS[assertion]
    if (source === '^') return before === this.classes.count
    if (source === '$') return after === AFTER.end
    const isBoundary = (this.classes.words[before] === 1) !== (after === AFTER.word)
    return source === '\\b' ? isBoundary : !isBoundary
  }
}

/** Instructions so that each comes after those that it leads to without taking a character. */
function orderInstructions({ ops, a, b }: AutomatonProgram): number[] {
  const order: number[] = []
  const seen = new Set<number>()
  const visit = (at: number) => {
    if (seen.has(at)) return
    seen.add(at)
    if (ops[at] === OPS.split) visit(a[at] as number)
    if (ops[at] !== OPS.take && ops[at] !== OPS.match) visit(b[at] as number)
    order.push(at)
  }
  ops.forEach((_, at) => {
    visit(at)
  })
  return order
}
