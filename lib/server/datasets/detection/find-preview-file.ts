import 'server-only'
import { compareKeys } from '#lib/domain/connections/key-order'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import { kindOf } from '#lib/domain/datasets/file-kinds'
import type { ObjectStore, StoredObject } from '../../platform/object-store/types'
import { type FolderPage, isOpen, listFolder } from '../listing/list-folder'
import { selectorOf } from '../listing/scan-files'
import { mapConcurrently } from '../listing/walk-folders'
import { coverFolder } from './cover-folder'
import { type FullFolder, fullFolder, listAfter, listFirst } from './full-folder'

/** Levels, of one call at least: what is deeper, or behind as many folders without a file, is not looked for. */
const MAX_LEVELS = 32
/** Further calls for the files of one folder that a page does not hold: some ten thousand of them are looked at. */
const MAX_CALLS_IN_FOLDER = 48
/**
 * Folders that are entered beside the last one at each level, and at all of them together: a preview answers within a third of a
 * second. The last one costs none of these, so that it is followed to its end however many folders lie above.
 */
const BESIDE_AT_A_LEVEL = 4
const MAX_BESIDE = 36

/** A page of a folder to look at. */
interface Place {
  folder: string
  token?: string
}

/** The file to show. */
export interface PreviewFile {
  path: string
  /** How many files it is the newest of, where there are more than were looked at; null where these are all. */
  newestOf: number | null
  /** There are folders that were not looked into. */
  isOfLastFolder: boolean
  /** Others of its kind that were met, the newest first: where it says too little. */
  others: string[]
}

/**
 * Finds a file to show without listing everything. Where one page holds all there is, it is the newest one of the kind that is
 * met most. Otherwise it is that of the files met in the last folders of each level, which among dated folders are the newest:
 * the last one is followed to its end, and some beside it. Of a folder with more files than a page holds, the last ones by name
 * and many others are looked at. Empty files, those that the rules leave out, and those whose names no path may hold are not
 * considered; where the last folders hold none, those before are looked at. Null when a few calls find none.
 */
export async function findPreviewFile(
  store: ObjectStore,
  definition: DatasetDefinition,
): Promise<PreviewFile | null> {
  const selector = selectorOf(definition)
  const met = new MetFiles(
    (file) => file.sizeBytes > 0 && isOpen(file.path) && selector.exclusionOf(file) === null,
  )
  const [first, top] = await Promise.all([listFirst(store, definition), listFolder(store, definition, '/')])
  if (first.isAll) {
    met.add(first.objects)
    return met.newest({ isAll: true, isOfLastFolder: false })
  }
  const { full, isAll, isOfLastFolder } = await walkDown(top, met, ({ folder, token }) =>
    listFolder(store, definition, folder, { token }),
  )
  if (met.isEmpty) met.add(first.objects)
  const [newest, ...others] = full
  if (newest === undefined || met.isEmpty) return met.newest({ isAll, isOfLastFolder })
  const covered = await coverFolder(newest.folder, newest.page, MAX_CALLS_IN_FOLDER, (after) =>
    listAfter(store, definition, newest.folder, after),
  )
  met.add(covered.keys)
  return met.newest({ isAll: covered.isAll && others.length === 0, isOfLastFolder })
}

interface Walked {
  /** Folders with more files than a page holds, the newest first. */
  full: FullFolder[]
  isAll: boolean
  isOfLastFolder: boolean
}

/** Follows the last folder of each level to its end, and some beside it, and adds the files that lie there to those met. */
async function walkDown(
  top: FolderPage,
  met: MetFiles,
  list: (place: Place) => Promise<FolderPage>,
): Promise<Walked> {
  let full: FullFolder[] = []
  let open: Place[] = [{ folder: '/' }]
  let beside = MAX_BESIDE
  let isOfLastFolder = false
  for (let depth = 0; open.length > 0 && depth < MAX_LEVELS; depth++) {
    const level = open.slice(0, 1 + Math.min(BESIDE_AT_A_LEVEL, beside))
    // What was passed over is for later, should nothing be found in what comes first.
    const passedOver = open.slice(level.length)
    beside -= level.length - 1
    const pages = depth === 0 ? [top] : await mapConcurrently(level, list)
    for (const page of pages) met.add(page.objects)
    const filled = level.flatMap(({ folder, token }, index) =>
      token === undefined ? fullFolder(folder, pages[index]) : [],
    )
    // The deepest folders are the newest ones, and the last of them comes first.
    if (filled.length > 0) full = [...filled, ...full]
    const next = nextOf(level, pages, met.isEmpty ? [] : filled)
    open = met.isEmpty ? [...next, ...passedOver] : next
    if (!met.isEmpty && passedOver.length > 0) isOfLastFolder = true
  }
  return { full, isAll: open.length === 0, isOfLastFolder: isOfLastFolder || open.length > 0 }
}

interface Kind {
  count: number
  /** The newest ones, in no order. */
  newest: StoredObject[]
}

/** Files of a kind that are held: the newest, and others to read on in. */
const MOST_HELD = 64

/** Files that were met, by the endings of their names. */
class MetFiles {
  private readonly kinds = new Map<string, Kind>()
  private readonly known = new Set<string>()

  constructor(private readonly isTaken: (file: StoredObject) => boolean) {}

  get isEmpty(): boolean {
    return this.kinds.size === 0
  }

  add(files: readonly StoredObject[]): void {
    for (const file of files) {
      if (this.known.has(file.path) || !this.isTaken(file)) continue
      this.known.add(file.path)
      const ending = kindOf(file.path)
      const kind = this.kinds.get(ending)
      if (kind === undefined) this.kinds.set(ending, { count: 1, newest: [file] })
      else {
        kind.count++
        kind.newest.push(file)
        if (kind.newest.length >= 2 * MOST_HELD) kind.newest = newestFirst(kind.newest).slice(0, MOST_HELD)
      }
    }
  }

  newest({ isAll, isOfLastFolder }: { isAll: boolean; isOfLastFolder: boolean }): PreviewFile | null {
    const [largest] = [...this.kinds.values()].sort(byCount)
    const [newest, ...others] = largest === undefined ? [] : newestFirst(largest.newest).slice(0, MOST_HELD)
    return newest === undefined
      ? null
      : {
          path: newest.path,
          newestOf: isAll ? null : this.known.size,
          isOfLastFolder,
          others: others.map(({ path }) => path),
        }
  }
}

/** Of files of one moment, as copies of a bucket have, the last by name comes first. */
const newestFirst = (files: readonly StoredObject[]): StoredObject[] =>
  files.toSorted((a, b) => b.modifiedAtMs - a.modifiedAtMs || compareKeys(b.path, a.path))

const latestOf = ({ newest }: Kind): number => Math.max(...newest.map(({ modifiedAtMs }) => modifiedAtMs))

const byCount = (a: Kind, b: Kind) => b.count - a.count || latestOf(b) - latestOf(a)

/**
 * Where to go on below a level: in its folders, the last of each before the last but one of each, and among the first of those on
 * pages that go on. Of folders whose files are looked at apart the further pages are left out.
 */
function nextOf(
  level: readonly Place[],
  pages: readonly FolderPage[],
  apart: readonly FullFolder[],
): Place[] {
  const known = new Set(apart.map(({ folder }) => folder))
  const further = pages.flatMap(({ nextToken }, index): Place[] => {
    const folder = level[index]?.folder
    return nextToken === undefined || folder === undefined || known.has(folder)
      ? []
      : [{ folder, token: nextToken }]
  })
  const last = pages.map(({ folders }) => folders.toReversed())
  const deepest = Math.max(0, ...last.map((folders) => folders.length))
  const below: Place[] = []
  for (let place = 0; place < deepest; place++) {
    for (const folders of last) {
      const folder = folders[place]
      if (folder !== undefined) below.push({ folder })
    }
  }
  const side = 1 + BESIDE_AT_A_LEVEL
  return [...below.slice(0, side), ...further, ...below.slice(side)]
}
