import 'server-only'
import { compareKeys } from '#lib/domain/connections/key-order'
import { chooseBySeed } from '#lib/domain/datasets/choose-by-seed'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import type { Sample, SampleMode, SampleRequest } from '#lib/domain/datasets/sample-wire'
import { findTimeDimension } from '#lib/domain/partitioning/dimensions'
import type { PathPattern } from '#lib/domain/partitioning/pattern/path-pattern'
import type { Period } from '#lib/domain/partitioning/periods'
import type { BoundItem } from '#lib/domain/partitioning/range/bound-range'
import type { ObjectStore } from '../../platform/object-store/types'
import { readPattern } from '../listing/list-partitions'
import { isMistake } from '../listing/wanted-files'
import { readWantedPartitions } from '../listing/wanted-partitions'
import { type Found, findFiles, findWithin, type Place, requireAllMatch, type SampleFile } from './find-files'
import { findNewest, type Newest } from './find-newest'

const SCAN_BUDGET = 50_000
/** Files that are chosen at random: enough for the largest sample of files that hold a record each. */
const MOST_RANDOM_FILES = 10_000
/** What chooses at random when nobody says: the same each time. */
const DEFAULT_SEED = 1
/** How many periods a sample is spread over when nobody says. */
const NEWEST: Record<Period, number> = { HOUR: 24, DAY: 7, MONTH: 3, YEAR: 3 }

export interface SampleChoice extends Pick<Sample, 'mode' | 'within' | 'amongNewest' | 'random'> {
  /** Each is read as far as it takes, all of them evenly or one after the other, as the mode says. */
  groups: readonly (readonly SampleFile[])[]
  /** Every file is among them that is there or, where partitions were asked for, in those; unless the listing ended. */
  isAll: boolean
  /**
   * The listing ended at its budget, and what lies beyond was not considered. Where the first records are read that says
   * something only of a sample that is short of them.
   */
  cut: 'none' | 'matters-if-short' | 'matters'
  /** Where it was cut, its time had ended it, not the number of objects. */
  isLate: boolean
}

type Asked = Pick<SampleRequest, 'partitions' | 'mode' | 'seed'>

interface Circumstances {
  /** Epoch milliseconds. */
  now: number
  /** The ids of a whole listing that is kept; null without one. */
  listedIds?: Place['listedIds']
  /** Objects that are listed for a sample before it makes do with them. */
  scanBudget?: number
  /** When it makes do with those that are listed, epoch milliseconds; never unless told. */
  listUntilMs?: number
}

/** Chooses the files a sample is read from. */
export async function chooseSample(
  store: ObjectStore,
  definition: DatasetDefinition,
  asked: Asked,
  { now, listedIds = async () => null, scanBudget = SCAN_BUDGET, listUntilMs }: Circumstances,
): Promise<SampleChoice> {
  const pattern = readPattern(definition)
  const budget = { left: scanBudget, untilMs: listUntilMs ?? Number.POSITIVE_INFINITY, isLate: false }
  const place: Place = { store, definition, pattern, now, listedIds, budget }
  const { isCut } =
    pattern && isMistake(definition) ? await requireAllMatch(place, pattern) : { isCut: false }
  const { isCut: isChoiceCut, ...choice } = await chooseByMode(place, asked)
  const whenCut = choice.mode === 'first-records' ? 'matters-if-short' : 'matters'
  return { ...choice, cut: isCut ? 'matters' : isChoiceCut ? whenCut : 'none', isLate: budget.isLate }
}

/** `isCut`: the listing ended at its budget. */
type Choice = Omit<SampleChoice, 'cut' | 'isLate'> & Pick<Found, 'isCut'>

function chooseByMode(place: Place, asked: Asked): Promise<Choice> {
  const { mode = 'spread', partitions } = asked
  if (mode !== 'spread') return chooseByFiles(place, mode, asked)
  const { pattern } = place
  return pattern && partitions !== undefined ? chooseAsked(place, pattern, partitions) : chooseNewest(place)
}

const NOTHING_MORE = { within: null, amongNewest: false, random: null } as const

async function chooseNewest(place: Place): Promise<Choice> {
  const { pattern } = place
  const found = pattern && (await findNewestOfAll(place, pattern))
  if (!pattern || !found) return chooseByFiles(place, 'first', {})
  return {
    mode: 'newest-partitions',
    ...NOTHING_MORE,
    isAll: found.isAll,
    isCut: found.isCut,
    groups: newestFirst(found.partitions, pattern),
  }
}

/** The files of the newest partitions; null where there are none by time. */
async function findNewestOfAll(place: Place, pattern: PathPattern): Promise<Newest | null> {
  const period = findTimeDimension(pattern.dimensions)?.params.period
  if (!period) return null
  const latest = { kind: 'latest', count: NEWEST[period] } as const
  const item = pattern.dimensions.map(({ type }) => (type === 'time' ? latest : ({ kind: 'any' } as const)))
  return findNewest(place, pattern, item)
}

async function chooseAsked(place: Place, pattern: PathPattern, text: string): Promise<Choice> {
  const { partitions, isCut } = await findAsked(place, pattern, text)
  return {
    mode: 'chosen-partitions',
    ...NOTHING_MORE,
    isAll: true,
    isCut,
    groups: newestFirst(partitions, pattern),
  }
}

/** First or last records, or those of files chosen at random: among all files, or within the partitions asked for. */
async function chooseByFiles(
  place: Place,
  mode: Exclude<SampleMode, 'spread'>,
  { partitions: text, seed = DEFAULT_SEED }: Asked,
): Promise<Choice> {
  const { within, amongNewest, isCut, ...found } = await findForFiles(place, mode, text)
  const files = [...found.partitions.values()].flat()
  if (mode === 'random') {
    const chosen = chooseBySeed(files, ({ path }) => path, { seed, most: MOST_RANDOM_FILES })
    return {
      mode: 'random-files',
      within,
      amongNewest,
      random: { seed, filesTotal: files.length },
      isAll: chosen.length === files.length,
      isCut,
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
    isCut,
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
  // Among millions of files the last ones are found in the newest partitions, and nowhere else in time.
  const newest = mode === 'last' && pattern ? await findNewestOfAll(place, pattern) : null
  if (newest !== null) return { ...newest, within: null, amongNewest: !newest.isAll }
  // In order, so that a listing that is cut is the same one each time.
  return { ...(await findFiles(place, { inOrder: true })), within: null, amongNewest: false }
}

const byPath = (a: SampleFile, b: SampleFile) => compareKeys(a.path, b.path)
/** The one changed last first; of those changed at once the last by path. */
const byChange = (a: SampleFile, b: SampleFile) => b.modifiedAtMs - a.modifiedAtMs || byPath(b, a)

/** The files of the partitions that a text names, those without files among them. */
async function findAsked(place: Place, pattern: PathPattern, text: string): Promise<Found> {
  const { definition, now } = place
  const wanted = await readWantedPartitions([text], pattern.dimensions)
  if (wanted === 'all') return findFiles(place, {})
  const bound = wanted.bind(now)
  const found = bound === 'all' ? await findFiles(place, {}) : await findItems(place, pattern, bound)
  const missingIsEmpty = definition.partitioning.considerMissingRequestedPartitionsAsEmpty ?? false
  const existing = new Set(found.partitions.keys())
  const partitions = new Map<string, SampleFile[]>()
  for (const id of await wanted.choose({ existing, now, missingIsEmpty }))
    partitions.set(id, found.partitions.get(id) ?? [])
  return { partitions, isCut: found.isCut }
}

/** The newest of each LATEST by itself, so that only they are listed; what else is asked for together. */
async function findItems(place: Place, pattern: PathPattern, items: readonly BoundItem[]): Promise<Found> {
  const hasLatest = (item: BoundItem) => item.some(({ kind }) => kind === 'latest')
  const others = items.filter((item) => !hasLatest(item))
  const founds: Found[] = [await findWithin(place, pattern, others, 'last-to-first')]
  for (const item of items) if (hasLatest(item)) founds.push(await findNewest(place, pattern, item))
  return founds.reduce(unite)
}

/** Unless it was cut, each has all files of its partitions. */
function unite(one: Found, other: Found): Found {
  const partitions = new Map(one.partitions)
  for (const [id, files] of other.partitions)
    if (files.length > (partitions.get(id)?.length ?? 0)) partitions.set(id, files)
  return { partitions, isCut: one.isCut || other.isCut }
}

/** The files of each partition, the newest first; the partitions by their period, the newest first. */
function newestFirst(partitions: Map<string, SampleFile[]>, pattern: PathPattern): SampleFile[][] {
  const at = pattern.dimensions.findIndex((dimension) => dimension.type === 'time')
  const periodOf = (id: string) => id.split('|')[at] ?? ''
  return [...partitions]
    .sort(([a], [b]) => periodOf(b).localeCompare(periodOf(a)) || (a < b ? -1 : 1))
    .map(([, files]) => files.sort((a, b) => b.modifiedAtMs - a.modifiedAtMs))
}
