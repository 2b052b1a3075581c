import 'server-only'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import { Failure } from '#lib/domain/errors'
import { findTimeDimension } from '#lib/domain/partitioning/dimensions'
import { compileMatcher } from '#lib/domain/partitioning/matcher'
import { describeMismatch } from '#lib/domain/partitioning/mismatch'
import { NOT_PARTITIONED } from '#lib/domain/partitioning/partition-id'
import type { PathPattern } from '#lib/domain/partitioning/path-pattern'
import type { Period } from '#lib/domain/partitioning/periods'
import { type Wanted, wantedOf } from '#lib/domain/partitioning/prefix-plan'
import { isWide, parseRangeSpecification } from '#lib/domain/partitioning/range-parser'
import { resolveRangeSpecification } from '#lib/domain/partitioning/range-resolve'
import type { RangeSpecification } from '#lib/domain/partitioning/range-specification'
import type { ObjectStore } from '../platform/object-store/types'
import { readPattern } from './list-partitions'
import { scanFiles } from './scan-files'
import { findPrefixes } from './walk-folders'

/** Objects that are listed for a sample before it makes do with them. */
const SCAN_BUDGET = 50_000
/** How far back the newest partitions are looked for at first. */
const NEWEST: Record<Period, string> = { HOUR: '-23h/now', DAY: '-6d/now', MONTH: '-2m/now', YEAR: '-2y/now' }

export interface SampleFile {
  path: string
  partition: string
  modifiedAtMs: number
}

export interface SampleChoice {
  mode: 'newest-partitions' | 'chosen-partitions' | 'first-records'
  /** The newest partitions first, and in each the newest files; or the files in the order of their paths. */
  partitions: Map<string, SampleFile[]>
  scanEnded: boolean
}

/** Chooses the files a sample is read from. `now` in epoch milliseconds. */
export async function chooseSample(
  store: ObjectStore,
  definition: DatasetDefinition,
  specification: string | undefined,
  now: number,
): Promise<SampleChoice> {
  const pattern = readPattern(definition)
  if (!pattern) return { ...(await findFiles(store, definition, null, ['/'])), mode: 'first-records' }
  if (definition.partitioning.ignoreNonMatchingFile === false)
    await requireAllMatch(store, definition, pattern)
  if (specification !== undefined) return chooseAsked(store, definition, pattern, specification, now)
  const period = findTimeDimension(pattern.dimensions)?.params.period
  if (!period) return { ...(await findFiles(store, definition, pattern, ['/'])), mode: 'first-records' }
  const newest = parse(newestOf(pattern, period), pattern)
  const recent = await findWanted(store, definition, pattern, wantedOf(newest, pattern.dimensions, now))
  const found = recent.partitions.size > 0 ? recent : await findFiles(store, definition, pattern, ['/'])
  return {
    mode: 'newest-partitions',
    scanEnded: found.scanEnded,
    partitions: newestFirst(found.partitions, pattern),
  }
}

const newestOf = (pattern: PathPattern, period: Period) =>
  pattern.dimensions.map((dimension) => (dimension.type === 'time' ? NEWEST[period] : '*')).join('|')

async function chooseAsked(
  store: ObjectStore,
  definition: DatasetDefinition,
  pattern: PathPattern,
  text: string,
  now: number,
): Promise<SampleChoice> {
  const specification = parse(text, pattern)
  const found = await findWanted(store, definition, pattern, wantedOf(specification, pattern.dimensions, now))
  const { ids, missing } = resolveRangeSpecification(specification, pattern.dimensions, {
    existingIds: found.partitions.keys(),
    now,
  })
  const missingIsEmpty = definition.partitioning.considerMissingRequestedPartitionsAsEmpty ?? false
  // What a range leaves out is a gap; what is named by itself is missing.
  if (!missingIsEmpty && !specification.items.some(isWide)) requireNoneMissing(missing)
  const chosen = new Map(ids.map((id) => [id, found.partitions.get(id) ?? []]))
  return { mode: 'chosen-partitions', scanEnded: found.scanEnded, partitions: newestFirst(chosen, pattern) }
}

/** "Fail when reading": nothing is read as long as a file is there that does not match. */
async function requireAllMatch(
  store: ObjectStore,
  definition: DatasetDefinition,
  pattern: PathPattern,
): Promise<void> {
  const matcher = compileMatcher(pattern)
  for await (const batch of scanFiles(store, definition, { budget: SCAN_BUDGET })) {
    for (const { path, exclusion } of batch) {
      const match = exclusion ? null : matcher.match(path)
      if (!match || match.ok) continue
      throw new Failure(
        'validation_failed',
        `${path} does not match the pattern. ${describeMismatch(match)}`,
        {
          reason: 'file-does-not-match',
          where: path,
          remedy: 'Mend the pattern, or choose on Advanced to leave such files out.',
        },
      )
    }
  }
}

function requireNoneMissing(missing: readonly string[]): void {
  const [first] = missing
  if (first === undefined) return
  const others = missing.length > 1 ? ` and ${missing.length - 1} more` : ''
  throw new Failure('not_found', `There is no file in partition ${first}${others}.`, {
    reason: 'ERR_DATASET_PARTITION_EMPTY',
    where: first,
    remedy: 'Ask for partitions that exist, or choose on Advanced to read missing ones as empty.',
  })
}

function parse(text: string, pattern: PathPattern): RangeSpecification {
  const parsed = parseRangeSpecification(text, pattern.dimensions)
  if (parsed.ok) return parsed.value
  throw new Failure(
    'validation_failed',
    parsed.issues[0]?.message ?? 'The range specification is not valid.',
    {
      reason: 'invalid-range-specification',
      where: 'Partitions',
      issues: parsed.issues,
    },
  )
}

async function findWanted(
  store: ObjectStore,
  definition: DatasetDefinition,
  pattern: PathPattern,
  wanted: Wanted,
) {
  return findFiles(store, definition, pattern, await findPrefixes(store, definition, pattern, wanted), wanted)
}

/** Lists files below prefixes and sorts them into partitions. */
async function findFiles(
  store: ObjectStore,
  definition: DatasetDefinition,
  pattern: PathPattern | null,
  below: readonly string[],
  wanted: Wanted = 'all',
) {
  const partitions = new Map<string, SampleFile[]>()
  const matcher = pattern && compileMatcher(pattern)
  let listed = 0
  if (below.length === 0) return { partitions, scanEnded: false }
  for await (const batch of scanFiles(store, definition, { below, budget: SCAN_BUDGET })) {
    listed += batch.length
    for (const { path, sizeBytes, modifiedAtMs, exclusion } of batch) {
      if (exclusion || sizeBytes === 0) continue
      const match = matcher ? matcher.match(path) : ({ ok: true, id: NOT_PARTITIONED } as const)
      if (!match.ok) continue
      const files = partitions.get(match.id)
      const file = { path, partition: match.id, modifiedAtMs }
      if (files) files.push(file)
      else partitions.set(match.id, [file])
    }
  }
  return {
    partitions: wanted === 'all' ? inPathOrder(partitions) : partitions,
    scanEnded: listed >= SCAN_BUDGET,
  }
}

function inPathOrder(partitions: Map<string, SampleFile[]>) {
  for (const files of partitions.values()) files.sort((a, b) => (a.path < b.path ? -1 : 1))
  return partitions
}

/** Sorts partitions by their period, the newest first, and their files likewise. */
function newestFirst(partitions: Map<string, SampleFile[]>, pattern: PathPattern): Map<string, SampleFile[]> {
  const at = pattern.dimensions.findIndex((dimension) => dimension.type === 'time')
  const periodOf = (id: string) => id.split('|')[at] ?? ''
  const entries = [...partitions].sort(
    ([a], [b]) => periodOf(b).localeCompare(periodOf(a)) || (a < b ? -1 : 1),
  )
  for (const [, files] of entries) files.sort((a, b) => b.modifiedAtMs - a.modifiedAtMs)
  return new Map(entries)
}
