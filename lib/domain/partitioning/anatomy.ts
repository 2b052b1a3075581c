import { type Dimension, findTimeDimension } from './dimensions'
import { type PathPart, splitSegment, wholeSegment } from './path-parts'
import type { PatternReading } from './pattern/path-pattern'
import { escapeForPattern, inferDimensions } from './pattern/path-pattern'
import type { PatternNode, Span } from './pattern/pattern-nodes'
import { compileRe2Program } from './pattern/re2-program'
import { PERIOD_LABELS } from './periods'

/** A stretch of an example path, drawn as one group with its label under it. Groups cover the path without gaps. */
export interface AnatomyGroup extends Span {
  kind: 'separator' | 'fixed' | 'value' | 'time' | 'rest' | 'unreached'
  text: string
  /** The dimension that it belongs to, on `value` and `time`. */
  dimension: string | null
  /** What to write under it: `"node_type"`, `"date, by day"`, `"any files below"`. */
  label: string
  /** What the pattern has for it; all groups' together are the pattern, with `.*` for what it does not reach. */
  source: string
  /** Its folder or file names, and what each is made of: all of it can be offered as dimensions. */
  segments: readonly AnatomySegment[]
}

/** A name of a path: `app-2026-11-22.log`, or the part of it that one group has. */
export interface AnatomySegment extends Span {
  text: string
  parts: readonly PathPart[]
}

/** How a pattern takes an example path apart. */
export interface Anatomy {
  groups: AnatomyGroup[]
  /** Where the pattern stops fitting, or null when the whole path matches. */
  stoppedAt: number | null
}

type Piece = Omit<AnatomyGroup, 'text' | 'segments'>

/**
 * Shows which part of an example path belongs to which dimension, also for a pattern that is still wrong or does
 * not match: then the rest of the path is `unreached` and its label says why.
 */
export function describeAnatomy(
  reading: PatternReading,
  path: string,
  dimensions?: readonly Dimension[],
): Anatomy {
  const declared = dimensions ?? inferDimensions(reading.root)
  const broken = reading.issues.find(({ start }) => start !== undefined)
  const reachable =
    broken?.start === undefined
      ? reading.root.nodes
      : reading.root.nodes.filter(({ end }) => end <= (broken.start ?? 0))
  const { spans, isWhole } = tracePath(reachable, path, broken === undefined)
  const pieces = spans.flatMap(({ node, start, end }) =>
    describePiece(node, { start, end, path }, declared, reading.text),
  )
  const reached = spans.at(-1)?.end ?? 0
  if (!isWhole && reached < path.length) {
    const next = reading.root.nodes[spans.length]
    pieces.push({
      kind: 'unreached',
      dimension: null,
      label: explainStop(broken?.message, next, reading.text),
      source: path[reached] === '/' ? '/.*' : '.*',
      start: reached,
      end: path.length,
    })
  }
  return {
    groups: joinPieces(pieces).map((piece) => toGroup(piece, path)),
    stoppedAt: isWhole ? null : reached,
  }
}

interface Trace {
  spans: (Span & { node: PatternNode })[]
  isWhole: boolean
}

/** The places that nodes take in the path: all of it if they match, otherwise as many first nodes as fit its beginning. */
function tracePath(nodes: readonly PatternNode[], path: string, mayMatch: boolean): Trace {
  const whole = mayMatch ? trace(nodes, path, true) : null
  if (whole !== null) return { spans: whole, isWhole: true }
  // If some nodes fit the beginning, so do fewer of them: the longest that fit is found by halving.
  let fitting: Trace['spans'] = []
  let from = 1
  let to = nodes.length
  while (from <= to) {
    const count = (from + to) >> 1
    const spans = trace(nodes.slice(0, count), path, false)
    if (spans === null) to = count - 1
    else {
      fitting = spans
      from = count + 1
    }
  }
  return { spans: fitting, isWhole: false }
}

function trace(nodes: readonly PatternNode[], path: string, isWhole: boolean): Trace['spans'] | null {
  const matcher = compileRe2Program(nodes, true).expression.matcher(path)
  if (!(isWhole ? matcher.matches() : matcher.lookingAt())) return null
  return nodes.map((node, index) => ({ node, start: matcher.start(index + 1), end: matcher.end(index + 1) }))
}

function describePiece(
  node: PatternNode,
  { start, end, path }: Span & { path: string },
  dimensions: readonly Dimension[],
  pattern: string,
): Piece[] {
  const source = pattern.slice(node.start, node.end)
  switch (node.kind) {
    case 'value':
      return [{ kind: 'value', dimension: node.dimension, label: node.dimension, source, start, end }]
    case 'time': {
      const time = findTimeDimension(dimensions)
      const label =
        time === null ? 'date' : `${time.name}, by ${PERIOD_LABELS[time.params.period].toLowerCase()}`
      return [{ kind: 'time', dimension: time?.name ?? null, label, source, start, end }]
    }
    case 'literal':
      return splitSlashes(path, start, end)
    default: {
      const label = end === path.length ? 'any files below' : 'anything'
      return [{ kind: 'rest', dimension: null, label, source, start, end }]
    }
  }
}

function splitSlashes(path: string, start: number, end: number): Piece[] {
  return [...path.slice(start, end).matchAll(/\/|[^/]+/g)].map((found) => ({
    kind: found[0] === '/' ? 'separator' : 'fixed',
    dimension: null,
    label: found[0] === '/' ? '' : 'always the same',
    source: escapeForPattern(found[0]),
    start: start + found.index,
    end: start + found.index + found[0].length,
  }))
}

/** Makes one piece of neighbouring rests, and of a date with what stands between its fields. */
function joinPieces(pieces: readonly Piece[]): Piece[] {
  const joined: Piece[] = []
  for (const piece of pieces) {
    const same = joined.findLastIndex(({ kind }) => kind === piece.kind)
    const between = joined.slice(same + 1)
    const mayJoin =
      (piece.kind === 'time' && between.every(({ kind }) => kind === 'separator' || kind === 'fixed')) ||
      (piece.kind === 'rest' && between.length === 0)
    const first = joined[same]
    const last = joined.at(-1)
    if (first !== undefined && mayJoin) {
      const source = joined.slice(same).reduce((text, one) => text + one.source, '') + piece.source
      joined.splice(same, joined.length - same, { ...first, label: piece.label, end: piece.end, source })
    } else if (piece.start < piece.end) joined.push(piece)
    // What takes nothing of this path stays in the pattern.
    else if (last !== undefined) last.source += piece.source
  }
  return joined
}

function toGroup(piece: Piece, path: string): AnatomyGroup {
  const text = path.slice(piece.start, piece.end)
  const isTaken = piece.kind === 'value' || piece.kind === 'time'
  const segments = [...text.matchAll(/[^/]+/g)].map((found) => {
    const start = piece.start + found.index
    const end = start + found[0].length
    return {
      text: found[0],
      // What a dimension takes is chosen as a whole.
      parts: isTaken ? [wholeSegment(found[0], start)] : splitSegment(found[0], start, end === path.length),
      start,
      end,
    }
  })
  return { ...piece, text, segments }
}

function explainStop(problem: string | undefined, next: PatternNode | undefined, text: string): string {
  if (problem !== undefined) return `not reached: ${problem}`
  return next === undefined
    ? 'not reached: the pattern ends here'
    : `not reached: the pattern has ${text.slice(next.start, next.end)} here`
}
