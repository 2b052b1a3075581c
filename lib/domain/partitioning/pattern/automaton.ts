import { classifyCharacters } from './automaton-classes'
import { type AutomatonProgram, compileAutomatonProgram, OPS } from './automaton-program'
import { AT_END, type AutomatonStates, createStates, DEAD } from './automaton-states'
import type { PatternNode } from './pattern-nodes'

/** Matches the rest of a path from an offset on, leaving what its specifiers captured in `offsets`. */
export type Capture = (path: string, from: number, offsets: Int32Array) => boolean

/**
 * A matcher of any nodes, in two passes that look at each character once: from the path's end to its beginning it notes
 * what can still match at each place; then, from the beginning on, the first of several ways that can match is the one to
 * go, as in a search that backtracks. Null for what `compileAutomatonProgram` leaves to the RE2 engine.
 * @param onFlood told where hardly a place of the paths is like one before: then the RE2 engine is faster
 */
export function createAutomaton(
  nodes: readonly PatternNode[],
  slotOf: (node: PatternNode) => number,
  onFlood?: () => void,
): Capture | null {
  const program = compileAutomatonProgram(nodes, slotOf)
  if (program === null) return null
  const classes = classifyCharacters(program.sets, program.hasAssertions)
  if (classes === null) return null
  const { ascii, classOf } = classes
  const states = createStates(program, classes)
  let places = new Int32Array(256)

  return (path, from, offsets) => {
    if (states.trim(path.length - from)) onFlood?.()
    if (path.length >= places.length) places = new Int32Array(2 * path.length)
    const { columns } = states
    let state = AT_END
    let at = path.length
    while (at > from) {
      const unit = path.charCodeAt(at - 1)
      const isPair = unit >= 0xdc00 && unit < 0xe000 && at - 1 > from && isHigh(path.charCodeAt(at - 2))
      const start = isPair ? at - 2 : at - 1
      const column = unit < 128 ? (ascii[unit] as number) : classOf(path.codePointAt(start) as number)
      const cell = state * columns + column
      if ((states.next[cell] as number) < 0) states.learn(state, column)
      places[at] = states.reachOf[cell] as number
      state = states.next[cell] as number
      if (state === DEAD) return false
      at = start
    }
    const cell = state * columns + columns - 1
    if ((states.next[cell] as number) < 0) states.learn(state, columns - 1)
    places[from] = states.reachOf[cell] as number
    if (states.reach[places[from] as number]?.[program.entry] !== 1) return false
    followFirst(program, states.reach, places, path, from, offsets)
    return true
  }
}

/** Goes the first way that can match until all offsets are known. */
function followFirst(
  { ops, a, b, entry, saves }: AutomatonProgram,
  reach: AutomatonStates['reach'],
  places: Int32Array,
  path: string,
  from: number,
  offsets: Int32Array,
): void {
  let at = from
  let left = saves
  let instruction = entry
  while (left > 0) {
    const op = ops[instruction]
    if (op === OPS.take) {
      at += isHigh(path.charCodeAt(at)) && isLow(path.charCodeAt(at + 1)) ? 2 : 1
      instruction = b[instruction] as number
    } else if (op === OPS.split) {
      const first = a[instruction] as number
      const canMatch = reach[places[at] as number] as Uint8Array
      instruction = canMatch[first] === 1 ? first : (b[instruction] as number)
    } else {
      if (op === OPS.save) {
        offsets[a[instruction] as number] = at
        left--
      }
      instruction = b[instruction] as number
    }
  }
}

const isHigh = (unit: number) => unit >= 0xd800 && unit < 0xdc00
const isLow = (unit: number) => unit >= 0xdc00 && unit < 0xe000
