import { ANY, complement, type Ranges } from './char-set'
import type { PatternNode, RepeatNode } from './pattern-nodes'
import { SPECIFIER_DIGITS } from './pattern-nodes'
import { countStates } from './pattern-rules'

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

/** A pattern's nodes as instructions. Without taking a character none leads back to itself. */
export interface AutomatonProgram {
  ops: Uint8Array
  a: Int32Array
  b: Int32Array
  entry: number
  /** The sets that `take` names. */
  sets: readonly Ranges[]
  hasAssertions: boolean
  /** How many `save` there are; each is passed once in every match. */
  saves: number
}

/** Larger patterns are left to the RE2 engine, which does not keep sets of instructions. */
const MOST_STATES = 500
const NO_SLASH = complement([[0x2f, 0x2f]])

/**
 * Compiles nodes, or gives null for what is left to the RE2 engine: classes by Unicode property, repetitions of what may
 * be empty, and what unrolls to more than 500 characters.
 */
export function compileAutomatonProgram(
  nodes: readonly PatternNode[],
  slotOf: (node: PatternNode) => number,
): AutomatonProgram | null {
  if (!nodes.every(isKnown) || nodes.reduce((sum, node) => sum + countStates(node), 0) > MOST_STATES)
    return null
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
    return {
      ops: Uint8Array.from(this.ops),
      a: Int32Array.from(this.a),
      b: Int32Array.from(this.b),
      entry,
      sets: this.sets,
      hasAssertions: this.ops.includes(OPS.assert),
      saves: this.ops.filter((op) => op === OPS.save).length,
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
          this.loop((again) => this.take(NO_SLASH, again), end, false, 1),
        )
      case 'set':
        return this.take(node.ranges, next)
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
    return this.add(OPS.take, set, next)
  }

  private digits(count: number, next: number): number {
    let at = next
    for (let left = count; left > 0; left--) at = this.take([[0x30, 0x39]], at)
    return at
  }

  private captured(node: PatternNode, next: number, write: (end: number) => number): number {
    const slot = this.slotOf(node)
    const end = this.add(OPS.save, 2 * slot + 1, next)
    return this.add(OPS.save, 2 * slot, write(end))
  }

  private repeat({ node, min, max, lazy }: RepeatNode, next: number): number {
    const write = (after: number) => this.write(node, after)
    if (max === Number.POSITIVE_INFINITY) return this.loop(write, next, lazy, min)
    let at = next
    for (let left = max - min; left > 0; left--) at = this.split(write(at), next, lazy)
    for (let left = min; left > 0; left--) at = write(at)
    return at
  }

  private loop(write: (after: number) => number, next: number, lazy: boolean, min: number): number {
    const again = this.split(0, next, lazy)
    const body = write(again)
    if (lazy) this.b[again] = body
    else this.a[again] = body
    let at = again
    for (let left = min; left > 0; left--) at = write(at)
    return at
  }

  private split(preferred: number, other: number, lazy: boolean): number {
    return lazy ? this.add(OPS.split, other, preferred) : this.add(OPS.split, preferred, other)
  }
}

function only(character: string): Ranges {
  const codePoint = character.codePointAt(0) ?? 0
  return [[codePoint, codePoint]]
}

function isKnown(node: PatternNode): boolean {
  switch (node.kind) {
    case 'set':
      return node.unicodeClasses.length === 0
    case 'sequence':
      return node.nodes.every(isKnown)
    case 'alternation':
      return node.options.every(isKnown)
    case 'repeat':
      return isKnown(node.node) && (node.max <= 1 || !mayBeEmpty(node.node))
    default:
      return true
  }
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
