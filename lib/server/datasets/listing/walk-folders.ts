import 'server-only'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import { createFolderFilter } from '#lib/domain/partitioning/pattern/folder-filter'
import type { PathPattern } from '#lib/domain/partitioning/pattern/path-pattern'
import { planPrefixes, type Wanted } from '#lib/domain/partitioning/pattern/prefix-plan'
import type { ObjectStore } from '../../platform/object-store/types'
import { listFolder } from './list-folder'

const AT_ONCE = 8
/** Beyond this many folders a plain listing of where they lie costs less than walking on. */
const MAX_FOLDERS = 2_000

/**
 * The prefixes, below the dataset's path, that hold the wanted partitions: folders are entered level by level, and
 * only those that can hold something wanted. For a week of one node type of a million keys that is a handful.
 */
export async function findPrefixes(
  store: ObjectStore,
  definition: DatasetDefinition,
  pattern: PathPattern,
  wanted: Wanted,
): Promise<string[]> {
  const mayHold = createFolderFilter(pattern, wanted)
  let level = planPrefixes(pattern, wanted)
  while (level.some((planned) => planned.segmentsUntilFree > 0) && level.length <= MAX_FOLDERS) {
    const next = await mapConcurrently(level, async (planned) => {
      if (planned.segmentsUntilFree === 0) return [planned]
      const folders = await listFolders(store, definition, planned.prefix)
      // Nothing is left out for that: all that lies here is listed.
      if (folders === null) return [{ ...planned, segmentsUntilFree: 0 }]
      return folders
        .filter(mayHold)
        .map((prefix) => ({ prefix, segmentsUntilFree: planned.segmentsUntilFree - 1 }))
    })
    level = next.flat()
  }
  return level.map((planned) => planned.prefix)
}

/** All next folders at a prefix, below the dataset's path; null where they are too many, or some cannot be entered by their names. */
async function listFolders(
  store: ObjectStore,
  definition: DatasetDefinition,
  prefix: string,
): Promise<string[] | null> {
  const folders: string[] = []
  let token: string | undefined
  do {
    const page = await listFolder(store, definition, prefix, { token })
    if (page.hasClosed) return null
    folders.push(...page.folders)
    token = page.nextToken
  } while (token !== undefined && folders.length <= MAX_FOLDERS)
  return token === undefined ? folders : null
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
