import type { Ranges } from './char-set'

/** Where a node stands in the pattern's text: UTF-16 offsets `[start, end)`. */
export interface Span {
  start: number
  end: number
}

/** The field that each time specifier captures. */
export type TimeSpecifier = 'Y' | 'M' | 'D' | 'H'

export interface LiteralNode extends Span {
  kind: 'literal'
  text: string
}
export interface TimeNode extends Span {
  kind: 'time'
  specifier: TimeSpecifier
}
export interface ValueNode extends Span {
  kind: 'value'
  dimension: string
}
/** One character of a set. `unicodeClasses` holds parts such as `\p{Greek}`; see `rangesOfSet`. */
export interface SetNode extends Span {
  kind: 'set'
  ranges: Ranges
  unicodeClasses: readonly string[]
  negated: boolean
}
export interface RepeatNode extends Span {
  kind: 'repeat'
  node: PatternNode
  min: number
  max: number
  lazy: boolean
}
export interface SequenceNode extends Span {
  kind: 'sequence'
  nodes: readonly PatternNode[]
}
export interface AlternationNode extends Span {
  kind: 'alternation'
  options: readonly PatternNode[]
}
/** A place rather than a character: `^`, `$`, `\b`, `\B`. */
export interface AssertionNode extends Span {
  kind: 'assertion'
  source: '^' | '$' | '\\b' | '\\B'
}

/** The syntax tree of a path pattern. */
export type PatternNode =
  | LiteralNode
  | TimeNode
  | ValueNode
  | SetNode
  | RepeatNode
  | SequenceNode
  | AlternationNode
  | AssertionNode

/** A piece of the pattern's text for tinting; the tokens of a text cover it without gaps. */
export interface PatternToken extends Span {
  kind: 'separator' | 'text' | 'time' | 'value' | 'regex'
  /** Set on `%{name}`: the name between the braces. */
  dimension?: string
  /** Set on `%Y`, `%M`, `%D`, `%H`. */
  specifier?: TimeSpecifier
  /** The reason of the issue that this piece has, to be drawn as wrong. */
  issue?: string
}

/** Digits that each specifier captures. */
export const SPECIFIER_DIGITS: Record<TimeSpecifier, number> = { Y: 4, M: 2, D: 2, H: 2 }

/** Every specifier node in a tree, in the order of the text. */
export function collectSpecifiers(node: PatternNode): (TimeNode | ValueNode)[] {
  switch (node.kind) {
    case 'time':
    case 'value':
      return [node]
    case 'repeat':
      return collectSpecifiers(node.node)
    case 'sequence':
      return node.nodes.flatMap(collectSpecifiers)
    case 'alternation':
      return node.options.flatMap(collectSpecifiers)
    default:
      return []
  }
}

/** How a specifier is written: `"%Y"`, `"%{node_type}"`. */
export function specifierText(node: TimeNode | ValueNode): string {
  return node.kind === 'time' ? `%${node.specifier}` : `%{${node.dimension}}`
}
