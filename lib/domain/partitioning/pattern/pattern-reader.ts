import type { Issue } from '../../result'
import { findNameProblem } from '../dimensions'
import { ANY } from './char-set'
import { readClass } from './pattern-class'
import { readEscape } from './pattern-escapes'
import { readGroupOpening } from './pattern-group'
import {
  collectSpecifiers,
  type PatternNode,
  type PatternToken,
  type SequenceNode,
  specifierText,
  type TimeSpecifier,
} from './pattern-nodes'
import { readQuantifier } from './pattern-quantifier'

/** Deeper than any pattern a person writes, and shallow enough for recursion. */
const MAX_DEPTH = 50

/** A pattern's text taken apart: a tree, the tokens that cover it, and every mistake of syntax. */
export interface PatternSyntax {
  root: SequenceNode
  tokens: PatternToken[]
  issues: Issue[]
}

/** Reads the syntax of a path pattern. Total: any text gives a tree, with issues where it could not be understood. */
export function readPatternSyntax(text: string): PatternSyntax {
  return new PatternReader(text).read()
}

class PatternReader {
  private at = 0
  private readonly tokens: PatternToken[] = []
  private readonly issues: Issue[] = []

  constructor(private readonly text: string) {}

  read(): PatternSyntax {
    const nodes: PatternNode[] = []
    while (this.at < this.text.length) {
      nodes.push(this.readAlternation(0))
      if (this.at >= this.text.length) break
      this.issue(
        'unopened-group',
        'This ) closes no group: write \\) to match it as it is.',
        this.at,
        this.at + 1,
      )
      this.token('regex', this.at, ++this.at)
    }
    return {
      root: { kind: 'sequence', nodes: joinNodes(nodes), start: 0, end: this.text.length },
      tokens: this.tokens,
      issues: this.issues,
    }
  }

  private readAlternation(depth: number): PatternNode {
    const start = this.at
    const options: PatternNode[] = [this.readSequence(depth)]
    while (this.text[this.at] === '|') {
      this.token('regex', this.at, ++this.at)
      options.push(this.readSequence(depth))
    }
    const [only] = options
    if (options.length === 1 && only !== undefined) return only
    const node: PatternNode = { kind: 'alternation', options, start, end: this.at }
    this.refuseSpecifiers(node, 'specifier-in-alternation', 'stands inside an alternation (|)')
    return node
  }

  private readSequence(depth: number): PatternNode {
    const start = this.at
    const nodes: PatternNode[] = []
    while (this.at < this.text.length && this.text[this.at] !== '|' && this.text[this.at] !== ')') {
      const atom = this.readAtom(depth)
      if (atom !== null) nodes.push(this.readRepetition(atom))
    }
    return { kind: 'sequence', nodes: joinNodes(nodes), start, end: this.at }
  }

  private readAtom(depth: number): PatternNode | null {
    const character = this.text[this.at]
    const start = this.at
    switch (character) {
      case '%':
        return this.readSpecifier()
      case '(':
        return this.readGroup(depth)
      case '[': {
        const { node, issues } = readClass(this.text, start)
        this.issues.push(...issues)
        this.token('regex', start, node.end)
        return node
      }
      case '.':
        this.token('regex', start, start + 1)
        return { kind: 'set', ranges: ANY, unicodeClasses: [], negated: false, start, end: start + 1 }
      case '^':
      case '$':
        this.token('regex', start, start + 1)
        return { kind: 'assertion', source: character, start, end: start + 1 }
      case '\\':
        return this.readEscapedAtom()
      case '*':
      case '+':
      case '?':
      case '{':
        return this.refuseQuantifier()
      default: {
        const literal = String.fromCodePoint(this.text.codePointAt(start) ?? 0)
        this.token(literal === '/' ? 'separator' : 'text', start, start + literal.length)
        return { kind: 'literal', text: literal, start, end: this.at }
      }
    }
  }

  private readSpecifier(): PatternNode | null {
    const start = this.at
    const next = this.text[start + 1]
    if (next === '%') {
      this.token('text', start, start + 2)
      return { kind: 'literal', text: '%', start, end: this.at }
    }
    if (next === 'Y' || next === 'M' || next === 'D' || next === 'H') {
      this.token('time', start, start + 2, { specifier: next })
      return { kind: 'time', specifier: next satisfies TimeSpecifier, start, end: this.at }
    }
    if (next === '{') return this.readDimension(start)
    const shown = next === undefined ? '' : String.fromCodePoint(this.text.codePointAt(start + 1) ?? 0)
    const end = start + 1 + shown.length
    const known = 'Known are %Y, %M, %D, %H, %{name}, and %% for a percent sign.'
    if (next === undefined)
      this.issue('dangling-percent', `The pattern ends in a lone %. ${known}`, start, end)
    else
      this.issue(
        'unknown-specifier',
        `%${shown} at character ${start + 1} is not a specifier. ${known}`,
        start,
        end,
      )
    this.token('text', start, end)
    return null
  }

  private readDimension(start: number): PatternNode | null {
    const found = /^[^{}/%]*\}/.exec(this.text.slice(start + 2))
    if (found === null) {
      this.issue(
        'unclosed-brace',
        `%{ at character ${start + 1} is not closed: write %{name}.`,
        start,
        start + 2,
      )
      this.token('value', start, start + 2)
      return null
    }
    const name = found[0].slice(0, -1)
    const end = start + 2 + found[0].length
    this.token('value', start, end, { dimension: name })
    const problem = findNameProblem(name)
    if (problem !== null) this.issue(problem.reason, problem.message, start, end)
    return { kind: 'value', dimension: name, start, end }
  }

  private readGroup(depth: number): PatternNode | null {
    const start = this.at
    const { length: opening, issue } = readGroupOpening(this.text, start)
    if (issue !== null) this.issues.push(issue)
    this.token('regex', start, start + opening)
    if (depth >= MAX_DEPTH) {
      this.issue('too-deep', `Groups may be nested ${MAX_DEPTH} deep at most.`, start, start + 1)
      this.token('regex', this.at, this.text.length)
      return null
    }
    const node = this.readAlternation(depth + 1)
    if (this.text[this.at] === ')') this.token('regex', this.at, ++this.at)
    else
      this.issue(
        'unclosed-group',
        `The group opened by ( at character ${start + 1} is not closed: add ).`,
        start,
        start + opening,
      )
    return { ...node, start, end: this.at }
  }

  private readEscapedAtom(): PatternNode | null {
    const start = this.at
    const escaped = readEscape(this.text, start, false)
    this.token('regex', start, escaped.end)
    const span = { start, end: escaped.end }
    switch (escaped.kind) {
      case 'character':
        return { kind: 'literal', text: String.fromCodePoint(escaped.codePoint), ...span }
      case 'set':
        return { kind: 'set', ranges: escaped.ranges, unicodeClasses: [], negated: false, ...span }
      case 'unicode':
        return { kind: 'set', ranges: [], unicodeClasses: [escaped.source], negated: false, ...span }
      case 'assertion':
        return { kind: 'assertion', source: escaped.source, ...span }
      case 'issue':
        this.issues.push(escaped.issue)
        return null
    }
  }

  /** A quantifier where an atom should stand: nothing to repeat, or a brace that was meant literally. */
  private refuseQuantifier(): null {
    const start = this.at
    const quantifier = readQuantifier(this.text, start)
    const end = quantifier?.end ?? start + 1
    if (quantifier === null)
      this.issue(
        'unclosed-brace',
        `{ at character ${start + 1} opens no repetition such as {2} or {1,3}: write \\{ to match it as it is.`,
        start,
        end,
      )
    else
      this.issue(
        'nothing-to-repeat',
        `${this.text.slice(start, end)} at character ${start + 1} repeats nothing: put it after a character or a group.`,
        start,
        end,
      )
    this.token('regex', start, end)
    return null
  }

  private readRepetition(atom: PatternNode): PatternNode {
    const start = this.at
    const quantifier = readQuantifier(this.text, start)
    if (quantifier === null) return atom
    this.token('regex', start, quantifier.end)
    if (quantifier.issue !== null) this.issues.push(quantifier.issue)
    const { min, max, lazy } = quantifier
    const node: PatternNode = {
      kind: 'repeat',
      node: atom,
      min,
      max,
      lazy,
      start: atom.start,
      end: quantifier.end,
    }
    if (min === 0 && max === 1) this.refuseSpecifiers(atom, 'specifier-in-optional', 'is optional (?)')
    else this.refuseSpecifiers(atom, 'specifier-in-repetition', 'is repeated')
    if (atom.kind === 'assertion')
      this.issue(
        'nothing-to-repeat',
        `${this.text.slice(start, quantifier.end)} at character ${start + 1} repeats nothing: ${atom.source} is a place, not a character.`,
        start,
        quantifier.end,
      )
    return node
  }

  private refuseSpecifiers(node: PatternNode, reason: string, how: string) {
    for (const specifier of collectSpecifiers(node)) {
      if (
        this.issues.some(
          (issue) => issue.start === specifier.start && issue.reason.startsWith('specifier-in-'),
        )
      )
        continue
      this.issue(
        reason,
        `${specifierText(specifier)} at character ${specifier.start + 1} ${how}: it must stand exactly once in every path.`,
        specifier.start,
        specifier.end,
      )
    }
  }

  private issue(reason: string, message: string, start: number, end: number) {
    this.issues.push({ reason, message, start, end })
  }

  private token(kind: PatternToken['kind'], start: number, end: number, more: Partial<PatternToken> = {}) {
    this.at = end
    if (start < end) this.tokens.push({ kind, start, end, ...more })
  }
}

/** Flattens plain groups into their sequence and merges neighbouring literals: `(ab)c` is one literal. */
function joinNodes(nodes: readonly PatternNode[]): PatternNode[] {
  const joined: PatternNode[] = []
  for (const node of nodes) {
    for (const part of node.kind === 'sequence' ? node.nodes : [node]) {
      const last = joined.at(-1)
      if (part.kind === 'literal' && last?.kind === 'literal') {
        joined[joined.length - 1] = { ...last, text: last.text + part.text, end: part.end }
      } else joined.push(part)
    }
  }
  return joined
}
