import { type Dimension, findTimeDimension } from '../dimensions'
import { type Period, periodFields } from '../periods'
import { type BoundItem, bindItem } from '../range/bound-range'
import type { RangeSpecification } from '../range/range-specification'
import type { PathPattern } from './path-pattern'
import type { PatternNode, TimeNode, ValueNode } from './pattern-nodes'
import { countFolderLevels } from './pattern-segments'
import { fieldIndex, nextFieldValues, spanOfFields } from './time-fields'

/** Which partitions a listing is for: everything, or the union of some items. */
export type Wanted = 'all' | readonly BoundItem[]

/** A prefix to list. */
export interface PlannedPrefix {
  /** Path below the dataset's root; begins with `/` if the pattern does. */
  prefix: string
  /**
   * How many folder levels below the prefix the pattern still fixes. A lister may walk that many with a
   * delimiter, dropping folders that `createFolderFilter` refuses, and list the folders it arrives at in parallel.
   */
  segmentsUntilFree: number
}

/** More prefixes than this cost more calls than they save; then shorter ones that cover them are planned. */
const MAX_PREFIXES = 2000

/** The wanted partitions of a specification at a moment, in epoch milliseconds. LATEST(n) needs a full listing. */
export function wantedOf(
  { items }: RangeSpecification,
  dimensions: readonly Dimension[],
  now: number,
): Wanted {
  if (items.some((item) => item.kind === 'whole')) return 'all'
  return items.flatMap((item) => {
    const bound = bindItem(item, dimensions, now)
    return bound === null ? [] : [bound]
  })
}

/**
 * The prefixes that can hold wanted partitions and no other, sorted, none within another: for one node type and
 * one day of `/%{node_type}/%Y/%M/%D/.*`, `/design/2026/11/22/`. Everything wanted gives the longest literal
 * prefix; nothing wanted gives none.
 */
export function planPrefixes(pattern: PathPattern, wanted: Wanted): PlannedPrefix[] {
  const items = wanted === 'all' ? [pattern.dimensions.map(() => ({ kind: 'any' }) as const)] : wanted
  const levels = countFolderLevels(pattern)
  return dropCovered(expandItems(pattern, items)).map((prefix) => ({
    prefix,
    segmentsUntilFree: Math.max(0, levels - Math.max(0, prefix.split('/').length - 2)),
  }))
}

interface State {
  item: BoundItem
  prefix: string
  fields: readonly number[]
  /** Nothing longer would leave anything out, or what follows is open. */
  done: boolean
}

/** Lengthens the prefixes of all items node by node, and stops where the next node would make too many of them. */
function expandItems({ root, dimensions }: PathPattern, items: readonly BoundItem[]): Set<string> {
  let states: State[] = items.map((item) => ({ item, prefix: '', fields: [], done: false }))
  for (const [index, node] of root.nodes.entries()) {
    if (node.kind === 'assertion' && node.source === '^' && index === 0) continue
    const later = root.nodes.slice(index).filter((candidate) => candidate.kind === 'value')
    const expanded = expandStates(states, node, dimensions, later)
    if (expanded === null) break
    states = expanded
    if (states.every(({ done }) => done)) break
  }
  return new Set(states.map(({ prefix }) => prefix))
}

function expandStates(
  states: readonly State[],
  node: PatternNode,
  dimensions: readonly Dimension[],
  later: readonly ValueNode[],
): State[] | null {
  const expanded: State[] = []
  const prefixes = new Set<string>()
  for (const state of states) {
    for (const next of expandState(state, node, dimensions, later)) {
      expanded.push(next)
      prefixes.add(next.prefix)
    }
    if (prefixes.size > MAX_PREFIXES) return null
  }
  return expanded
}

/** The states after a node: none if nothing wanted fits it, the same one, done, if the node leaves the path open. */
function expandState(
  state: State,
  node: PatternNode,
  dimensions: readonly Dimension[],
  later: readonly ValueNode[],
): State[] {
  if (state.done) return [state]
  if (node.kind === 'literal') return [{ ...state, prefix: state.prefix + node.text }]
  if (node.kind === 'time') return expandTime(state, node, dimensions, later)
  const part = node.kind === 'value' ? partOf(node, dimensions, state.item) : undefined
  if (part?.kind !== 'values') return [{ ...state, done: true }]
  return [...part.values].filter(isCapturable).map((value) => ({ ...state, prefix: state.prefix + value }))
}

function expandTime(
  state: State,
  node: TimeNode,
  dimensions: readonly Dimension[],
  later: readonly ValueNode[],
): State[] {
  const { fields, item, prefix } = state
  const period = findTimeDimension(dimensions)?.params.period
  const part = item[dimensions.findIndex((dimension) => dimension.type === 'time')]
  if (period === undefined || part?.kind !== 'periods' || fieldIndex(node.specifier) !== fields.length) {
    return [{ ...state, done: true }]
  }
  const span = spanOfFields(fields, period)
  const isCovered = span !== null && span.from >= part.from && span.to <= part.to
  if (isCovered && !later.some((value) => partOf(value, dimensions, item)?.kind === 'values')) {
    return [{ ...state, done: true }]
  }
  const width = node.specifier === 'Y' ? 4 : 2
  return nextFieldValues(fields, period, part, yearsOf(part, period)).map((value) => ({
    ...state,
    prefix: prefix + String(value).padStart(width, '0'),
    fields: [...fields, value],
  }))
}

function yearsOf({ from, to }: { from: number; to: number }, period: Period) {
  return { first: periodFields(from, period).year, last: periodFields(to, period).year }
}

function partOf(node: ValueNode, dimensions: readonly Dimension[], item: BoundItem) {
  return item[dimensions.findIndex(({ name }) => name === node.dimension)]
}

/** What `%{name}` can capture and a partition id can hold; other values can have no files. */
const isCapturable = (value: string) => value !== '' && !/[/|\p{Cc}]/u.test(value)

function dropCovered(prefixes: Iterable<string>): string[] {
  const kept: string[] = []
  for (const prefix of [...prefixes].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))) {
    const last = kept.at(-1)
    if (last === undefined || !prefix.startsWith(last)) kept.push(prefix)
  }
  return kept
}
