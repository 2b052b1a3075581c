import { type AutomatonProgram, OPS } from './automaton-program'
import { findSpans } from './automaton-spans'
import { normalizeRanges } from './char-set'
import type { WordList } from './word-list'

/** Keys have about so many characters. */
const CHARACTERS = 100
const LAST_WORD = CHARACTERS >>> 5
const WORDS = LAST_WORD + 1
/** What a turn of a loop takes of a key, unless someone makes keys to be slow. */
const CHARACTERS_OF_TURN = 3
/** What is in a loop is worked out for one word at a time. */
const WORK_OF_WORD = 1 / WORDS
/** To see that there is nothing to do is work too. */
const WORK_OF_NONE = 0.5

/**
 * How much work a program may be for a path of a hundred characters. One is a simple instruction, worked out for all of the
 * path's places: some 20 ns.
 */
export function estimateWork(program: AutomatonProgram): number {
  let work = program.sets.length
  const { behind, before } = findSpans(program)
  for (let at = 0; at < program.ops.length; at++) {
    const first = (behind[at] as number) >> 5
    const last = Math.min((CHARACTERS - (before[at] as number)) >> 5, LAST_WORD)
    work += last < first ? WORK_OF_NONE : (costOf(program, at) * (last - first + 1)) / WORDS
    if (program.ops[at] === OPS.close) work += estimateLoop(program, at)
  }
  return work
}

/** What is in a loop is gone through once more for each turn that finds a place. */
function estimateLoop(program: AutomatonProgram, close: number): number {
  const again = program.a[close] as number
  let body = 0
  for (let at = again; at < close; at++) body += costOf(program, at)
  const turns = isCovered(program, again, close) ? 2 * WORDS : CHARACTERS / CHARACTERS_OF_TURN
  return WORK_OF_WORD * body * turns
}

/** Whether the characters that a loop takes alone are all that it takes: then they lead to all places there are at once. */
function isCovered(program: AutomatonProgram, again: number, close: number): boolean {
  const { ops, a, c, lists, sets, alone } = program
  const all = sets[alone[again] as number]
  if (all === undefined) return false
  const isWithin = (set: number) => normalizeRanges([...all, ...(sets[set] ?? [])]).join() === all.join()
  for (let at = again + 1; at < close; at++) {
    const op = ops[at] as number
    const operand = a[at] as number
    const taken =
      op === OPS.several
        ? [...lists.subarray(operand, operand + (c[at] as number))]
        : op >= OPS.one && op <= OPS.run
          ? [operand]
          : []
    if (!taken.every(isWithin)) return false
  }
  return true
}

/** Measured; counts take several steps, and lists are gone through. */
function costOf({ ops, a, c, words }: AutomatonProgram, at: number): number {
  const operand = c[at] as number
  if (ops[at] === OPS.several) return 2 + operand / 8
  if (ops[at] === OPS.choice) return 1 + operand / 4
  if (ops[at] === OPS.words) return costOfWords(words[a[at] as number] as WordList)
  return ops[at] === OPS.run ? 5 : 1
}

/** As if words were looked for from all places, as they are behind a `.*`: most differ from a path after a few characters. */
function costOfWords({ longest }: WordList): number {
  return 10 + 15 * Math.min(longest, 4)
}
