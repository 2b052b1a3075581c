import { ASSERTIONS, type AutomatonProgram, OPS } from './automaton-program'

/** What stands before and after a place, as far as assertions ask. */
export const EDGE = 0
export const WORD_CHARACTER = 1
export const OTHER_CHARACTER = 2
const KINDS = 3

/** For each position, and for the beginning: the positions that may come next, those that are tried first in front. */
export interface FollowTable {
  /** The followers of position p are `list[starts[p]]` to `list[starts[p + 1] - 1]`; the beginning is the last. */
  starts: Int32Array
  list: Int32Array
}

/** Which positions follow which at places of each context: the pattern's end is the position after the last. */
export interface Follow {
  /** The table where all assertions are taken to hold. */
  readonly widest: FollowTable
  /** The table between two kinds of character, where the path's edges are kinds too. */
  between(before: number, after: number): FollowTable
}

/** Far more than patterns have whose optional parts are not by the hundred, one after another. */
const MOST_FOLLOWERS = 400_000

/** The tables of a program, or null where they would be very large. */
export function findFollow(program: AutomatonProgram): Follow | null {
  const widest = findFollowers(program, () => true)
  if (widest === null) return null
  const tables: FollowTable[] = []
  return {
    widest,
    between(before, after) {
      if (!program.hasAssertions) return widest
      const context = before * KINDS + after
      const found =
        tables[context] ?? findFollowers(program, (assertion) => holds(assertion, before, after)) ?? widest
      tables[context] = found
      return found
    },
  }
}

function findFollowers(
  program: AutomatonProgram,
  isHeld: (assertion: number) => boolean,
): FollowTable | null {
  const { b, takes, entry } = program
  const positionOf = new Int32Array(program.ops.length).fill(takes.length)
  takes.forEach((instruction, position) => {
    positionOf[instruction] = position
  })
  const starts = new Int32Array(takes.length + 2)
  const list: number[] = []
  const visit = createVisitor(program, isHeld, (instruction) => {
    list.push(positionOf[instruction] as number)
  })
  for (let position = 0; position <= takes.length; position++) {
    visit(position === takes.length ? entry : (b[takes[position] as number] as number))
    starts[position + 1] = list.length
    if (list.length > MOST_FOLLOWERS) return null
  }
  return { starts, list: Int32Array.from(list) }
}

/** Goes from an instruction to all that can be reached without taking a character, what is preferred first, each once. */
function createVisitor(
  { ops, a, b }: AutomatonProgram,
  isHeld: (assertion: number) => boolean,
  onArrival: (instruction: number) => void,
): (from: number) => void {
  const visitedBy = new Int32Array(ops.length)
  let visit = 0
  return (from) => {
    visit++
    const waiting = [from]
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      if (visitedBy[at] === visit) continue
      visitedBy[at] = visit
      const op = ops[at]
      if (op === OPS.take || op === OPS.match) onArrival(at)
      else if (op !== OPS.assert || isHeld(a[at] as number)) {
        waiting.push(b[at] as number)
        if (op === OPS.split) waiting.push(a[at] as number)
      }
    }
  }
}

function holds(assertion: number, before: number, after: number): boolean {
  const source = ASSERTIONS[assertion]
  if (source === '^') return before === EDGE
  if (source === '$') return after === EDGE
  const isBoundary = (before === WORD_CHARACTER) !== (after === WORD_CHARACTER)
  return source === '\\b' ? isBoundary : !isBoundary
}
