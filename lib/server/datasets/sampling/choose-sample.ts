import 'server-only'
import { chooseBySeed } from '#lib/domain/datasets/choose-by-seed'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import type { Sample, SampleMode, SampleRequest } from '#lib/domain/datasets/sample-wire'
import { Failure } from '#lib/domain/errors'
import { findTimeDimension } from '#lib/domain/partitioning/dimensions'
import { NOT_PARTITIONED } from '#lib/domain/partitioning/partition-id'
import { createFolderFilter } from '#lib/domain/partitioning/pattern/folder-filter'
import { compileMatcher } from '#lib/domain/partitioning/pattern/matcher'
import { describeMismatch } from '#lib/domain/partitioning/pattern/mismatch'
import type { PathPattern } from '#lib/domain/partitioning/pattern/path-pattern'
import { wantedOf } from '#lib/domain/partitioning/pattern/prefix-plan'
import type { Period } from '#lib/domain/partitioning/periods'
import { isWide, parseRangeSpecification } from '#lib/domain/partitioning/range/range-parser'
import { resolveRangeSpecification } from '#lib/domain/partitioning/range/range-resolve'
import type { RangeSpecification } from '#lib/domain/partitioning/range/range-specification'
import type { ObjectStore } from '../../platform/object-store/types'
import { readPattern } from '../listing/list-partitions'
import { scanFiles } from '../listing/scan-files'
import { findPrefixes } from '../listing/walk-folders'

/** Objects that are listed for a sample before it makes do with them. */
const SCAN_BUDGET = 50_000
/** Files that are chosen at random: enough for the largest sample of files that hold a record each. */
const MOST_RANDOM_FILES = 10_000
/** What chooses at random when nobody says: the same each time. */
const DEFAULT_SEED = 1
/** How far back the newest partitions are looked for at first. */
const NEWEST: Record<Period, string> = { HOUR: '-23h/now', DAY: '-6d/now', MONTH: '-2m/now', YEAR: '-2y/now' }

export interface SampleFile {
  path: string
  partition: string
  sizeBytes: number
  modifiedAtMs: number
}

export interface SampleChoice extends Pick<Sample, 'mode' | 'within' | 'amongNewest' | 'random'> {
  /** Each is read as far as it takes, all of them evenly or one after the other, as the mode says. */
  groups: readonly (readonly SampleFile[])[]
  /** Every file is among them that is there or, where partitions were asked for, in those; unless the listing ended. */
  isAll: boolean
  /** The listing ended at its budget: what lies beyond was not considered. */
  scanEnded: boolean
}

type Asked = Pick<SampleRequest, 'partitions' | 'mode' | 'seed'>

/** Where the files of a sample are looked for. */
interface Place {
  store: ObjectStore
  definition: DatasetDefinition
  pattern: PathPattern | null
  /** Epoch milliseconds. */
  now: number
}

/** Chooses the files a sample is read from. `now` in epoch milliseconds. */
export async function chooseSample(
  store: ObjectStore,
  definition: DatasetDefinition,
  asked: Asked,
  now: number,
): Promise<SampleChoice> {
  const pattern = readPattern(definition)
  const place = { store, definition, pattern, now }
  if (pattern && definition.partitioning.ignoreNonMatchingFile === false)
    await requireAllMatch(store, definition, pattern)
  const { mode = 'spread' } = asked
  if (mode !== 'spread') return chooseFiles(place, mode, asked)
  return pattern && asked.partitions !== undefined
    ? chooseAsked(place, pattern, asked.partitions)
    : chooseNewest(place)
}

const NOTHING_MORE = { within: null, amongNewest: false, random: null } as const

async function chooseNewest(place: Place): Promise<SampleChoice> {
  const { pattern } = place
  const period = pattern && findTimeDimension(pattern.dimensions)?.params.period
  if (!pattern || !period) return chooseFiles(place, 'first', {})
  const recent = await findWithin(place, pattern, newestOf(pattern, period))
  const hasRecent = recent.partitions.size > 0
  const found = hasRecent ? recent : await findFiles(place, ['/'])
  return {
    mode: 'newest-partitions',
    ...NOTHING_MORE,
    isAll: !hasRecent,
    scanEnded: found.scanEnded,
    groups: newestFirst(found.partitions, pattern),
  }
}

const newestOf = (pattern: PathPattern, period: Period) =>
  pattern.dimensions.map((dimension) => (dimension.type === 'time' ? NEWEST[period] : '*')).join('|')

async function chooseAsked(place: Place, pattern: PathPattern, text: string): Promise<SampleChoice> {
  const { partitions, scanEnded } = await findAsked(place, pattern, text)
  return {
    mode: 'chosen-partitions',
    ...NOTHING_MORE,
    isAll: true,
    scanEnded,
    groups: newestFirst(partitions, pattern),
  }
}

/** First or last records, or those of files chosen at random: among all files, or within the partitions asked for. */
async function chooseFiles(
  place: Place,
  mode: Exclude<SampleMode, 'spread'>,
  { partitions: text, seed = DEFAULT_SEED }: Asked,
): Promise<SampleChoice> {
  const { within, amongNewest, scanEnded, ...found } = await findForFiles(place, mode, text)
  const files = [...found.partitions.values()].flat()
  if (mode === 'random') {
    const chosen = chooseBySeed(files, ({ path }) => path, { seed, most: MOST_RANDOM_FILES })
    return {
      mode: 'random-files',
      within,
      amongNewest,
      random: { seed, filesTotal: files.length },
      isAll: chosen.length === files.length,
      scanEnded,
      groups: chosen.map((file) => [file]),
    }
  }
  const isFirst = mode === 'first'
  files.sort(isFirst ? byPath : byChange)
  return {
    mode: isFirst ? 'first-records' : 'last-records',
    within,
    amongNewest,
    random: null,
    isAll: !amongNewest,
    scanEnded,
    groups: [files],
  }
}

async function findForFiles(
  place: Place,
  mode: SampleMode,
  text: string | undefined,
): Promise<Found & Pick<SampleChoice, 'within' | 'amongNewest'>> {
  const { pattern } = place
  if (pattern && text !== undefined)
    return { ...(await findAsked(place, pattern, text)), within: text, amongNewest: false }
  const period = pattern && findTimeDimension(pattern.dimensions)?.params.period
  if (mode === 'last' && pattern && period) {
    // Among millions of files the last ones are found in the newest partitions, and nowhere else in time.
    const recent = await findWithin(place, pattern, newestOf(pattern, period))
    if (recent.partitions.size > 0) return { ...recent, within: null, amongNewest: true }
  }
  // In order, so that a listing that is cut is the same one each time.
  return { ...(await findFiles(place, ['/'], { inOrder: true })), within: null, amongNewest: false }
}

const byPath = (a: SampleFile, b: SampleFile) => (a.path < b.path ? -1 : 1)
/** The one changed last first; of those changed at once the last by path. */
const byChange = (a: SampleFile, b: SampleFile) => b.modifiedAtMs - a.modifiedAtMs || byPath(b, a)

/** The files of the partitions that a range specification names, those without files among them. */
async function findAsked(place: Place, pattern: PathPattern, text: string): Promise<Found> {
  const { definition, now } = place
  const specification = parse(text, pattern)
  const found = await findWithin(place, pattern, text)
  const { ids, missing } = resolveRangeSpecification(specification, pattern.dimensions, {
    existingIds: found.partitions.keys(),
    now,
  })
  const missingIsEmpty = definition.partitioning.considerMissingRequestedPartitionsAsEmpty ?? false
  // What a range leaves out is a gap; what is named by itself is missing.
  if (!missingIsEmpty && !specification.items.some(isWide)) requireNoneMissing(missing)
  return { ...found, partitions: new Map(ids.map((id) => [id, found.partitions.get(id) ?? []])) }
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

/** The files at the prefixes that the partitions of a specification can be in. */
async function findWithin(place: Place, pattern: PathPattern, text: string): Promise<Found> {
  const { store, definition, now } = place
  const wanted = wantedOf(parse(text, pattern), pattern.dimensions, now)
  return findFiles(place, await findPrefixes(store, definition, pattern, wanted))
}

interface Found {
  partitions: Map<string, SampleFile[]>
  scanEnded: boolean
}

/** Lists files below prefixes and sorts them into partitions; without a pattern all are in one. */
async function findFiles(
  { store, definition, pattern }: Place,
  below: readonly string[],
  { inOrder = false }: { inOrder?: boolean } = {},
): Promise<Found> {
  const found: Found = { partitions: new Map(), scanEnded: false }
  if (below.length === 0) return found
  const matcher = pattern && compileMatcher(pattern)
  const onCut = () => {
    found.scanEnded = true
  }
  const options = { below, budget: SCAN_BUDGET, inOrder, onCut }
  const mayHold = pattern ? { mayHold: createFolderFilter(pattern, 'all') } : {}
  for await (const batch of scanFiles(store, definition, { ...options, ...mayHold })) {
    for (const { path, sizeBytes, modifiedAtMs, exclusion } of batch) {
      if (exclusion || sizeBytes === 0) continue
      const match = matcher ? matcher.match(path) : ({ ok: true, id: NOT_PARTITIONED } as const)
      if (!match.ok) continue
      const files = found.partitions.get(match.id)
      const file = { path, partition: match.id, sizeBytes, modifiedAtMs }
      if (files) files.push(file)
      else found.partitions.set(match.id, [file])
    }
  }
  return found
}

/** The files of each partition, the newest first; the partitions by their period, the newest first. */
function newestFirst(partitions: Map<string, SampleFile[]>, pattern: PathPattern): SampleFile[][] {
  const at = pattern.dimensions.findIndex((dimension) => dimension.type === 'time')
  const periodOf = (id: string) => id.split('|')[at] ?? ''
  return [...partitions]
    .sort(([a], [b]) => periodOf(b).localeCompare(periodOf(a)) || (a < b ? -1 : 1))
    .map(([, files]) => files.sort((a, b) => b.modifiedAtMs - a.modifiedAtMs))
}
