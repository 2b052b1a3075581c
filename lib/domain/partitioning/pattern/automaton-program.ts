import { ANY, complement, type Ranges } from './char-set'
import type { PatternNode, RepeatNode } from './pattern-nodes'
import { SPECIFIER_DIGITS } from './pattern-nodes'
import { rangesOfSet } from './unicode-ranges'

/** What an instruction does: `a` and `b` are its operands. */
export const OPS = {
  /** The path ends here. */
  match: 0,
  /** One character of set `a`, then `b`. */
  take: 1,
  /** `a`, or else `b`. */
  split: 2,
  /** The place goes to offset `a`, then `b`. */
  save: 3,
  /** If assertion `a` holds, `b`. */
  assert: 4,
} as const

export const ASSERTIONS = ['^', '$', '\\b', '\\B'] as const

/** A pattern's nodes as instructions. Some may lead back to themselves without taking a character. */
export interface AutomatonProgram {
  ops: Uint8Array
  a: Int32Array
  b: Int32Array
  entry: number
  /** The sets that `take` names. */
  sets: readonly Ranges[]
  hasAssertions: boolean
  /** The instructions that `take`, in the order of the pattern: a place in this list is a position. */
  takes: Int32Array
  /** The offsets that are saved, in the order of the pattern. Each is passed once in every match. */
  saves: Int32Array
  /** For each position, and for the end after the last: how many `saves` are passed before it. */
  savesBefore: Int32Array
}

const NO_SLASH = complement([[0x2f, 0x2f]])

/** Compiles nodes. Repetitions are laid out as RE2 does it, so that the same way through them comes first. */
export function compileAutomatonProgram(
  nodes: readonly PatternNode[],
  slotOf: (node: PatternNode) => number,
): AutomatonProgram {
  const writer = new Writer(slotOf)
  return writer.finish(writer.writeAll(nodes, writer.add(OPS.match, 0, 0)))
}

/** Writes instructions from the end of the pattern to its beginning, so that each knows what comes next. */
class Writer {
  private readonly ops: number[] = []
  private readonly a: number[] = []
  private readonly b: number[] = []
  private readonly sets: Ranges[] = []
  private readonly setOf = new Map<string, number>()
  /** From the pattern's end to its beginning. */
  private readonly takes: number[] = []
  private readonly saves: number[] = []
  private readonly savesAfter: number[] = []

  constructor(private readonly slotOf: (node: PatternNode) => number) {}

  add(op: number, a: number, b: number): number {
    this.a.push(a)
    this.b.push(b)
    return this.ops.push(op) - 1
  }

  writeAll(nodes: readonly PatternNode[], next: number): number {
    return nodes.reduceRight((at, node) => this.write(node, at), next)
  }

  finish(entry: number): AutomatonProgram {
    const savesAfter = [...this.savesAfter.toReversed(), 0]
    return {
      ops: Uint8Array.from(this.ops),
      a: Int32Array.from(this.a),
      b: Int32Array.from(this.b),
      entry,
      sets: this.sets,
      hasAssertions: this.ops.includes(OPS.assert),
      takes: Int32Array.from(this.takes.toReversed()),
      saves: Int32Array.from(this.saves.toReversed()),
      savesBefore: Int32Array.from(savesAfter, (after) => this.saves.length - after),
    }
  }

  private write(node: PatternNode, next: number): number {
    switch (node.kind) {
      case 'literal':
        return [...node.text].reduceRight((at, character) => this.take(only(character), at), next)
      case 'time':
        return this.captured(node, next, (end) => this.digits(SPECIFIER_DIGITS[node.specifier], end))
      case 'value':
        return this.captured(node, next, (end) =>
          this.repeatOnce((again) => this.take(NO_SLASH, again), end, false),
        )
      case 'set':
        return this.take(rangesOfSet(node), next)
      case 'assertion':
        return this.add(OPS.assert, ASSERTIONS.indexOf(node.source), next)
      case 'sequence':
        return this.writeAll(node.nodes, next)
      case 'alternation':
        return node.options
          .map((option) => this.write(option, next))
          .reduceRight((other, option) => this.add(OPS.split, option, other))
      case 'repeat':
        return this.repeat(node, next)
    }
  }

  private take(ranges: Ranges, next: number): number {
    const key = ranges === ANY ? 'any' : ranges.join()
    const known = this.setOf.get(key)
    const set = known ?? this.sets.push(ranges) - 1
    this.setOf.set(key, set)
    const at = this.add(OPS.take, set, next)
    this.takes.push(at)
    this.savesAfter.push(this.saves.length)
    return at
  }

  private digits(count: number, next: number): number {
    let at = next
    for (let left = count; left > 0; left--) at = this.take([[0x30, 0x39]], at)
    return at
  }

  private captured(node: PatternNode, next: number, write: (end: number) => number): number {
    const slot = this.slotOf(node)
    const end = this.save(2 * slot + 1, next)
    return this.save(2 * slot, write(end))
  }

  private save(offset: number, next: number): number {
    this.saves.push(offset)
    return this.add(OPS.save, offset, next)
  }

  private repeat({ node, min, max, lazy }: RepeatNode, next: number): number {
    const write = (after: number) => this.write(node, after)
    let at = next
    let copies = min
    if (max === Number.POSITIVE_INFINITY) {
      at =
        min > 0 || mayBeEmpty(node) ? this.repeatOnce(write, next, lazy) : this.repeatAny(write, next, lazy)
      if (min > 0) copies--
      // As RE2 has it: what may be empty is passed by, or else tried at least once.
      else if (mayBeEmpty(node)) at = this.split(at, next, lazy)
    } else for (let left = max - min; left > 0; left--) at = this.split(write(at), next, lazy)
    for (let left = copies; left > 0; left--) at = write(at)
    return at
  }

  /** Once or more often: the body comes first. */
  private repeatOnce(write: (after: number) => number, next: number, lazy: boolean): number {
    return this.closeLoop(write, this.split(0, next, lazy), lazy)
  }

  /** Never, once, or more often: the choice comes first. */
  private repeatAny(write: (after: number) => number, next: number, lazy: boolean): number {
    const again = this.split(0, next, lazy)
    this.closeLoop(write, again, lazy)
    return again
  }

  private closeLoop(write: (after: number) => number, again: number, lazy: boolean): number {
    const body = write(again)
    if (lazy) this.b[again] = body
    else this.a[again] = body
    return body
  }

  private split(preferred: number, other: number, lazy: boolean): number {
    return lazy ? this.add(OPS.split, other, preferred) : this.add(OPS.split, preferred, other)
  }
}

function only(character: string): Ranges {
  const codePoint = character.codePointAt(0) ?? 0
  return [[codePoint, codePoint]]
}

function mayBeEmpty(node: PatternNode): boolean {
  switch (node.kind) {
    case 'literal':
      return node.text === ''
    case 'assertion':
      return true
    case 'sequence':
      return node.nodes.every(mayBeEmpty)
    case 'alternation':
      return node.options.some(mayBeEmpty)
    case 'repeat':
      return node.min === 0 || mayBeEmpty(node.node)
    default:
      return false
  }
}
