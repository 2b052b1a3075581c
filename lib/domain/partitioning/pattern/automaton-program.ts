import { groupOptions } from './automaton-options'
import { chainOf, joinSets, LONGEST_CHAIN, mayBeEmpty, setsAlone } from './automaton-shapes'
import { complement, type Ranges, WORD } from './char-set'
import type { AssertionNode, PatternNode, RepeatNode } from './pattern-nodes'
import { SPECIFIER_DIGITS } from './pattern-nodes'
import { createWordList, type WordList } from './word-list'

/** What an instruction does, with its operands `a`, `b` and `c`. Those of characters go on at `b`. */
export const OPS = {
  /** The path ends here. */
  match: 0,
  /** A character of set `a`. */
  one: 1,
  /** A character of each of the `c` sets in `lists` from `a` on. */
  several: 2,
  /** A character of set `a`, or none; none is tried first if `c` is 1. */
  option: 3,
  /** Any number of characters of set `a`; few are tried first if `c` is 1. */
  star: 4,
  /** Characters of set `a`, as often as `counts[c]` says. */
  run: 5,
  /** The first that fits of the words `words[a]`. */
  words: 6,
  /** The first that fits of the `c` instructions in `lists` from `a` on. */
  choice: 7,
  /** If assertion `a` holds, `b`. */
  assert: 8,
  /** `a` or `b`, which is tried first if `c` is 1. */
  split: 9,
  /** As `split`, but `a` comes back here. */
  loop: 10,
  /** Nothing: where all that comes back to loop `a` has been written. `b` is what the loop repeats. */
  close: 11,
} as const

export const ASSERTIONS: readonly AssertionNode['source'][] = ['^', '$', '\\b', '\\B']

export interface Count {
  min: number
  max: number
  lazy: boolean
}

/**
 * A pattern's nodes as instructions, from the pattern's end to its beginning: each leads to earlier ones only, but for
 * loops.
 */
export interface AutomatonProgram {
  ops: Uint8Array
  a: Int32Array
  b: Int32Array
  c: Int32Array
  /** For each loop: a set of characters each of which it can take alone, each time it is gone through; -1 if there is none. */
  alone: Int32Array
  entry: number
  lists: Int32Array
  counts: readonly Count[]
  words: readonly WordList[]
  sets: readonly Ranges[]
  /** The set of word characters, or -1 if no assertion asks for it. */
  wordSet: number
  /** The offsets that are saved, in the order of the pattern. Each is passed once in every match. */
  saves: Int32Array
  /** For each instruction: how many `saves` are passed before it. */
  savesBefore: Int32Array
}

const NO_SLASH = complement([[0x2f, 0x2f]])
const DIGIT: Ranges = [[0x30, 0x39]]

/** So that what a `take` carries from one word of places to the next has a bit for each of its characters. */
const LONGEST_TAKE = 31
const MOST_OPTIONS = 6

/** Compiles nodes. Repetitions are laid out as RE2 does it, so that the same way through them comes first. */
export function compileAutomatonProgram(
  nodes: readonly PatternNode[],
  slotOf: (node: PatternNode) => number,
): AutomatonProgram {
  return new Writer(slotOf).write(nodes)
}

class Writer {
  private readonly ops: number[] = []
  private readonly a: number[] = []
  private readonly b: number[] = []
  private readonly c: number[] = []
  private readonly alone = new Map<number, number>()
  private readonly lists: number[] = []
  private readonly counts: Count[] = []
  private readonly words: WordList[] = []
  private readonly sets: Ranges[] = []
  private readonly setOf = new Map<string | Ranges, number>()
  /** From the pattern's end to its beginning. */
  private readonly saves: number[] = []
  private readonly savesAfter: number[] = []
  /** How many loops are being written whose body may be empty. */
  private emptyLoops = 0
  private loops = 0

  constructor(private readonly slotOf: (node: PatternNode) => number) {}

  write(nodes: readonly PatternNode[]): AutomatonProgram {
    const entry = this.sequence(nodes, this.add(OPS.match, 0, 0))
    const wordSet = this.ops.includes(OPS.assert) ? this.set(WORD) : -1
    return {
      ops: Uint8Array.from(this.ops),
      a: Int32Array.from(this.a),
      b: Int32Array.from(this.b),
      c: Int32Array.from(this.c),
      alone: Int32Array.from(this.ops, (_, at) => this.alone.get(at) ?? -1),
      entry,
      lists: Int32Array.from(this.lists),
      counts: this.counts,
      words: this.words,
      sets: this.sets,
      wordSet,
      saves: Int32Array.from(this.saves.toReversed()),
      savesBefore: Int32Array.from(this.savesAfter, (after) => this.saves.length - after),
    }
  }

  private add(op: number, a: number, b: number, c = 0): number {
    this.a.push(a)
    this.b.push(b)
    this.c.push(c)
    this.savesAfter.push(this.saves.length)
    return this.ops.push(op) - 1
  }

  /** Neighbours of fixed length become one instruction. */
  private sequence(nodes: readonly PatternNode[], next: number): number {
    let at = next
    let chain: Ranges[] = []
    for (const node of nodes.toReversed()) {
      const fixed = chainOf(node)
      if (fixed === null) {
        at = this.node(node, this.take(chain, at))
        chain = []
      } else chain = [...fixed, ...chain]
    }
    return this.take(chain, at)
  }

  private node(node: PatternNode, next: number): number {
    switch (node.kind) {
      case 'time':
        return this.captured(node, next, (end) =>
          this.take(new Array<Ranges>(SPECIFIER_DIGITS[node.specifier]).fill(DIGIT), end),
        )
      case 'value':
        return this.captured(node, next, (end) =>
          this.take([NO_SLASH], this.add(OPS.star, this.set(NO_SLASH), end)),
        )
      case 'assertion':
        return this.add(OPS.assert, ASSERTIONS.indexOf(node.source), next)
      case 'alternation':
        return this.choice(node.options, next)
      case 'sequence':
        return this.sequence(node.nodes, next)
      case 'repeat':
        return this.repeat(node, next)
      default:
        return this.sequence([node], next)
    }
  }

  private take(chain: readonly Ranges[], next: number): number {
    let at = next
    for (let end = chain.length; end > 0; end -= LONGEST_TAKE) {
      const sets = chain.slice(Math.max(0, end - LONGEST_TAKE), end).map((ranges) => this.set(ranges))
      const [first = 0, ...others] = sets
      at =
        others.length === 0
          ? this.add(OPS.one, first, at)
          : this.add(OPS.several, this.list(sets), at, sets.length)
    }
    return at
  }

  private choice(options: readonly PatternNode[], next: number): number {
    // In a loop, words would be looked for again at each turn.
    const written = groupOptions(options, this.loops === 0).map((group) => {
      if (group.kind === 'node') return this.sequence([group.node], next)
      if (group.kind === 'set') return this.take([group.set], next)
      return this.add(OPS.words, this.words.push(createWordList(group.words)) - 1, next)
    })
    const [one = next, other = next, ...more] = written
    if (more.length > 0) return this.add(OPS.choice, this.list(written), 0, written.length)
    return written.length === 1 ? one : this.add(OPS.split, one, other)
  }

  private list(values: readonly number[]): number {
    return this.lists.push(...values) - values.length
  }

  private set(ranges: Ranges): number {
    const same = this.setOf.get(ranges)
    if (same !== undefined) return same
    const key = ranges.join()
    const known = this.setOf.get(key) ?? this.sets.push(ranges) - 1
    this.setOf.set(key, known).set(ranges, known)
    return known
  }

  private captured(node: PatternNode, next: number, write: (end: number) => number): number {
    const slot = this.slotOf(node)
    this.saves.push(2 * slot + 1)
    const start = write(next)
    this.saves.push(2 * slot)
    return start
  }

  private repeat(repeat: RepeatNode, next: number): number {
    const { node, min, max, lazy } = repeat
    const [only, ...others] = chainOf(node) ?? []
    // Where a loop may come back without a character, each way of passing by has to be an instruction of its own.
    if (only !== undefined && others.length === 0 && this.emptyLoops === 0)
      return this.repeatSet(only, repeat, next)
    const write = (after: number) => this.sequence([node], after)
    let at = next
    let copies = min
    if (max === Number.POSITIVE_INFINITY) {
      const isEmpty = mayBeEmpty(node)
      at = min > 0 || isEmpty ? this.repeatOnce(write, next, repeat) : this.loop(write, next, repeat).again
      if (min > 0) copies--
      // As RE2 has it: what may be empty is passed by, or else tried at least once.
      else if (isEmpty) at = this.split(at, next, lazy)
    } else {
      for (let left = max - min; left > 0; left--) at = this.split(write(at), next, lazy)
    }
    for (let left = copies; left > 0; left--) at = write(at)
    return at
  }

  private repeatSet(ranges: Ranges, { min, max, lazy }: Count, next: number): number {
    const preference = lazy ? 1 : 0
    const isOpen = max === Number.POSITIVE_INFINITY
    if (min > LONGEST_CHAIN || (!isOpen && max - min > MOST_OPTIONS))
      return this.add(OPS.run, this.set(ranges), next, this.counts.push({ min, max, lazy }) - 1)
    let at = next
    if (isOpen) at = this.add(OPS.star, this.set(ranges), next, preference)
    else
      for (let left = max - min; left > 0; left--) at = this.add(OPS.option, this.set(ranges), at, preference)
    return this.take(new Array<Ranges>(min).fill(ranges), at)
  }

  private split(once: number, none: number, isLazy: boolean): number {
    return this.add(OPS.split, once, none, isLazy ? 1 : 0)
  }

  /** Once or more often: the body comes first. */
  private repeatOnce(write: (after: number) => number, next: number, repeat: RepeatNode): number {
    return this.loop(write, next, repeat).body
  }

  private loop(
    write: (after: number) => number,
    next: number,
    { node, lazy }: RepeatNode,
  ): { again: number; body: number } {
    const isEmpty = mayBeEmpty(node)
    const again = this.add(OPS.loop, 0, next, lazy ? 1 : 0)
    const alone = setsAlone(node)
    if (alone.length > 0) this.alone.set(again, this.set(joinSets(alone)))
    if (isEmpty) this.emptyLoops++
    this.loops++
    const body = write(again)
    this.loops--
    if (isEmpty) this.emptyLoops--
    this.a[again] = body
    this.add(OPS.close, again, body)
    return { again, body }
  }
}
