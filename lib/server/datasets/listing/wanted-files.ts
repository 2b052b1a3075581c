import 'server-only'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import { Failure } from '#lib/domain/errors'
import { NOT_PARTITIONED } from '#lib/domain/partitioning/partition-id'
import { createFolderFilter } from '#lib/domain/partitioning/pattern/folder-filter'
import { compileMatcher } from '#lib/domain/partitioning/pattern/matcher'
import { describeMismatch, type Mismatch } from '#lib/domain/partitioning/pattern/mismatch'
import type { PathPattern } from '#lib/domain/partitioning/pattern/path-pattern'
import type { Wanted } from '#lib/domain/partitioning/pattern/prefix-plan'
import type { ObjectStore } from '../../platform/object-store/types'
import { readPattern } from './list-partitions'
import { scanFiles } from './scan-files'
import { findPrefixes } from './walk-folders'
import { type AskedPartitions, readWantedPartitions } from './wanted-partitions'

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
 * number. None means all.
 * @throws Failure `validation_failed` for a text that names no partitions; `not_found` (ERR_DATASET_PARTITION_EMPTY) for a
 * partition named by itself that has no file; `validation_failed` (file-does-not-match) where the settings want it
 */
export async function* findWantedFiles(place: Place, asked: AskedPartitions): AsyncGenerator<WantedFile> {
  const { store, definition, now } = place
  const pattern = readPattern(definition)
  const wanted = await readWantedPartitions(asked, pattern?.dimensions ?? [])
  if (!pattern || wanted === 'all') {
    yield* listWanted(place, pattern, ['/'], { wanted: 'all', chosen: null })
    return
  }
  const bound = wanted.bind(now)
  const below = await findPrefixes(store, definition, pattern, bound)
  const existing = new Set<string>()
  // These wait for nobody.
  const { pageKeys: _, ...atOnce } = place
  for await (const { partition } of listWanted(atOnce, pattern, below, { wanted: bound, chosen: null }))
    existing.add(partition)
  const missingIsEmpty = definition.partitioning.considerMissingRequestedPartitionsAsEmpty ?? false
  const chosen = await wanted.choose({ existing, now, missingIsEmpty })
  yield* listWanted(place, pattern, below, { wanted: bound, chosen })
}

interface Which {
  /** Folders that can hold none of these are passed by, unless a file that does not match is a mistake. */
  wanted: Wanted
  /** Of these partitions alone, unless it is null. */
  chosen: ReadonlySet<string> | null
}

/** Lists files in order. */
async function* listWanted(
  { store, definition, empties = false, pageKeys }: Place,
  pattern: PathPattern | null,
  below: readonly string[],
  { wanted, chosen }: Which,
): AsyncGenerator<WantedFile> {
  if (below.length === 0) return
  const matcher = pattern && compileMatcher(pattern)
  const mustMatch = isMistake(definition)
  const mayHold = pattern && !mustMatch ? { mayHold: createFolderFilter(pattern, wanted) } : {}
  const few = pageKeys === undefined ? {} : { pageKeys }
  for await (const batch of scanFiles(store, definition, { below, inOrder: true, ...mayHold, ...few })) {
    for (const { path, sizeBytes, exclusion } of batch) {
      if (exclusion || (sizeBytes === 0 && !empties)) continue
      const match = matcher ? matcher.match(path) : WHOLE_DATASET
      if (match.ok) {
        if (chosen === null || chosen.has(match.id)) yield { path, partition: match.id, sizeBytes }
      } else if (mustMatch) throw refuseMismatch(path, match)
    }
  }
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
