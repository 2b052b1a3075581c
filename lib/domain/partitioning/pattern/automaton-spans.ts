import { type AutomatonProgram, type Count, OPS } from './automaton-program'

/** How far from a path's ends each instruction of a program can be at work, in characters. */
export interface AutomatonSpans {
  /** The fewest that stand between an instruction and the path's end once it is done. */
  behind: Int32Array
  /** The fewest that stand before it. */
  before: Int32Array
}

/** Further than paths are long: where no way leads. */
const NOWHERE = 1 << 29

export function findSpans(program: AutomatonProgram): AutomatonSpans {
  const toEnd = leastToEnd(program)
  return {
    behind: toEnd.map((least, at) => least - leastTaken(program, at)),
    before: leastFromEntry(program),
  }
}

function leastToEnd(program: AutomatonProgram): Int32Array {
  const { ops, a, b, c, lists } = program
  const least = new Int32Array(ops.length)
  for (let at = 1; at < ops.length; at++) {
    const next = least[b[at] as number] as number
    if (ops[at] === OPS.split) least[at] = Math.min(next, least[a[at] as number] as number)
    else if (ops[at] !== OPS.choice) least[at] = next + leastTaken(program, at)
    else {
      const options = lists.subarray(a[at] as number, (a[at] as number) + (c[at] as number))
      least[at] = options.reduce((low, option) => Math.min(low, least[option] as number), NOWHERE)
    }
  }
  return least
}

function leastFromEntry(program: AutomatonProgram): Int32Array {
  const { ops, a, b, c, lists, entry } = program
  const least = new Int32Array(ops.length).fill(NOWHERE)
  least[entry] = 0
  let hasChanged = true
  const lower = (at: number, value: number) => {
    if (value >= (least[at] as number)) return
    least[at] = value
    hasChanged = true
  }
  // Loops lead back to where this has passed; it is done again for them.
  while (hasChanged) {
    hasChanged = false
    for (let at = ops.length - 1; at > 0; at--) {
      const here = least[at] as number
      const op = ops[at] as number
      if (op === OPS.choice)
        for (let option = 0; option < (c[at] as number); option++)
          lower(lists[(a[at] as number) + option] as number, here)
      else if (op !== OPS.close) lower(b[at] as number, here + leastTaken(program, at))
      if (op === OPS.loop || op === OPS.split) lower(a[at] as number, here)
    }
  }
  return least
}

function leastTaken({ ops, a, c, counts, words }: AutomatonProgram, at: number): number {
  const operand = c[at] as number
  if (ops[at] === OPS.one) return 1
  if (ops[at] === OPS.several) return operand
  if (ops[at] === OPS.words) return words[a[at] as number]?.shortest ?? 0
  return ops[at] === OPS.run ? (counts[operand] as Count).min : 0
}

/** For each instruction at which an outermost loop begins, where it is closed; otherwise 0. */
export function findCloses({ ops, a }: AutomatonProgram): Int32Array {
  const closes = new Int32Array(ops.length)
  // Of loops that hold one another, the outermost is closed last.
  for (let at = 0; at < ops.length; at++) if (ops[at] === OPS.close) closes[a[at] as number] = at
  for (let at = 0; at < ops.length; at++) {
    const close = closes[at] as number
    if (close === 0) continue
    closes.fill(0, at + 1, close)
    at = close
  }
  return closes
}
