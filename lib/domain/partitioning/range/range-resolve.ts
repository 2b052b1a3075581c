import { type Dimension, findTimeDimension } from '../dimensions'
import { type BoundItem, bindItem, enumerateIds, holdsId, type SplitId, splitId } from './bound-range'
import type { RangeItem, RangeSpecification } from './range-specification'

/** What a specification comes to at a moment. */
export interface RangeResolution {
  /** Existing ids that are asked for, in the order in which they were given. */
  ids: string[]
  /** The first ids asked for by name or range that do not exist. */
  missing: string[]
  /** How many do not exist; a lower bound unless `missingIsComplete`. */
  missingCount: number
  missingIsComplete: boolean
  /** Whether every argument names one partition, by its id or by words such as PREVIOUS_DAY. */
  isNamed: boolean
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
 * Resolves a specification against the partitions that exist. The ids are always a subset of `existingIds`;
 * an argument that equals an existing id is that id and nothing else.
 */
export function resolveRangeSpecification(
  specification: RangeSpecification,
  dimensions: readonly Dimension[],
  { existingIds, now, missingLimit = 1000 }: ResolveOptions,
): RangeResolution {
  const existing: ReadonlySet<string> = existingIds instanceof Set ? existingIds : new Set(existingIds)
  if (existing.has(specification.text)) {
    return { ids: [specification.text], missing: [], missingCount: 0, missingIsComplete: true, isNamed: true }
  }
  const chosen = new Set<string>()
  const bound: BoundItem[] = []
  const unknown: string[] = []
  for (const item of specification.items) {
    if (existing.has(item.source)) chosen.add(item.source)
    else pushBound(item, bindItem(item, dimensions, now), bound, unknown)
  }
  const period = findTimeDimension(dimensions)?.params.period ?? 'DAY'
  const wide = bound.filter((item) => !isSingle(item))
  const missing = new MissingIds(existing, missingLimit)
  for (const id of unknown) missing.add(id)
  for (const item of bound) {
    if (!isSingle(item)) continue
    for (const id of enumerateIds(item, period))
      if (existing.has(id)) chosen.add(id)
      else missing.add(id)
  }
  chooseWide(wide, existing, dimensions, chosen)
  missing.addAll(wide, period)
  const ids = [...existing].filter((id) => chosen.has(id))
  return { ids, ...missing.result(), isNamed: wide.length === 0 }
}

function pushBound(item: RangeItem, bound: BoundItem | null, into: BoundItem[], unknown: string[]) {
  if (bound === null) unknown.push(item.source)
  else into.push(bound)
}

/** Whether an item is one partition, which is looked up rather than searched for. */
function isSingle(item: BoundItem): boolean {
  return item.every(
    (part) =>
      (part.kind === 'values' && part.values.size === 1) ||
      (part.kind === 'periods' && part.from === part.to),
  )
}

function chooseWide(
  items: readonly BoundItem[],
  existing: ReadonlySet<string>,
  dimensions: readonly Dimension[],
  chosen: Set<string>,
) {
  if (items.length === 0) return
  const split = [...existing].map((id) => ({ id, ...splitId(id, dimensions) }))
  for (const item of items) {
    const held = split.filter((id) => holdsId(item, id))
    const oldest = oldestOfLatest(item, held)
    for (const { id, ordinal } of held) if (!(ordinal < oldest)) chosen.add(id)
  }
}

/** LATEST(n) means the n newest periods among the partitions that the other dimensions leave. */
function oldestOfLatest(item: BoundItem, held: readonly SplitId[]): number {
  const latest = item.find((part) => part.kind === 'latest')
  if (latest === undefined) return Number.NEGATIVE_INFINITY
  const ordinals = [...new Set(held.map(({ ordinal }) => ordinal))]
    .filter((ordinal) => !Number.isNaN(ordinal))
    .sort((a, b) => b - a)
  return ordinals[Math.min(latest.count, ordinals.length) - 1] ?? Number.NEGATIVE_INFINITY
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
