import 'server-only'
import { Failure } from '#lib/domain/errors'
import type { Dimension } from '#lib/domain/partitioning/dimensions'
import { parsePartitionId } from '#lib/domain/partitioning/partition-id'
import { type Wanted, wantedOf } from '#lib/domain/partitioning/pattern/prefix-plan'
import { isWide, parseRangeSpecification } from '#lib/domain/partitioning/range/range-parser'
import { resolveRangeSpecification } from '#lib/domain/partitioning/range/range-resolve'
import type { RangeSpecification } from '#lib/domain/partitioning/range/range-specification'
import type { Issue } from '#lib/domain/result'

/** Texts that are partition ids or range specifications; none means all. As `ids` they are nothing but ids. */
export type AskedPartitions = readonly string[] | { ids: readonly string[] }

/** Beyond this many texts, listing all of the dataset costs less than looking for the folders of each. */
const MOST_LOOKED_FOR = 2_000
/** Each is held against all partitions that exist. */
const MOST_RANGES = 1_000

interface Existing {
  existing: ReadonlySet<string>
  /** Epoch milliseconds, which CURRENT_DAY and its like are taken at. */
  now: number
  missingIsEmpty: boolean
}

/** What is asked for, before it is known what exists. */
export interface WantedPartitions {
  /** What to list to find them. */
  bind(now: number): Wanted
  /** The ids that are there. @throws Failure `not_found` for a partition named by itself that is not, unless that means empty */
  choose(existing: Existing): Set<string>
}

/** One text. */
interface Asked {
  text: string
  /** Whether a partition may have it for its id, whatever else it means. */
  isId: boolean
  /** What it means unless there is a partition of that id; null when it is but an id. */
  range: RangeSpecification | null
}

/**
 * Reads which partitions are asked for. A text that a partition has for its id is that one: values may hold what a range
 * specification gives a meaning to, such as `a,b`.
 * @throws Failure `validation_failed` for a text that can be neither an id nor a range specification of the dataset
 */
export function readWantedPartitions(
  asked: AskedPartitions,
  dimensions: readonly Dimension[],
): WantedPartitions | 'all' {
  const texts = 'ids' in asked ? asked.ids : asked
  const all = texts.map((text) => readAsked(text, dimensions, 'ids' in asked))
  if (texts.length === 0 || dimensions.length === 0) return 'all'
  if (all.filter(({ range }) => range !== null).length > MOST_RANGES) throw tooManyRanges()
  return {
    bind: (now) => (all.length > MOST_LOOKED_FOR ? 'all' : uniteWanted(all, dimensions, now)),
    choose: (existing) => chooseIds(all, dimensions, existing),
  }
}

function readAsked(text: string, dimensions: readonly Dimension[], isMeantAsId: boolean): Asked {
  const id = parsePartitionId(text, dimensions)
  const isId = id.ok && id.value.kind === 'partition'
  // Without dimensions there are NP and ALL, which are the same files.
  if (isMeantAsId || dimensions.length === 0) {
    if (!id.ok)
      throw notRead(text, id.issues, isMeantAsId ? 'invalid-partition' : 'invalid-range-specification')
    return { text, isId, range: null }
  }
  const range = parseRangeSpecification(text, dimensions)
  if (!range.ok && !isId) throw notRead(text, range.issues, 'invalid-range-specification')
  const isJustId = !range.ok || (isId && range.value.items.length === 1 && !range.value.items.some(isWide))
  return { text, isId, range: isJustId ? null : range.value }
}

function uniteWanted(all: readonly Asked[], dimensions: readonly Dimension[], now: number): Wanted {
  const items = all.flatMap(({ text, isId, range }) => [
    ...(isId ? [{ kind: 'exact' as const, source: text }] : []),
    ...(range?.items ?? []),
  ])
  return wantedOf({ text: '', items }, dimensions, now)
}

function chooseIds(
  all: readonly Asked[],
  dimensions: readonly Dimension[],
  { existing, now, missingIsEmpty }: Existing,
): Set<string> {
  const chosen = new Set<string>()
  for (const { text, range } of all) {
    if (existing.has(text)) chosen.add(text)
    else if (range === null) {
      if (!missingIsEmpty) throw noFile(text)
    } else {
      const found = resolveRangeSpecification(range, dimensions, { existingIds: existing, now })
      if (found.isNamed && !missingIsEmpty && found.missing[0] !== undefined) throw noFile(found.missing[0])
      for (const id of found.ids) chosen.add(id)
    }
  }
  return chosen
}

function notRead(text: string, issues: readonly Issue[], reason: string): Failure {
  const message = issues[0]?.message ?? 'This names no partitions of the dataset.'
  return new Failure('validation_failed', message, { reason, where: text, issues: [...issues] })
}

const tooManyRanges = () =>
  new Failure(
    'validation_failed',
    `At most ${MOST_RANGES} range specifications may be asked for at a time.`,
    {
      reason: 'too-many-ranges',
      remedy: 'Name the partitions by their ids, as many as you like, or ask in several requests.',
    },
  )

const noFile = (id: string) =>
  new Failure('not_found', `There is no file in partition ${id}.`, {
    reason: 'ERR_DATASET_PARTITION_EMPTY',
    where: id,
    remedy: 'Ask for partitions that exist, or choose on Advanced to read missing ones as empty.',
  })
