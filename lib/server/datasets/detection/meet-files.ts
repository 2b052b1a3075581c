import 'server-only'
import { compareKeys } from '#lib/domain/connections/key-order'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import { Failure } from '#lib/domain/errors'
import { compileMatcher } from '#lib/domain/partitioning/pattern/matcher'
import { parsePartitioning } from '#lib/domain/partitioning/pattern/path-pattern'
import { pickEvenly } from '#lib/domain/pick-evenly'
import type { ObjectStore, StoredObject } from '../../platform/object-store/types'
import { isOpen, listFolder } from '../listing/list-folder'
import { connectionPathOf, scanFiles, selectorOf } from '../listing/scan-files'
import { mapConcurrently } from '../listing/walk-folders'
import { coverFolder } from './cover-folder'
import { type FullFolder, fullFolder, listAfter, listFirst } from './full-folder'

/** Listing calls of a walk: a look at a bucket of any size answers within some hundred milliseconds. */
const MAX_CALLS = 48
/** Folders entered at each level, while there are calls; then the last one of each, so that the walk meets files at any depth. */
const AT_A_LEVEL = 6
/** As deep as keys may be in practice. */
const MAX_LEVELS = 40
/** Objects listed one after the other where walking finds no file that the rules take. */
const SCAN_BUDGET = 5_000

export interface SpreadFile {
  /** Below the dataset's path, begins with `/`. */
  path: string
  sizeBytes: number
  modifiedAtMs: number
}

/**
 * Meets files of different ages without listing everything, oldest first. Folders are entered level by level, the first,
 * the last and some between, since among dated folders these are the oldest and the newest. Empty files, those that the
 * dataset leaves out, and those whose names no path may hold are not among them.
 */
export async function meetFiles(
  store: ObjectStore,
  definition: DatasetDefinition,
  most: number,
): Promise<SpreadFile[]> {
  const isTaken = createFilter(definition)
  const { mode, explicitFiles } = definition.params.filesSelectionRules
  const met =
    mode === 'EXPLICIT_SELECT_FILES'
      ? await lookAt(store, definition, pickEvenly(explicitFiles.map(withSlash), most))
      : await walk(store, definition)
  const walked = met.filter(isTaken)
  const files = walked.length > 0 ? walked : (await scan(store, definition)).filter(isTaken)
  return files.sort(byAge)
}

/** Gives those of some files that are there and that the dataset takes; `paths` are below its own. */
export async function findTaken(
  store: ObjectStore,
  definition: DatasetDefinition,
  paths: readonly string[],
): Promise<SpreadFile[]> {
  return (await lookAt(store, definition, paths.map(withSlash))).filter(createFilter(definition))
}

/** The oldest first; those of one moment as the store orders them. */
export const byAge = (a: SpreadFile, b: SpreadFile): number =>
  a.modifiedAtMs - b.modifiedAtMs || compareKeys(a.path, b.path)

const withSlash = (path: string) => (path.startsWith('/') ? path : `/${path}`)

/** Tells of an object whether it is a file that the dataset reads: taken by the rules, of a partition, not empty. */
function createFilter(definition: DatasetDefinition): (file: StoredObject) => boolean {
  const selection = selectorOf(definition)
  // A pattern that is being written leaves nothing out yet.
  const partitioning = parsePartitioning(definition.partitioning)
  const matcher = partitioning.ok && partitioning.value ? compileMatcher(partitioning.value) : null
  return (file) =>
    file.sizeBytes > 0 &&
    isOpen(file.path) &&
    selection.exclusionOf(file) === null &&
    (matcher === null || matcher.match(file.path).ok)
}

/**
 * Where one page holds all there is, that is all. Otherwise some folders of each level are entered. What calls are left then go to
 * folders beside those that held files, and to further keys of the newest folder that a page did not hold.
 */
async function walk(store: ObjectStore, definition: DatasetDefinition): Promise<StoredObject[]> {
  const list = (folder: string) => listFolder(store, definition, folder)
  const [first, top] = await Promise.all([listFirst(store, definition), list('/')])
  if (first.isAll) return first.objects
  const met: StoredObject[] = []
  const filled: FullFolder[] = []
  let left = MAX_CALLS
  let level = ['/']
  let beside: string[] = []
  let passedOver: string[] = []
  for (let depth = 0; level.length > 0 && depth < MAX_LEVELS; depth++) {
    // A level of one folder costs nothing of what the others share.
    if (level.length > 1) left -= level.length
    const pages = depth === 0 ? [top] : await mapConcurrently(level, list)
    for (const { objects } of pages) met.push(...objects)
    filled.push(...level.flatMap((folder, index) => fullFolder(folder, pages[index])))
    if (pages.some(({ objects }) => objects.length > 0)) beside = passedOver
    const folders = pages.flatMap((page) => page.folders)
    level = pickEvenly(folders, left >= AT_A_LEVEL ? AT_A_LEVEL : 1)
    passedOver = folders.filter((folder) => !level.includes(folder))
  }
  const newest = filled.at(-1)
  const further = pickEvenly(beside, newest === undefined ? left : Math.floor(left / 2))
  for (const { objects } of await mapConcurrently(further, list)) met.push(...objects)
  if (newest === undefined) return met
  const { keys } = await coverFolder(newest.folder, newest.page, left - further.length, (after) =>
    listAfter(store, definition, newest.folder, after),
  )
  return [...met, ...keys]
}

async function scan(store: ObjectStore, definition: DatasetDefinition): Promise<StoredObject[]> {
  const met: StoredObject[] = []
  // A few files are looked for, and of any number some are enough.
  const budget = { objects: SCAN_BUDGET, onCut: () => undefined }
  for await (const batch of scanFiles(store, definition, { budget }))
    for (const { path, sizeBytes, modifiedAtMs, exclusion } of batch)
      if (exclusion === null) met.push({ path, sizeBytes, modifiedAtMs, storageClass: 'STANDARD' })
  return met
}

/** Files named one by one; those that are not there any more are left out. */
async function lookAt(
  store: ObjectStore,
  definition: DatasetDefinition,
  paths: readonly string[],
): Promise<StoredObject[]> {
  const found = await mapConcurrently(paths, async (path) => {
    try {
      return { ...(await store.head(connectionPathOf(definition, path))), path }
    } catch (error) {
      if (error instanceof Failure && error.kind === 'not_found') return null
      throw error
    }
  })
  return found.filter((object) => object !== null)
}
