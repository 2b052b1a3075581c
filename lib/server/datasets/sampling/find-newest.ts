import 'server-only'
import { findTimeDimension } from '#lib/domain/partitioning/dimensions'
import { createFolderDates, createFolderFilter } from '#lib/domain/partitioning/pattern/folder-filter'
import type { PathPattern } from '#lib/domain/partitioning/pattern/path-pattern'
import { folderLevelsOf } from '#lib/domain/partitioning/pattern/pattern-segments'
import { type PlannedPrefix, planPrefixes } from '#lib/domain/partitioning/pattern/prefix-plan'
import { periodAt, periodOrdinal } from '#lib/domain/partitioning/periods'
import { type BoundItem, holdsId, splitId } from '#lib/domain/partitioning/range/bound-range'
import { connectionPathOf, openBelow } from '../listing/scan-files'
import { enterFolders, mapConcurrently } from '../listing/walk-folders'
import { type Found, findFiles, findWithin, isOver, type Place } from './find-files'

/** Folders that are held at once; where there are more of a level, those above it are listed whole. */
const MOST_OPEN = 20_000
/** Folders of one level of dates that are entered; of more, one plain listing costs less. */
const MOST_ENTERED = 2_000
/** Periods up to now whose names are looked for one by one. */
const MOST_RECENT = 366
/** No key of that year comes behind it. */
const LAST_CHARACTER = '\u{10ffff}'

export interface Newest extends Found {
  /** There are no older ones. */
  isAll: boolean
}

/**
 * The partitions that fit an item with LATEST(n) in its newest n periods, each with all of its files; fewer where there are no
 * more. Dates that stand in folders are followed from the newest on, however much is older. Where they stand in names alone, the
 * recent ones are looked for, then those of a kept listing, then all: at once where some are dated beyond the next year. `isCut`
 * tells that others may be as new.
 */
export async function findNewest(place: Place, pattern: PathPattern, item: BoundItem): Promise<Newest> {
  const latest = item.find((part) => part.kind === 'latest')
  const search = { place, pattern, item, count: latest?.count ?? 1 }
  const isDated = folderLevelsOf(pattern).some((level) => level.some(({ kind }) => kind === 'time'))
  const found = await (isDated ? followFolders(search) : lookAtNames(search))
  const ordinals = ordinalsOf(found.partitions.keys(), pattern)
  const oldest = ordinals[search.count - 1] ?? Number.NEGATIVE_INFINITY
  const isAll = found.isAll && ordinals.length <= search.count
  return { ...found, isAll, partitions: partitionsFrom(found, pattern, oldest) }
}

interface Search {
  place: Place
  pattern: PathPattern
  item: BoundItem
  /** How many periods are looked for. */
  count: number
}

interface Folder extends PlannedPrefix {
  /** The newest period that can be in it, by its ordinal; infinite where its path says nothing of it. */
  newest: number
  /** How many periods it can hold. */
  periods: number
}

/** Enters those folders first that can hold the newest, until nothing as new can be in any other. */
async function followFolders({ place, pattern, item, count }: Search): Promise<Newest> {
  const { store, definition } = place
  const mayHold = createFolderFilter(pattern, [item])
  const toFolder = createFolderReader(pattern, item)
  const found: Found = { partitions: new Map(), isCut: false }
  let open = planPrefixes(pattern, [item]).map(toFolder)
  while (open.length > 0 && !found.isCut) {
    const newest = open.reduce((most, folder) => Math.max(most, folder.newest), Number.NEGATIVE_INFINITY)
    const whole = partitionsFrom(found, pattern, newest + 1)
    const missing = count - ordinalsOf(whole.keys(), pattern).length
    if (missing <= 0) return { partitions: whole, isCut: false, isAll: false }
    const inner = open.filter((folder) => folder.newest === newest && folder.segmentsUntilFree > 0)
    const taken = inner.length > 0 ? inner : newestLeaves(open, missing)
    const isTaken = new Set(taken)
    open = open.filter((folder) => !isTaken.has(folder))
    if (inner.length > 0) {
      const most = Math.min(MOST_ENTERED, MOST_OPEN - open.length)
      const next = await enterFolders(store, definition, inner, {
        mayHold,
        most,
        isOver: () => isOver(place),
      })
      // Too many to enter: what is in them is listed without dividing them.
      open.push(...(next.isCut ? inner.map(asLeaf) : next.items.map(toFolder)))
    } else {
      const below = taken.map(({ prefix }) => prefix)
      addFound(found, await findFiles(place, { below, wanted: [item] }))
    }
  }
  return { ...found, isAll: !found.isCut }
}

function createFolderReader(pattern: PathPattern, item: BoundItem): (planned: PlannedPrefix) => Folder {
  const datesOf = createFolderDates(pattern)
  const isDivided = item.some((part) => part.kind === 'values')
  return (planned) => {
    const span = datesOf(planned.prefix)
    if (span === null) return { ...planned, newest: Number.POSITIVE_INFINITY, periods: 1 }
    // Further levels tell nothing more of the date, and nothing in them is left out.
    const isLast = span.from === span.to && !isDivided
    const segmentsUntilFree = isLast ? 0 : planned.segmentsUntilFree
    return { ...planned, segmentsUntilFree, newest: span.to, periods: span.to - span.from + 1 }
  }
}

const asLeaf = (folder: Folder): Folder => ({ ...folder, segmentsUntilFree: 0 })

/** Folders to be listed, the newest first, that together can hold so many periods; none older than one that is to be entered. */
function newestLeaves(open: readonly Folder[], count: number): Folder[] {
  const leaves: Folder[] = []
  let periods = 0
  for (const folder of open.toSorted((a, b) => b.newest - a.newest)) {
    const isFurther = folder.newest !== leaves.at(-1)?.newest
    if (folder.segmentsUntilFree > 0 || (isFurther && periods >= count)) break
    if (isFurther) periods += folder.periods
    leaves.push(folder)
  }
  return leaves
}

/** The partitions of a period and all newer ones. */
function partitionsFrom({ partitions }: Found, { dimensions }: PathPattern, from: number) {
  return new Map([...partitions].filter(([id]) => splitId(id, dimensions).ordinal >= from))
}

/** The periods of partitions by their ordinals, the newest first. */
function ordinalsOf(ids: Iterable<string>, { dimensions }: PathPattern): number[] {
  const ordinals = new Set<number>()
  for (const id of ids) ordinals.add(splitId(id, dimensions).ordinal)
  return [...ordinals].filter((ordinal) => !Number.isNaN(ordinal)).sort((a, b) => b - a)
}

/** Adds what was found elsewhere; where both have files of a partition, they have different ones. */
function addFound(found: Found, more: Found): void {
  found.isCut ||= more.isCut
  for (const [id, files] of more.partitions) {
    const before = found.partitions.get(id)
    found.partitions.set(id, before ? before.concat(files) : files)
  }
}

/** Dates in names narrow a listing only where what stands before them is known. */
async function lookAtNames({ place, pattern, item, count }: Search): Promise<Newest> {
  const period = findTimeDimension(pattern.dimensions)?.params.period ?? 'DAY'
  const today = periodAt(place.now, period)
  const nextYear = new Date(place.now).getUTCFullYear() + 1
  const nextYears = periodOrdinal(period, nextYear, 12, 31, 23)
  const within = (wanted: BoundItem) => findWithin(place, pattern, [wanted], 'last-to-first')
  const countIn = (found: Found) => ordinalsOf(found.partitions.keys(), pattern).length
  const upToDate = (periods: number) => between(item, today - Math.min(periods, MOST_RECENT) + 1, nextYears)
  const recent = upToDate(count)
  const open = planPrefixes(pattern, [item])
  const isNarrowed = JSON.stringify(planPrefixes(pattern, [recent])) !== JSON.stringify(open)
  if (isNarrowed && !(await isAnyAfter(place, open, nextYear))) {
    const found = await within(recent)
    if (found.isCut || countIn(found) >= count) return { ...found, isAll: false }
    const listed = await ordinalsListed(place, pattern, item)
    const [newest] = listed
    // A listing that has fewer says nothing of older ones that came after it.
    const oldest = listed[count - 1]
    if (newest !== undefined && oldest !== undefined) {
      const since = await within(between(item, oldest, Math.max(newest, nextYears)))
      if (countIn(since) >= count) return { ...since, isAll: false }
    }
    const ofYear = await within(upToDate(MOST_RECENT))
    if (ofYear.isCut || countIn(ofYear) >= count) return { ...ofYear, isAll: false }
  }
  const all = await findWithin(place, pattern, [item], 'first-to-last')
  return { ...all, isAll: !all.isCut }
}

/** Whether files may be dated later than a year, which stands right behind each of some prefixes: one call tells for each, where it may be listed. */
async function isAnyAfter(
  { store, definition }: Place,
  prefixes: readonly PlannedPrefix[],
  year: number,
): Promise<boolean> {
  const found = await mapConcurrently(prefixes, async ({ prefix }) => {
    const [open] = openBelow(store, definition, prefix)
    if (open !== prefix) return true
    const { objects } = await store.listPage({
      prefixPath: connectionPathOf(definition, prefix),
      startAfter: connectionPathOf(definition, `${prefix}${year}${LAST_CHARACTER}`),
      maxKeys: 1,
    })
    const [first] = objects
    // Names that go on with no digit come behind all years.
    return first !== undefined && /^\d/.test(first.path.slice(connectionPathOf(definition, prefix).length))
  })
  return found.includes(true)
}

/** The periods of the partitions that fit an item, by a listing that is kept. */
async function ordinalsListed(place: Place, pattern: PathPattern, item: BoundItem): Promise<number[]> {
  const { dimensions } = pattern
  const ids = (await place.listedIds()) ?? []
  return ordinalsOf(
    ids.filter((id) => holdsId(item, splitId(id, dimensions))),
    pattern,
  )
}

const between = (item: BoundItem, from: number, to: number): BoundItem =>
  item.map((part) => (part.kind === 'latest' ? { kind: 'periods', from, to } : part))
