import { type BoundItem, bindItem } from './bound-range'
import { type Dimension, findTimeDimension } from './dimensions'
import type { PathPattern } from './path-pattern'
import type { PatternNode, TimeNode } from './pattern-nodes'
import { countFolderLevels } from './pattern-segments'
import { type Period, periodFields } from './periods'
import type { RangeSpecification } from './range-specification'
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
  const prefixes: string[] = []
  for (const item of items) {
    prefixes.push(...expandItem(pattern, item))
    // Too many small requests: what everything needs holds them all.
    if (prefixes.length > MAX_PREFIXES && items.length > 1)
      return planPrefixes(pattern, [mergeItems(items, pattern)])
  }
  const levels = countFolderLevels(pattern)
  return dropCovered(prefixes).map((prefix) => ({
    prefix,
    segmentsUntilFree: Math.max(0, levels - Math.max(0, prefix.split('/').length - 2)),
  }))
}

interface State {
  prefix: string
  fields: readonly number[]
  /** Nothing longer would leave anything out. */
  done: boolean
}

function expandItem({ root, dimensions }: PathPattern, item: BoundItem): string[] {
  let states: State[] = [{ prefix: '', fields: [], done: false }]
  for (const [index, node] of root.nodes.entries()) {
    if (node.kind === 'assertion' && node.source === '^' && index === 0) continue
    const isLastConstraint = !root.nodes
      .slice(index)
      .some((later) => later.kind === 'value' && partOf(later, dimensions, item)?.kind === 'values')
    const expanded = states.flatMap(
      (state) => expandState(state, node, dimensions, item, isLastConstraint) ?? [null],
    )
    if (expanded.includes(null) || expanded.length > MAX_PREFIXES) break
    states = expanded.filter((state) => state !== null)
    if (states.every(({ done }) => done)) break
  }
  return states.map(({ prefix }) => prefix)
}

/** The states after a node; null where the node leaves the path open. */
function expandState(
  state: State,
  node: PatternNode,
  dimensions: readonly Dimension[],
  item: BoundItem,
  isLastConstraint: boolean,
): State[] | null {
  if (state.done) return [state]
  const { prefix } = state
  if (node.kind === 'literal') return [{ ...state, prefix: prefix + node.text }]
  if (node.kind === 'time') return expandTime(state, node, dimensions, item, isLastConstraint)
  if (node.kind !== 'value') return null
  const part = partOf(node, dimensions, item)
  if (part?.kind !== 'values') return null
  return [...part.values].filter(isCapturable).map((value) => ({ ...state, prefix: prefix + value }))
}

function expandTime(
  state: State,
  node: TimeNode,
  dimensions: readonly Dimension[],
  item: BoundItem,
  isLastConstraint: boolean,
): State[] | null {
  const period = findTimeDimension(dimensions)?.params.period
  const part = item[dimensions.findIndex((dimension) => dimension.type === 'time')]
  if (period === undefined || part?.kind !== 'periods' || fieldIndex(node.specifier) !== state.fields.length)
    return null
  const span = spanOfFields(state.fields, period)
  if (isLastConstraint && span !== null && span.from >= part.from && span.to <= part.to)
    return [{ ...state, done: true }]
  const width = node.specifier === 'Y' ? 4 : 2
  return nextFieldValues(state.fields, period, part, yearsOf(part, period)).map((value) => ({
    ...state,
    prefix: state.prefix + String(value).padStart(width, '0'),
    fields: [...state.fields, value],
  }))
}

function yearsOf({ from, to }: { from: number; to: number }, period: Period) {
  return { first: periodFields(from, period).year, last: periodFields(to, period).year }
}

function partOf(node: PatternNode, dimensions: readonly Dimension[], item: BoundItem) {
  return node.kind === 'value' ? item[dimensions.findIndex(({ name }) => name === node.dimension)] : undefined
}

/** What `%{name}` can capture and a partition id can hold; other values can have no files. */
const isCapturable = (value: string) => value !== '' && !/[/|\p{Cc}]/u.test(value)

/** One item that holds all of them: the union of the values and the hull of the periods. */
function mergeItems(items: readonly BoundItem[], { dimensions }: PathPattern): BoundItem {
  return dimensions.map((_, index) => {
    const parts = items.map((item) => item[index])
    const values = parts.map((part) => (part?.kind === 'values' ? part.values : null))
    if (values.every((set) => set !== null))
      return { kind: 'values', values: new Set(values.flatMap((set) => [...set])) }
    const periods = parts.map((part) => (part?.kind === 'periods' ? part : null))
    if (!periods.every((part) => part !== null)) return { kind: 'any' }
    return {
      kind: 'periods',
      from: periods.reduce((least, { from }) => Math.min(least, from), Number.POSITIVE_INFINITY),
      to: periods.reduce((most, { to }) => Math.max(most, to), Number.NEGATIVE_INFINITY),
    }
  })
}

function dropCovered(prefixes: readonly string[]): string[] {
  const kept: string[] = []
  for (const prefix of [...prefixes].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))) {
    const last = kept.at(-1)
    if (last === undefined || !prefix.startsWith(last)) kept.push(prefix)
  }
  return kept
}
