import { AutomatonPlaces } from './automaton-places'
import { type AutomatonProgram, type Count, compileAutomatonProgram, OPS } from './automaton-program'
import { isPair } from './path-characters'
import type { PatternNode } from './pattern-nodes'
import type { WordList } from './word-list'

/** Matches the rest of a path from an offset on, leaving what its specifiers captured in `offsets`. */
export type Capture = (path: string, from: number, offsets: Int32Array) => boolean

/**
 * A matcher of any nodes, in two passes: from the path's end to its beginning it notes from which places each piece of the
 * pattern can go on to the end; then, from the beginning on, the first of several ways that can is the one to go, as in a
 * search that backtracks. Assertions take the offset for the path's beginning.
 */
export function createAutomaton(
  nodes: readonly PatternNode[],
  slotOf: (node: PatternNode) => number,
): Capture {
  const program = compileAutomatonProgram(nodes, slotOf)
  const places = new AutomatonPlaces(program)
  const walk = new Walk(program, places)
  return (path, from, offsets) => places.read(path, from) && walk.capture(path, from, offsets)
}

/** Goes the first way that can go on to the end. */
class Walk {
  private path = ''
  /** Where in the path it is, and which place that is. */
  private at = 0
  private place = 0
  private saved = 0
  /** When each instruction was last met, so that none is met twice at one place. */
  private readonly metAt: Float64Array
  private now = 0

  constructor(
    private readonly program: AutomatonProgram,
    private readonly places: AutomatonPlaces,
  ) {
    this.metAt = new Float64Array(program.ops.length)
  }

  /** Goes until all offsets are known; false if there is no way. */
  capture(path: string, from: number, offsets: Int32Array): boolean {
    const { saves, savesBefore, entry } = this.program
    this.path = path
    this.at = from
    this.place = this.places.characters.length
    this.saved = 0
    for (let next = entry; ; ) {
      this.now++
      const step = this.findStep(next)
      if (step < 0) return false
      for (const passed = savesBefore[step] as number; this.saved < passed; this.saved++)
        offsets[saves[this.saved] as number] = this.at
      if (this.saved === saves.length) return true
      this.goOn(this.countTaken(step))
      next = this.program.b[step] as number
    }
  }

  /**
   * The instruction that goes on over characters, or ends the path, and that comes first from another on; -1 where a loop
   * that comes back without a character leads to nothing new.
   */
  private findStep(from: number): number {
    const { ops, a, b, c } = this.program
    if (this.metAt[from] === this.now || !this.places.canGoOn(from, this.place)) return -1
    const op = ops[from] as number
    if (op < OPS.choice) return from
    this.metAt[from] = this.now
    if (op === OPS.assert) return this.findStep(b[from] as number)
    if (op === OPS.choice) return this.findOption(a[from] as number, c[from] as number)
    const isLazy = c[from] === 1
    const first = this.findStep(isLazy ? (b[from] as number) : (a[from] as number))
    return first >= 0 ? first : this.findStep(isLazy ? (a[from] as number) : (b[from] as number))
  }

  private findOption(first: number, count: number): number {
    for (let option = first; option < first + count; option++) {
      const step = this.findStep(this.program.lists[option] as number)
      if (step >= 0) return step
    }
    return -1
  }

  private countTaken(step: number): number {
    const { ops, c, counts } = this.program
    switch (ops[step]) {
      case OPS.one:
        return 1
      case OPS.several:
        return c[step] as number
      case OPS.option:
        return this.countRun(step, 0, 1, c[step] === 1)
      case OPS.star:
        return this.countRun(step, 0, Number.POSITIVE_INFINITY, c[step] === 1)
      case OPS.run: {
        const { min, max, lazy } = counts[c[step] as number] as Count
        return this.countRun(step, min, max, lazy)
      }
      case OPS.words:
        return this.countWord(step)
      default:
        return 0
    }
  }

  /** The characters of the first word that leaves a place from which the next instruction can go on. */
  private countWord(step: number): number {
    const { places, place } = this
    const { a, b, words } = this.program
    const { forward } = words[a[step] as number] as WordList
    let first = Number.POSITIVE_INFINITY
    let found = 0
    let node = 0
    for (let end = place; ; end--) {
      const word = forward.wordAt[node] as number
      if (word >= 0 && word < first && places.canGoOn(b[step] as number, end)) {
        first = word
        found = place - end
      }
      if (end === 0) return found
      node = forward.next(node, places.characters.codePoints[end - 1] as number)
      if (node === 0) return found
    }
  }

  /** As many characters, or as few, as leave a place from which the next instruction can go on. */
  private countRun(step: number, min: number, max: number, isLazy: boolean): number {
    const { places, place } = this
    const next = this.program.b[step] as number
    if (isLazy) return place - places.lastFit(next, place - min)
    const end = places.characters.endOfRun(this.program.a[step] as number, place)
    return place - places.firstFit(next, Math.max(end, place - max))
  }

  private goOn(characters: number): void {
    this.place -= characters
    if (!this.places.characters.hasPairs) this.at += characters
    else for (let left = characters; left > 0; left--) this.at += isPair(this.path, this.at) ? 2 : 1
  }
}
