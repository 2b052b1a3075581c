import 'server-only'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import { Failure } from '#lib/domain/errors'
import { compileMatcher } from '#lib/domain/partitioning/matcher'
import { describeMismatch } from '#lib/domain/partitioning/mismatch'
import { NOT_PARTITIONED } from '#lib/domain/partitioning/partition-id'
import type { PathPattern } from '#lib/domain/partitioning/path-pattern'
import { type Wanted, wantedOf } from '#lib/domain/partitioning/prefix-plan'
import { isWide, parseRangeSpecification } from '#lib/domain/partitioning/range-parser'
import { resolveRangeSpecification } from '#lib/domain/partitioning/range-resolve'
import type { RangeSpecification } from '#lib/domain/partitioning/range-specification'
import type { ObjectStore } from '../platform/object-store/types'
import { readPattern } from './list-partitions'
import { scanFiles } from './scan-files'
import { findPrefixes } from './walk-folders'

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
}

/**
 * The files of the wanted partitions in the order of their paths, as the listing finds them: memory does not grow with their
 * number. Each text is a partition id or a range specification; none means all.
 * @throws Failure `validation_failed` for a text that is neither; `not_found` (ERR_DATASET_PARTITION_EMPTY) for a partition
 * named by itself that has no file; `validation_failed` (file-does-not-match) where the settings want it
 */
export async function* findWantedFiles(place: Place, texts: readonly string[]): AsyncGenerator<WantedFile> {
  const { store, definition, now } = place
  const pattern = readPattern(definition)
  if (!pattern || texts.length === 0) {
    yield* listFiles(place, pattern, ['/'], null)
    return
  }
  const specifications = texts.map((text) => parse(text, pattern))
  const wanted = uniteWanted(specifications.map((one) => wantedOf(one, pattern.dimensions, now)))
  const below = await findPrefixes(store, definition, pattern, wanted)
  const existing = new Set<string>()
  for await (const { partition } of listFiles(place, pattern, below, null)) existing.add(partition)
  yield* listFiles(place, pattern, below, choose(place, pattern, specifications, existing))
}

function choose(
  { definition, now }: Place,
  pattern: PathPattern,
  specifications: readonly RangeSpecification[],
  existing: ReadonlySet<string>,
): Set<string> {
  const missingIsEmpty = definition.partitioning.considerMissingRequestedPartitionsAsEmpty ?? false
  const chosen = new Set<string>()
  for (const specification of specifications) {
    const { ids, missing } = resolveRangeSpecification(specification, pattern.dimensions, {
      existingIds: existing,
      now,
    })
    const isNamed = !existing.has(specification.text) && !specification.items.some(isWide)
    if (isNamed && !missingIsEmpty && missing[0] !== undefined) throw noFile(missing[0])
    for (const id of ids) chosen.add(id)
  }
  return chosen
}

const uniteWanted = (all: readonly Wanted[]): Wanted =>
  all.some((wanted) => wanted === 'all') ? 'all' : all.flatMap((wanted) => (wanted === 'all' ? [] : wanted))

/** Lists files in order; of the chosen partitions alone, unless `chosen` is null. */
async function* listFiles(
  { store, definition, empties = false }: Place,
  pattern: PathPattern | null,
  below: readonly string[],
  chosen: ReadonlySet<string> | null,
): AsyncGenerator<WantedFile> {
  if (below.length === 0) return
  const matcher = pattern && compileMatcher(pattern)
  const mustMatch = definition.partitioning.ignoreNonMatchingFile === false
  for await (const batch of scanFiles(store, definition, { below, inOrder: true })) {
    for (const { path, sizeBytes, exclusion } of batch) {
      if (exclusion || (sizeBytes === 0 && !empties)) continue
      const match = matcher ? matcher.match(path) : WHOLE_DATASET
      if (match.ok) {
        if (chosen === null || chosen.has(match.id)) yield { path, partition: match.id, sizeBytes }
      } else if (mustMatch) throw doesNotMatch(path, describeMismatch(match))
    }
  }
}

const WHOLE_DATASET = { ok: true, id: NOT_PARTITIONED } as const

function parse(text: string, { dimensions }: PathPattern): RangeSpecification {
  const parsed = parseRangeSpecification(text, dimensions)
  if (parsed.ok) return parsed.value
  throw new Failure(
    'validation_failed',
    parsed.issues[0]?.message ?? 'The range specification is not valid.',
    { reason: 'invalid-range-specification', where: text, issues: parsed.issues },
  )
}

const noFile = (id: string) =>
  new Failure('not_found', `There is no file in partition ${id}.`, {
    reason: 'ERR_DATASET_PARTITION_EMPTY',
    where: id,
    remedy: 'Ask for partitions that exist, or choose on Advanced to read missing ones as empty.',
  })

const doesNotMatch = (path: string, why: string) =>
  new Failure('validation_failed', `${path} does not match the pattern. ${why}`, {
    reason: 'file-does-not-match',
    where: path,
    remedy: 'Mend the pattern, or choose on Advanced to leave such files out.',
  })
