import 'server-only'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import { createFolderFilter } from '#lib/domain/partitioning/pattern/folder-filter'
import type { PathPattern } from '#lib/domain/partitioning/pattern/path-pattern'
import { type PlannedPrefix, planPrefixes, type Wanted } from '#lib/domain/partitioning/pattern/prefix-plan'
import type { ObjectStore } from '../../platform/object-store/types'
import { listFolder } from './list-folder'

const AT_ONCE = 8
/** Beyond this many folders one plain listing costs less than walking on. */
const MAX_FOLDERS = 2_000

/**
 * The prefixes, below the dataset's path, that hold the wanted partitions: folders are entered level by level, and
 * only those that can hold something wanted. For a week of one node type of a million keys that is a handful. Where a
 * level has too many folders, or its time is over, it is not entered: the prefixes above it hold all of it.
 */
export async function findPrefixes(
  store: ObjectStore,
  definition: DatasetDefinition,
  pattern: PathPattern,
  wanted: Wanted,
  isOver: Entering['isOver'] = () => false,
): Promise<string[]> {
  const mayHold = createFolderFilter(pattern, wanted)
  let level = planPrefixes(pattern, wanted)
  while (level.some((planned) => planned.segmentsUntilFree > 0)) {
    const next = await enterFolders(store, definition, level, { mayHold, most: MAX_FOLDERS, isOver })
    if (next.isCut) break
    level = next.items
  }
  return level.map((planned) => planned.prefix)
}

/** Some of what there is, or all of it: who takes the items has to say what becomes of the rest. */
interface Cut<T> {
  items: T[]
  /** There are more than these. */
  isCut: boolean
}

/** Which folders are entered, and how many at most. */
export interface Entering {
  mayHold: (folder: string) => boolean
  most: number
  /** No time is left to enter more. */
  isOver: () => boolean
}

/** The next level of some folders, each with what is below it; folders that are not to be divided further stay. */
export async function enterFolders(
  store: ObjectStore,
  definition: DatasetDefinition,
  level: readonly PlannedPrefix[],
  { mayHold, most, isOver }: Entering,
): Promise<Cut<PlannedPrefix>> {
  let left = most
  const next = await mapConcurrently(level, async (planned) => {
    if (planned.segmentsUntilFree === 0 || left < 0) return [planned]
    if (isOver()) {
      left = -1
      return [planned]
    }
    const folders = await listFolders(store, definition, planned.prefix, { mayHold, most: left })
    left -= folders?.items.length ?? 0
    if (folders?.isCut) left = -1
    // Nothing is left out for its name: all that lies here is listed.
    if (folders === null) return [{ ...planned, segmentsUntilFree: 0 }]
    return folders.items.map((prefix) => ({ prefix, segmentsUntilFree: planned.segmentsUntilFree - 1 }))
  })
  return { items: next.flat(), isCut: left < 0 }
}

/**
 * The next folders at a prefix that may hold what is wanted, as paths below the dataset's, `most` or somewhat more; null where
 * some of them cannot be entered by their names.
 */
async function listFolders(
  store: ObjectStore,
  definition: DatasetDefinition,
  prefix: string,
  { mayHold, most }: Pick<Entering, 'mayHold' | 'most'>,
): Promise<Cut<string> | null> {
  const items: string[] = []
  let token: string | undefined
  do {
    const page = await listFolder(store, definition, prefix, { token })
    if (page.hasClosed) return null
    items.push(...page.folders.filter(mayHold))
    token = page.nextToken
  } while (token !== undefined && items.length <= most)
  return { items, isCut: token !== undefined }
}

/** Runs `work` over all items, a few at once, and keeps their order. */
export async function mapConcurrently<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
  atOnce = AT_ONCE,
): Promise<R[]> {
  const results: R[] = new Array(items.length)
  let next = 0
  const worker = async () => {
    for (let index = next++; index < items.length; index = next++) {
      const item = items[index] as T
      results[index] = await work(item)
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker))
  return results
}
