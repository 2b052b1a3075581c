import 'server-only'
import { Failure } from '#lib/domain/errors'
import type { Dimension } from '#lib/domain/partitioning/dimensions'
import { parsePartitionId } from '#lib/domain/partitioning/partition-id'
import { type Wanted, wantedOf } from '#lib/domain/partitioning/pattern/prefix-plan'
import type { BoundItem } from '#lib/domain/partitioning/range/bound-range'
import { isWide, parseInSteps } from '#lib/domain/partitioning/range/range-parser'
import { namedIdOf, sortItems } from '#lib/domain/partitioning/range/range-resolve'
import type { RangeSpecification } from '#lib/domain/partitioning/range/range-specification'
import { chooseWide, mergeItems } from '#lib/domain/partitioning/range/wide-items'
import type { Issue } from '#lib/domain/result'
import type { Steps } from '#lib/domain/steps'
import { finishInSlices } from '../../platform/loop-slices'

/** Texts that are partition ids or range specifications; none means all. As `ids` they are nothing but ids. */
export type AskedPartitions = readonly string[] | { ids: readonly string[] }

/** Beyond this many, listing all of the dataset costs less than looking for the folders of each. */
const MOST_LOOKED_FOR = 2_000
/** Each is held against all partitions that exist. */
const MOST_RANGES = 1_000

/** An id in which nothing has a meaning in a range specification. */
const PLAIN_ID = /^[\w.:-]+(?:\|[\w.:-]+)*$/

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
  choose(existing: Existing): Promise<Set<string>>
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
 * specification gives a meaning to, such as `a,b`. However many there are, others have their turn meanwhile.
 * @throws Failure `validation_failed` for a text that can be neither an id nor a range specification of the dataset
 */
export function readWantedPartitions(
  asked: AskedPartitions,
  dimensions: readonly Dimension[],
): Promise<WantedPartitions | 'all'> {
  return finishInSlices(readInSteps(asked, dimensions))
}

function* readInSteps(
  asked: AskedPartitions,
  dimensions: readonly Dimension[],
): Steps<WantedPartitions | 'all'> {
  const isMeantAsId = 'ids' in asked
  const texts = isMeantAsId ? asked.ids : asked
  const all: Asked[] = []
  let [named, ranges] = [0, 0]
  for (const text of texts) {
    yield
    const one = yield* readAsked(text, dimensions, isMeantAsId)
    all.push(one)
    const wide = one.range?.items.filter(isWide).length ?? 0
    named += (one.range?.items.length ?? 0) - wide + (one.isId ? 1 : 0)
    ranges += wide
    if (ranges > MOST_RANGES) throw tooManyRanges()
  }
  if (texts.length === 0 || dimensions.length === 0) return 'all'
  return {
    bind: (now) => (named > MOST_LOOKED_FOR ? 'all' : uniteWanted(all, dimensions, now)),
    choose: (existing) => finishInSlices(chooseIds(all, dimensions, existing)),
  }
}

function* readAsked(text: string, dimensions: readonly Dimension[], isMeantAsId: boolean): Steps<Asked> {
  const id = parsePartitionId(text, dimensions)
  if (id.ok && id.value.kind === 'whole')
    return { text, isId: false, range: { text, items: [{ kind: 'whole', source: text }] } }
  const isId = id.ok
  if (isMeantAsId || dimensions.length === 0) {
    if (!id.ok)
      throw notRead(text, id.issues, isMeantAsId ? 'invalid-partition' : 'invalid-range-specification')
    return { text, isId, range: null }
  }
  // Most ids of a hundred thousand: as a range specification they would name themselves.
  if (isId && PLAIN_ID.test(text)) return { text, isId, range: null }
  const range = yield* parseInSteps(text, dimensions)
  if (!range.ok && !isId) throw notRead(text, range.issues, 'invalid-range-specification')
  if (!range.ok) return { text, isId, range: null }
  const [first, second] = range.value.items
  const saysItself = first !== undefined && second === undefined && namedIdOf(first, dimensions) === text
  return { text, isId, range: saysItself ? null : range.value }
}

function uniteWanted(all: readonly Asked[], dimensions: readonly Dimension[], now: number): Wanted {
  const items = all.flatMap(({ text, isId, range }) => [
    ...(isId ? [{ kind: 'exact' as const, source: text }] : []),
    ...(range?.items ?? []),
  ])
  const wanted = wantedOf({ text: '', items }, dimensions, now)
  return wanted === 'all' ? wanted : mergeItems(wanted, dimensions)
}

function* chooseIds(
  all: readonly Asked[],
  dimensions: readonly Dimension[],
  { existing, now, missingIsEmpty }: Existing,
): Steps<Set<string>> {
  const chosen = new Set<string>()
  const ranges: BoundItem[] = []
  for (const { text, range } of all) {
    yield
    if (existing.has(text)) chosen.add(text)
    else if (range === null) {
      if (!missingIsEmpty) throw noFile(text)
    } else {
      const { found, lacking, wide } = yield* sortItems(range, dimensions, { existing, now })
      // What a range leaves out is a gap; what is named by itself is missing.
      if (wide.length === 0 && !missingIsEmpty && lacking[0] !== undefined) throw noFile(lacking[0])
      for (const id of found) chosen.add(id)
      ranges.push(...wide)
    }
  }
  for (const id of yield* chooseWide(ranges, existing, dimensions)) chosen.add(id)
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
