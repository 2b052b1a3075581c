import { fail, type Issue, ok, type Result } from '../../result'
import { type Dimension, findDimensionIssues } from '../dimensions'
import { PERIODS } from '../periods'
import type { PartitioningWire } from '../wire'
import { collectSpecifiers, type PatternToken, type SequenceNode } from './pattern-nodes'
import { readPatternSyntax } from './pattern-reader'
import {
  findDimensionMismatches,
  findDuplicates,
  findTimeGaps,
  findWarnings,
  SPECIFIERS,
} from './pattern-rules'
import { findOversize } from './pattern-size'

const MAX_LENGTH = 2000

/** A valid path pattern: what it captures, and the tree that matchers are made of. */
export interface PathPattern {
  readonly text: string
  /** In the order in which partition ids list their values. */
  readonly dimensions: readonly Dimension[]
  readonly root: SequenceNode
}

/** All that a field needs while someone types: tokens to tint, mistakes to underline, and the pattern once it is valid. */
export interface PatternReading {
  text: string
  root: SequenceNode
  tokens: PatternToken[]
  /** Mistakes; with any of them there is no pattern. */
  issues: Issue[]
  /** Habits that make a pattern match less than meant; they do not forbid it. */
  warnings: Issue[]
  pattern: PathPattern | null
}

/**
 * Reads a path pattern such as `/%{node_type}/%Y/%M/%D/.*`; total over all texts. Without `dimensions`,
 * those that the pattern itself names are assumed, so that a pattern can be checked before any is declared.
 */
export function readPathPattern(text: string, dimensions?: readonly Dimension[]): PatternReading {
  if (text.length > MAX_LENGTH) return refuseLength(text)
  const { root, tokens, issues: mistakes } = readPatternSyntax(text)
  const declared = dimensions ?? inferDimensions(root)
  const issues = [...mistakes, ...findDuplicates(root)]
  if (mistakes.length === 0) issues.push(...findOversize(root))
  if (dimensions === undefined) issues.push(...findTimeGaps(root))
  else issues.push(...findDimensionMismatches(root, dimensions), ...findDimensionIssues(dimensions))
  if (text === '' && issues.length === 0) {
    issues.push({
      reason: 'empty-pattern',
      message: 'Enter a pattern, such as /%Y/%M/%D/.*',
      start: 0,
      end: 0,
    })
  }
  // A specifier that cannot be read may be the very one that is missing: it is told first.
  const rank = ({ reason }: Issue) => (mistakes.length > 0 && reason.startsWith('missing-') ? 1 : 0)
  issues.sort((a, b) => rank(a) - rank(b) || (a.start ?? text.length) - (b.start ?? text.length))
  return {
    text,
    root,
    tokens: tokens.map((token) => markToken(token, issues)),
    issues,
    warnings: findWarnings(text),
    pattern: issues.length === 0 ? { text, dimensions: declared, root } : null,
  }
}

/** Parses a path pattern, or gives everything that is wrong with it and where. */
export function parsePathPattern(text: string, dimensions?: readonly Dimension[]): Result<PathPattern> {
  const { pattern, issues } = readPathPattern(text, dimensions)
  return pattern === null ? fail(...issues) : ok(pattern)
}

/**
 * Parses a dataset's `partitioning`. A dataset without dimensions is not partitioned: null. Issues carry the
 * path of their field: `["filePathPattern"]`, `["dimensions", 1, "name"]`.
 */
export function parsePartitioning(partitioning: PartitioningWire): Result<PathPattern | null> {
  if (partitioning.dimensions.length === 0) return ok(null)
  const parsed = parsePathPattern(partitioning.filePathPattern ?? '', partitioning.dimensions)
  if (parsed.ok) return parsed
  return fail(
    ...parsed.issues.map((issue) => ({
      ...issue,
      path: issue.path === undefined ? ['filePathPattern'] : ['dimensions', ...issue.path],
    })),
  )
}

/** The dimensions that a pattern's own specifiers name: values in their order, then `date` with its finest period. */
export function inferDimensions(root: SequenceNode): Dimension[] {
  const nodes = collectSpecifiers(root)
  const names = new Set(nodes.flatMap((node) => (node.kind === 'value' ? [node.dimension] : [])))
  const dimensions: Dimension[] = [...names].map((name) => ({ name, type: 'value' }))
  const finest = SPECIFIERS.findLastIndex((specifier) =>
    nodes.some((node) => node.kind === 'time' && node.specifier === specifier),
  )
  const period = PERIODS[finest]
  if (period === undefined) return dimensions
  return [...dimensions, { name: names.has('date') ? 'time' : 'date', type: 'time', params: { period } }]
}

function markToken(token: PatternToken, issues: readonly Issue[]): PatternToken {
  const issue = issues.find(
    ({ start, end }) => start !== undefined && end !== undefined && start < token.end && end > token.start,
  )
  return issue === undefined ? token : { ...token, issue: issue.reason }
}

function refuseLength(text: string): PatternReading {
  const root: SequenceNode = { kind: 'sequence', nodes: [], start: 0, end: text.length }
  const message = `The pattern is ${text.length} characters long; ${MAX_LENGTH} are allowed. Instead of a long list of names, write %{name} or .* and choose the partitions.`
  const issue: Issue = { reason: 'pattern-too-long', message, start: MAX_LENGTH, end: text.length }
  return {
    text,
    root,
    tokens: [{ kind: 'text', start: 0, end: text.length }],
    issues: [issue],
    warnings: [],
    pattern: null,
  }
}

/** The text as a pattern that matches exactly it: `"100%+"` becomes `"100%%\+"`. */
export function escapeForPattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&').replaceAll('%', '%%')
}
