import 'server-only'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import { Failure } from '#lib/domain/errors'
import { NOT_PARTITIONED } from '#lib/domain/partitioning/partition-id'
import { createFolderFilter } from '#lib/domain/partitioning/pattern/folder-filter'
import { compileMatcher, type PathMatcher } from '#lib/domain/partitioning/pattern/matcher'
import { describeMismatch, type Mismatch } from '#lib/domain/partitioning/pattern/mismatch'
import type { PathPattern } from '#lib/domain/partitioning/pattern/path-pattern'
import type { Wanted } from '#lib/domain/partitioning/pattern/prefix-plan'
import type { ObjectStore } from '../../platform/object-store/types'
import { TextsAside } from '../../platform/texts-aside'
import { readPattern } from './list-partitions'
import { type ScannedObject, scanFiles } from './scan-files'
import { findPrefixes } from './walk-folders'
import { type AskedPartitions, readWantedPartitions } from './wanted-partitions'

/** Prefixes that are listed together, and held meanwhile. */
const PREFIXES_AT_ONCE = 50
const MOST_FILTER_CHARS = 64 * 1024

/** A file of a dataset, with the partition it is in. */
export interface WantedFile {
  path: string
  partition: string
  sizeBytes: number
}

interface Place {
  store: ObjectStore
  definition: DatasetDefinition
  /** Epoch milliseconds, which CURRENT_DAY and its like are taken at. */
  now: number
  /** Gives files without a byte as well, which have no records. */
  empties?: boolean
  /** Keys that are listed at once: those that wait for who takes the files are held. */
  pageKeys?: number
}

/**
 * The files of the wanted partitions in the order of their paths, as the listing finds them: memory does not grow with their
 * number, nor with that of the partitions while nobody takes files. None means all; `asked` is called once.
 * @throws Failure `validation_failed` for a text that names no partitions; `not_found` (ERR_DATASET_PARTITION_EMPTY) for a
 * partition named by itself that has no file; `validation_failed` (file-does-not-match) where the settings want it
 */
export async function* findWantedFiles(
  place: Place,
  asked: AskedPartitions | (() => AskedPartitions),
): AsyncGenerator<WantedFile> {
  const plan = await planListing(place, asked)
  const matcher = plan.pattern && compileMatcher(plan.pattern)
  try {
    for (let from = 0, below = await plan.below(from); below.length > 0; below = await plan.below(from)) {
      from += below.length
      yield* listWanted(place, { ...plan, matcher }, below)
    }
  } finally {
    await plan.close()
  }
}

/** How to list files, with nothing in it that is long. */
interface ListingPlan {
  /** To be compiled once: a dataset may have its files below many prefixes. */
  pattern: PathPattern | null
  /** Some of the prefixes to list, in order; none behind the last one. */
  below: (from: number) => Promise<readonly string[]>
  /** Folders that can hold nothing wanted are passed by. */
  mayHold?: (folder: string) => boolean
  /** The partitions to give files of; null for all. */
  chosen: () => Promise<ReadonlySet<string> | null>
  close: () => Promise<unknown>
}

/** On its own, so that what was asked for, and what exists, is not held by who goes on. */
async function planListing(
  place: Place,
  asked: AskedPartitions | (() => AskedPartitions),
): Promise<ListingPlan> {
  const { store, definition, now } = place
  const pattern = readPattern(definition)
  const texts = typeof asked === 'function' ? asked() : asked
  const wanted = await readWantedPartitions(texts, pattern?.dimensions ?? [])
  if (!pattern || wanted === 'all') return planWhole(pattern, ['/'], 'all')
  const bound = wanted.bind(now)
  const below = await findPrefixes(store, definition, pattern, bound)
  const existing = new Set<string>()
  // These wait for nobody.
  const { pageKeys: _, ...atOnce } = place
  const whole = { ...planWhole(pattern, below, bound), matcher: compileMatcher(pattern) }
  for await (const { partition } of listWanted(atOnce, whole, below)) existing.add(partition)
  const missingIsEmpty = definition.partitioning.considerMissingRequestedPartitionsAsEmpty ?? false
  const chosen = await TextsAside.of(await wanted.choose({ existing, now, missingIsEmpty }))
  const prefixes = await TextsAside.of(new Set(below))
  return {
    pattern,
    below: async (from) => takeSome(await prefixes.all(), from, PREFIXES_AT_ONCE),
    // A filter of long values would be held as well: what it passes by is looked at in vain, at worst.
    ...(countChars(bound) > MOST_FILTER_CHARS ? {} : { mayHold: createFolderFilter(pattern, bound) }),
    chosen: () => chosen.all(),
    close: () => Promise.all([chosen.close(), prefixes.close()]),
  }
}

/** Some texts from a place on. */
function takeSome(texts: ReadonlySet<string>, from: number, count: number): string[] {
  const some: string[] = []
  let place = 0
  for (const text of texts) {
    if (place++ < from) continue
    some.push(text)
    if (some.length === count) break
  }
  return some
}

const planWhole = (pattern: PathPattern | null, below: readonly string[], wanted: Wanted): ListingPlan => ({
  pattern,
  below: async (from) => below.slice(from),
  ...(pattern ? { mayHold: createFolderFilter(pattern, wanted) } : {}),
  chosen: async () => null,
  close: async () => undefined,
})

/** Characters of the values that are wanted. */
function countChars(wanted: Wanted): number {
  let chars = 0
  if (wanted === 'all') return chars
  for (const item of wanted)
    for (const part of item) if (part.kind === 'values') for (const { length } of part.values) chars += length
  return chars
}

/** Lists files in order. */
async function* listWanted(
  { store, definition, empties = false, pageKeys }: Place,
  { matcher, mayHold, chosen }: ListingPlan & Pick<Picking, 'matcher'>,
  below: readonly string[],
): AsyncGenerator<WantedFile> {
  const mustMatch = isMistake(definition)
  const reading = { matcher, mustMatch, empties }
  const filter = mayHold && !mustMatch ? { mayHold } : {}
  const few = pageKeys === undefined ? {} : { pageKeys }
  for await (const batch of scanFiles(store, definition, { below, inOrder: true, ...filter, ...few })) {
    // The ids are named by nothing that waits for who takes the files.
    const { files, mistake } = pickFiles(batch, await chosen(), reading)
    yield* files
    if (mistake) throw mistake
  }
}

interface Picking {
  matcher: PathMatcher | null
  /** Whether a file that does not match is a mistake, which ends the listing. */
  mustMatch: boolean
  empties: boolean
}

function pickFiles(
  batch: readonly ScannedObject[],
  ids: ReadonlySet<string> | null,
  { matcher, mustMatch, empties }: Picking,
): { files: WantedFile[]; mistake?: Failure } {
  const files: WantedFile[] = []
  for (const { path, sizeBytes, exclusion } of batch) {
    if (exclusion || (sizeBytes === 0 && !empties)) continue
    const match = matcher ? matcher.match(path) : WHOLE_DATASET
    if (match.ok) {
      if (ids === null || ids.has(match.id)) files.push({ path, partition: match.id, sizeBytes })
    } else if (mustMatch) return { files, mistake: refuseMismatch(path, match) }
  }
  return { files }
}

const WHOLE_DATASET = { ok: true, id: NOT_PARTITIONED } as const

/** Whether a file that does not match the pattern is to fail what is read. */
export const isMistake = ({ partitioning }: DatasetDefinition): boolean =>
  partitioning.ignoreNonMatchingFile === false

/** What a file that does not match is refused with, where that is a mistake. */
export const refuseMismatch = (path: string, mismatch: Mismatch): Failure =>
  new Failure('validation_failed', `${path} does not match the pattern. ${describeMismatch(mismatch)}`, {
    reason: 'file-does-not-match',
    where: path,
    remedy: 'Mend the pattern, or choose on Advanced to leave such files out.',
  })
