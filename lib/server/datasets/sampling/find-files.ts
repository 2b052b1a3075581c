import 'server-only'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import { NOT_PARTITIONED } from '#lib/domain/partitioning/partition-id'
import { createFolderFilter } from '#lib/domain/partitioning/pattern/folder-filter'
import { compileMatcher } from '#lib/domain/partitioning/pattern/matcher'
import type { PathPattern } from '#lib/domain/partitioning/pattern/path-pattern'
import type { Wanted } from '#lib/domain/partitioning/pattern/prefix-plan'
import { holdsId, splitId } from '#lib/domain/partitioning/range/bound-range'
import { now } from '../../platform/clock'
import type { ObjectStore } from '../../platform/object-store/types'
import { type ScannedObject, scanFiles } from '../listing/scan-files'
import { findPrefixes } from '../listing/walk-folders'
import { isMistake, refuseMismatch } from '../listing/wanted-files'

/** A file that a sample may be read from. */
export interface SampleFile {
  path: string
  partition: string
  sizeBytes: number
  modifiedAtMs: number
}

/** How much may be listed for a sample. */
export interface ListBudget {
  /** Objects that may still be listed. */
  left: number
  /** When no page is taken behind the first, epoch milliseconds. */
  untilMs: number
  /** That was what ended it. */
  isLate: boolean
}

/** Where the files of a sample are looked for. */
export interface Place {
  store: ObjectStore
  definition: DatasetDefinition
  pattern: PathPattern | null
  /** Epoch milliseconds. */
  now: number
  budget: ListBudget
  /** The ids of a whole listing that is kept; null without one. */
  listedIds: () => Promise<readonly string[] | null>
}

export interface Found {
  partitions: Map<string, SampleFile[]>
  /** The budget ended the listing, and more was there. */
  isCut: boolean
}

interface Where {
  /** Prefixes below the dataset's path; all of it unless told. */
  below?: readonly string[]
  /** Of these partitions alone; folders that can hold none of them are passed by. */
  wanted?: Wanted
  /** In the order of paths, so that a listing that is cut is the same one each time. */
  inOrder?: boolean
}

/** The files of the wanted partitions, found by the prefixes that can hold them. */
export async function findWithin(
  place: Place,
  pattern: PathPattern,
  wanted: Wanted,
  order: 'any' | 'first-to-last' | 'last-to-first' = 'any',
): Promise<Found> {
  const below = await findPrefixes(place.store, place.definition, pattern, wanted, () => isOver(place))
  if (order === 'last-to-first') below.reverse()
  return findFiles(place, { below, wanted, inOrder: order === 'first-to-last' })
}

/**
 * Lists files with a byte and sorts them into partitions; without a pattern all are in one.
 * @throws Failure `validation_failed` (file-does-not-match) for a file that is met where the settings want it
 */
export async function findFiles(
  place: Place,
  { below = ['/'], wanted = 'all', inOrder = false }: Where,
): Promise<Found> {
  const { pattern, definition } = place
  const partitions: Found['partitions'] = new Map()
  if (below.length === 0) return { partitions, isCut: false }
  const matcher = pattern && compileMatcher(pattern)
  const mayHold = pattern ? { mayHold: createFolderFilter(pattern, wanted) } : {}
  const isWanted = createIdFilter(pattern, wanted)
  const isCut = await scan(place, { below, inOrder, ...mayHold }, ({ path, sizeBytes, modifiedAtMs }) => {
    const match = matcher ? matcher.match(path) : ({ ok: true, id: NOT_PARTITIONED } as const)
    if (!match.ok) {
      if (isMistake(definition)) throw refuseMismatch(path, match)
      return
    }
    if (sizeBytes === 0 || !isWanted(match.id)) return
    const file = { path, partition: match.id, sizeBytes, modifiedAtMs }
    const files = partitions.get(match.id)
    if (files) files.push(file)
    else partitions.set(match.id, [file])
  })
  return { partitions, isCut }
}

/** Whether an id is among those wanted; each is asked of many files. */
function createIdFilter(pattern: PathPattern | null, wanted: Wanted): (id: string) => boolean {
  if (pattern === null || wanted === 'all') return () => true
  const known = new Map<string, boolean>()
  return (id) => {
    const before = known.get(id)
    if (before !== undefined) return before
    const parts = splitId(id, pattern.dimensions)
    const isWanted = wanted.some((item) => holdsId(item, parts))
    known.set(id, isWanted)
    return isWanted
  }
}

/**
 * "Fail when reading": nothing is read as long as a file is there that does not match. Tells whether the budget ended the look.
 * @throws Failure `validation_failed` (file-does-not-match)
 */
export async function requireAllMatch(place: Place, pattern: PathPattern): Promise<{ isCut: boolean }> {
  const matcher = compileMatcher(pattern)
  // What is looked through here is looked through once more for its files.
  const budget = { ...place.budget }
  const isCut = await scan({ ...place, budget }, {}, ({ path }) => {
    const match = matcher.match(path)
    if (!match.ok) throw refuseMismatch(path, match)
  })
  place.budget.isLate ||= budget.isLate
  return { isCut }
}

/** No time is left for folders to be entered: what is in them is listed as it comes. */
export const isOver = ({ budget, now: startedMs }: Place): boolean =>
  now().getTime() >= startedMs + (budget.untilMs - startedMs) / 2

interface ScanWhere {
  below?: readonly string[]
  inOrder?: boolean
  mayHold?: (folder: string) => boolean
}

/** Takes each file that the selection keeps; tells whether the budget ended the listing. */
async function scan(
  { store, definition, budget }: Place,
  where: ScanWhere,
  take: (file: ScannedObject) => void,
): Promise<boolean> {
  let isCut = false
  let isFirst = true
  const onCut = () => {
    isCut = true
  }
  for await (const batch of scanFiles(store, definition, {
    ...where,
    budget: { objects: budget.left, onCut },
  })) {
    if (!isFirst && now().getTime() >= budget.untilMs) {
      budget.isLate = true
      return true
    }
    isFirst = false
    budget.left -= batch.length
    for (const object of batch) if (object.exclusion === null) take(object)
  }
  return isCut
}
