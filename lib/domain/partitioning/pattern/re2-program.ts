import { RE2JS } from 're2js'
import { ANY, toClassSource } from './char-set'
import { type PatternNode, type SetNode, SPECIFIER_DIGITS } from './pattern-nodes'

/** A pattern on the RE2 engine, which is linear for every pattern. Group n captures the nth of `captured`. */
export interface Re2Program {
  expression: RE2JS
  captured: readonly PatternNode[]
}

/**
 * Compiles top-level nodes. `captureAll` captures each of them rather than the specifiers alone, for showing
 * which part of a path each one took.
 */
export function compileRe2Program(nodes: readonly PatternNode[], captureAll = false): Re2Program {
  const captured = nodes.filter((node) => captureAll || node.kind === 'time' || node.kind === 'value')
  const source = nodes
    .map((node) => (captured.includes(node) ? `(${toSource(node)})` : toSource(node)))
    .join('')
  // A path is one text however odd its characters: `.` takes line ends too, or a file would silently drop out.
  return { expression: RE2JS.compile(source, RE2JS.DOTALL), captured }
}

function toSource(node: PatternNode): string {
  switch (node.kind) {
    case 'literal':
      return node.text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
    case 'time':
      return `[0-9]{${SPECIFIER_DIGITS[node.specifier]}}`
    case 'value':
      return '[^/]+'
    case 'set':
      return setSource(node)
    case 'assertion':
      return node.source
    case 'sequence':
      return node.nodes.map(toSource).join('')
    case 'alternation':
      return `(?:${node.options.map(toSource).join('|')})`
    case 'repeat':
      return `(?:${toSource(node.node)})${quantifierSource(node.min, node.max)}${node.lazy ? '?' : ''}`
  }
}

function setSource({ ranges, unicodeClasses, negated }: SetNode): string {
  if (ranges === ANY) return '.'
  const members = toClassSource(ranges) + unicodeClasses.join('')
  // RE2 has no empty class: what takes nothing is what is not in the class of everything.
  return members === '' ? '[^\\x{0}-\\x{10ffff}]' : `[${negated ? '^' : ''}${members}]`
}

function quantifierSource(min: number, max: number): string {
  if (max === Number.POSITIVE_INFINITY) return min === 0 ? '*' : min === 1 ? '+' : `{${min},}`
  return min === 0 && max === 1 ? '?' : min === max ? `{${min}}` : `{${min},${max}}`
}
