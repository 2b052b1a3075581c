import { finish, type Steps } from '../../steps'
import { type Dimension, findTimeDimension } from '../dimensions'
import { formatPeriod } from '../periods'
import { type BoundItem, bindItem, enumerateIds } from './bound-range'
import type { RangeItem, RangeSpecification } from './range-specification'
import { chooseWide } from './wide-items'

/** What a specification comes to at a moment. */
export interface RangeResolution {
  /** Existing ids that are asked for, in the order in which they were given. */
  ids: string[]
  /** The first ids asked for by name or range that do not exist. */
  missing: string[]
  /** How many do not exist; a lower bound unless `missingIsComplete`. */
  missingCount: number
  missingIsComplete: boolean
}

/** What there is, and when. */
export interface Existing {
  existing: ReadonlySet<string>
  /** Epoch milliseconds, which CURRENT_DAY and its like are taken at. */
  now: number
}

interface ResolveOptions {
  existingIds: Iterable<string>
  /** Epoch milliseconds, which CURRENT_DAY and its like are taken at. */
  now: number
  /** How many missing ids to list, 1,000 if not given. */
  missingLimit?: number
}

/** Ranges such as 1900-01-01/2100-01-01 by hour are counted this far and no further. */
const MAX_ENUMERATED = 200_000

/**
 * Resolves a specification against the partitions that exist, with what is missing. The ids are always a subset of
 * `existingIds`; an argument that equals an existing id is that id and nothing else.
 */
export function resolveRangeSpecification(
  specification: RangeSpecification,
  dimensions: readonly Dimension[],
  { existingIds, now, missingLimit = 1000 }: ResolveOptions,
): RangeResolution {
  const existing: ReadonlySet<string> = existingIds instanceof Set ? existingIds : new Set(existingIds)
  if (existing.has(specification.text))
    return { ids: [specification.text], missing: [], missingCount: 0, missingIsComplete: true }
  const { found, lacking, wide } = finish(sortItems(specification, dimensions, { existing, now }))
  const chosen = finish(chooseWide(wide, existing, dimensions))
  for (const id of found) chosen.add(id)
  const missing = new MissingIds(existing, missingLimit)
  for (const id of lacking) missing.add(id)
  missing.addAll(wide, findTimeDimension(dimensions)?.params.period ?? 'DAY')
  return { ids: [...existing].filter((id) => chosen.has(id)), ...missing.result() }
}

/** The items of a specification at a moment. */
export interface SortedItems {
  /** Existing ids that are named one by one. */
  found: string[]
  /** Ids that are named so and do not exist. */
  lacking: string[]
  /** What has to be held against all that exist. */
  wide: BoundItem[]
}

/** Looks up what a specification names one by one, and gives its ranges as they are at the moment. */
export function* sortItems(
  { items }: RangeSpecification,
  dimensions: readonly Dimension[],
  { existing, now }: Existing,
): Steps<SortedItems> {
  const sorted: SortedItems = { found: [], lacking: [], wide: [] }
  const period = findTimeDimension(dimensions)?.params.period ?? 'DAY'
  const name = (id: string) => (existing.has(id) ? sorted.found : sorted.lacking).push(id)
  for (const item of items) {
    yield
    const bound = existing.has(item.source) ? null : bindItem(item, dimensions, now)
    if (bound === null) name(item.source)
    else if (isSingle(bound)) for (const id of enumerateIds(bound, period)) name(id)
    else sorted.wide.push(bound)
  }
  return sorted
}

/** The one id that an item names whatever the day is; null for ranges and words. */
export function namedIdOf(item: RangeItem, dimensions: readonly Dimension[]): string | null {
  if (item.kind !== 'parts') return null
  const period = findTimeDimension(dimensions)?.params.period ?? 'DAY'
  const values: string[] = []
  for (const part of item.parts) {
    if (part.kind === 'values' && part.values.length === 1) values.push(part.values[0] ?? '')
    else if (part.kind === 'period-range' && part.from === part.to && part.from.kind === 'period')
      values.push(formatPeriod(part.from.ordinal, period))
    else return null
  }
  return values.join('|')
}

/** Whether an item is one partition, which is looked up rather than searched for. */
function isSingle(item: BoundItem): boolean {
  return item.every(
    (part) =>
      (part.kind === 'values' && part.values.size === 1) ||
      (part.kind === 'periods' && part.from === part.to),
  )
}

class MissingIds {
  private readonly ids = new Set<string>()
  private enumerated = 0

  constructor(
    private readonly existing: ReadonlySet<string>,
    private readonly limit: number,
  ) {}

  add(id: string) {
    if (!this.existing.has(id)) this.ids.add(id)
  }

  addAll(items: readonly BoundItem[], period: Parameters<typeof enumerateIds>[1]) {
    for (const item of items) {
      for (const id of enumerateIds(item, period)) {
        if (++this.enumerated > MAX_ENUMERATED) return
        this.add(id)
      }
    }
  }

  result(): Pick<RangeResolution, 'missing' | 'missingCount' | 'missingIsComplete'> {
    return {
      missing: [...this.ids].slice(0, this.limit),
      missingCount: this.ids.size,
      missingIsComplete: this.enumerated <= MAX_ENUMERATED,
    }
  }
}
