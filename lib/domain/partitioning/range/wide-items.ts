import { finish, type Steps } from '../../steps'
import type { Dimension } from '../dimensions'
import { type BoundItem, type BoundPart, type SplitId, splitId } from './bound-range'

/** Ids and items that are held against each other between two pauses. */
const LOOKS_A_STEP = 256

/** Ordinals of periods, both included. */
interface Span {
  from: number
  to: number
}

/** Items that ask the same of all dimensions but time, as one. */
interface WideGroup {
  /** As the first of them; what it says of time is not looked at. */
  item: BoundItem
  /** Sorted and apart from each other; null for any period. */
  spans: Span[] | null
}

/** The same items with fewer words: periods that overlap or follow one another are one range. */
export function mergeItems(items: readonly BoundItem[], dimensions: readonly Dimension[]): BoundItem[] {
  const time = timeIndex(dimensions)
  const merged = finish(groupItems(withoutLatest(items, time), time)).flatMap(({ item, spans }) =>
    spans === null ? [item] : spans.map((span) => item.with(time, { kind: 'periods', ...span })),
  )
  return [...merged, ...latestOf(items, time)]
}

/** One item that holds all that these hold, and more. */
export function coverItems(items: readonly BoundItem[], dimensions: readonly Dimension[]): BoundItem {
  return dimensions.map((_, index) => coverParts(items.map((item) => item[index] ?? { kind: 'any' })))
}

function coverParts(parts: readonly BoundPart[]): BoundPart {
  const values = new Set<string>()
  let span = null as Span | null
  for (const part of parts) {
    if (part.kind === 'values') for (const value of part.values) values.add(value)
    else if (part.kind !== 'periods') return { kind: 'any' }
    else
      span = {
        from: Math.min(span?.from ?? part.from, part.from),
        to: Math.max(span?.to ?? part.to, part.to),
      }
  }
  return span === null ? { kind: 'values', values } : { kind: 'periods', ...span }
}

/**
 * The existing ids that wide items ask for. However many items there are, an id is held against those alone that name one of
 * its values.
 */
export function* chooseWide(
  items: readonly BoundItem[],
  existing: ReadonlySet<string>,
  dimensions: readonly Dimension[],
): Steps<Set<string>> {
  const chosen = new Set<string>()
  if (items.length === 0) return chosen
  const time = timeIndex(dimensions)
  const split: { id: string; parts: SplitId }[] = []
  const index = yield* indexGroups(yield* groupItems(withoutLatest(items, time), time))
  let looks = 0
  for (const id of existing) {
    const parts = splitId(id, dimensions)
    split.push({ id, parts })
    const groups = groupsFor(index, parts)
    if (groups.some((group) => holds(group, parts, time))) chosen.add(id)
    looks += 1 + groups.length
    if (looks < LOOKS_A_STEP) continue
    looks = 0
    yield
  }
  for (const item of latestOf(items, time)) yield* chooseLatest(item, split, time, chosen)
  return chosen
}

/** LATEST(n) means the n newest periods among the partitions that the other dimensions leave. */
function* chooseLatest(
  item: BoundItem,
  split: readonly { id: string; parts: SplitId }[],
  time: number,
  chosen: Set<string>,
): Steps<void> {
  const part = item[time]
  if (part?.kind !== 'latest') return
  const held: { id: string; ordinal: number }[] = []
  for (const [at, { id, parts }] of split.entries()) {
    if (at % LOOKS_A_STEP === 0) yield
    if (holds({ item, spans: null }, parts, time)) held.push({ id, ordinal: parts.ordinal })
  }
  const ordinals = [...new Set(held.map(({ ordinal }) => ordinal))].sort((a, b) => b - a)
  const oldest = ordinals[Math.min(part.count, ordinals.length) - 1] ?? Number.NEGATIVE_INFINITY
  for (const { id, ordinal } of held) if (ordinal >= oldest) chosen.add(id)
}

const timeIndex = (dimensions: readonly Dimension[]) => dimensions.findIndex(({ type }) => type === 'time')

const withoutLatest = (items: readonly BoundItem[], time: number) =>
  items.filter((item) => item[time]?.kind !== 'latest')

function* groupItems(items: readonly BoundItem[], time: number): Steps<WideGroup[]> {
  const groups = new Map<string, WideGroup>()
  for (const item of items) {
    yield
    const key = keyOf(item, time)
    const part = item[time]
    const own = part?.kind === 'periods' ? [{ from: part.from, to: part.to }] : null
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { item, spans: own })
    else if (own === null) groups.set(key, { item, spans: null })
    else group.spans?.push(...own)
  }
  for (const group of groups.values()) group.spans = group.spans && joinSpans(group.spans)
  return [...groups.values()]
}

/** Values have no control characters. */
const keyOf = (item: BoundItem, time: number) =>
  item
    .map((part, index) =>
      index === time ? '' : part.kind === 'values' ? [...part.values].join('\0') : '\x01',
    )
    .join('\x02')

function joinSpans(spans: readonly Span[]): Span[] {
  const joined: Span[] = []
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1)
    if (last !== undefined && from <= last.to + 1) last.to = Math.max(last.to, to)
    else if (from <= to) joined.push({ from, to })
  }
  return joined
}

/** Of items that differ in the number alone, the one with the largest holds all. */
function latestOf(items: readonly BoundItem[], time: number): BoundItem[] {
  const latest = new Map<string, BoundItem>()
  for (const item of items) {
    const part = item[time]
    if (part?.kind !== 'latest') continue
    const other = latest.get(keyOf(item, time))?.[time]
    if (other?.kind !== 'latest' || other.count < part.count) latest.set(keyOf(item, time), item)
  }
  return [...latest.values()]
}

interface GroupIndex {
  /** By the first of its dimensions that names values, and each value. */
  named: Map<string, WideGroup[]>[]
  /** Those that name none. */
  open: WideGroup[]
}

function* indexGroups(groups: readonly WideGroup[]): Steps<GroupIndex> {
  const index: GroupIndex = { named: [], open: [] }
  for (const group of groups) {
    yield
    const first = group.item.findIndex((part) => part.kind === 'values')
    const part = group.item[first]
    if (part?.kind !== 'values') {
      index.open.push(group)
      continue
    }
    index.named[first] ??= new Map<string, WideGroup[]>()
    const byValue = index.named[first]
    let looks = 0
    for (const value of part.values) {
      if (++looks % LOOKS_A_STEP === 0) yield
      const others = byValue.get(value)
      if (others) others.push(group)
      else byValue.set(value, [group])
    }
  }
  return index
}

const groupsFor = ({ named, open }: GroupIndex, { values }: SplitId): WideGroup[] => {
  const found = [...open]
  // A place without groups is a hole, which forEach passes by.
  named.forEach((byValue, dimension) => {
    const groups = byValue.get(values[dimension] ?? '')
    if (groups) for (const group of groups) found.push(group)
  })
  return found
}

function holds({ item, spans }: WideGroup, { values, ordinal }: SplitId, time: number): boolean {
  if (values.length !== item.length) return false
  const isNamed = item.every(
    (part, index) => index === time || part.kind !== 'values' || part.values.has(values[index] ?? ''),
  )
  return isNamed && (spans === null || isWithin(spans, ordinal))
}

function isWithin(spans: readonly Span[], ordinal: number): boolean {
  let [low, high] = [0, spans.length - 1]
  while (low <= high) {
    const middle = (low + high) >> 1
    const span = spans[middle]
    if (span === undefined || ordinal < span.from) high = middle - 1
    else if (ordinal > span.to) low = middle + 1
    else return true
  }
  return false
}
