import type { Dimension } from '../dimensions'
import { NOT_PARTITIONED } from '../partition-id'
import { formatPeriod, type Period, parsePeriod } from '../periods'
import type { RangeItem, RangePart } from './range-specification'
import { resolveTimePoint } from './range-time'

/** What is asked of one dimension, with the clock taken out. */
export type BoundPart =
  | { kind: 'any' }
  | { kind: 'latest'; count: number }
  | { kind: 'values'; values: ReadonlySet<string> }
  /** Ordinals of periods, both included. */
  | { kind: 'periods'; from: number; to: number }

/** The parts of an item, one for each dimension. */
export type BoundItem = readonly BoundPart[]

/** An id taken apart for testing: its values, and the ordinal of its period or NaN. */
export interface SplitId {
  values: readonly string[]
  ordinal: number
}

/** Fixes an item to a moment, in epoch milliseconds; null for an id that these dimensions cannot have. */
export function bindItem(item: RangeItem, dimensions: readonly Dimension[], now: number): BoundItem | null {
  switch (item.kind) {
    case 'whole':
      return dimensions.map(() => ({ kind: 'any' }))
    case 'exact':
      return bindId(item.source, dimensions)
    case 'parts':
      return dimensions.map((dimension, index) =>
        bindPart(item.parts[index] ?? { kind: 'any' }, dimension, now),
      )
  }
}

function bindPart(part: RangePart, dimension: Dimension, now: number): BoundPart {
  if (part.kind === 'values') return { kind: 'values', values: new Set(part.values) }
  if (part.kind !== 'period-range') return part
  const period = dimension.type === 'time' ? dimension.params.period : 'DAY'
  return {
    kind: 'periods',
    from: resolveTimePoint(part.from, period, now).from,
    to: resolveTimePoint(part.to, period, now).to,
  }
}

function bindId(id: string, dimensions: readonly Dimension[]): BoundItem | null {
  const { values, ordinal } = splitId(id, dimensions)
  if (values.length !== dimensions.length) return null
  return dimensions.map((dimension, index) =>
    dimension.type === 'time'
      ? { kind: 'periods', from: ordinal, to: ordinal }
      : { kind: 'values', values: new Set([values[index] ?? '']) },
  )
}

/** Takes an id apart as the dimensions say. */
export function splitId(id: string, dimensions: readonly Dimension[]): SplitId {
  const values = dimensions.length === 0 && id === NOT_PARTITIONED ? [] : id.split('|')
  const time = dimensions.findIndex((dimension) => dimension.type === 'time')
  const dimension = dimensions[time]
  const ordinal = dimension?.type === 'time' ? parsePeriod(values[time] ?? '', dimension.params.period) : null
  return { values, ordinal: ordinal ?? Number.NaN }
}

/** Whether an id is among those asked for; LATEST is left to the caller, who sees all ids. */
export function holdsId(item: BoundItem, { values, ordinal }: SplitId): boolean {
  if (values.length !== item.length) return false
  return item.every((part, index) => {
    if (part.kind === 'values') return part.values.has(values[index] ?? '')
    return part.kind !== 'periods' || (ordinal >= part.from && ordinal <= part.to)
  })
}

/** Every id that an item names by itself, made one at a time; none if it holds `*` or LATEST. */
export function* enumerateIds(item: BoundItem, period: Period): Generator<string, void> {
  if (item.length === 0) yield NOT_PARTITIONED
  else if (item.every(({ kind }) => kind === 'values' || kind === 'periods'))
    yield* enumerateFrom(item, 0, '', period)
}

function* enumerateFrom(
  item: BoundItem,
  index: number,
  prefix: string,
  period: Period,
): Generator<string, void> {
  const part = item[index]
  if (part === undefined) {
    yield prefix
    return
  }
  for (const value of enumeratePart(part, period)) {
    yield* enumerateFrom(item, index + 1, index === 0 ? value : `${prefix}|${value}`, period)
  }
}

function* enumeratePart(part: BoundPart, period: Period): Generator<string, void> {
  if (part.kind === 'values') yield* part.values
  if (part.kind !== 'periods') return
  for (let ordinal = part.from; ordinal <= part.to; ordinal++) yield formatPeriod(ordinal, period)
}
