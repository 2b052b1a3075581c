import 'server-only'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import { requestsFor } from '#lib/domain/datasets/say-scan'
import type { ScanCost } from '#lib/domain/datasets/scan-cost'
import type { ObjectStore } from '../../platform/object-store/types'
import { type Counted, FolderLook, type RootFolder, type Walk } from './folder-look'
import { MOST_PARTS } from './scan-files'
import { mapConcurrently } from './walk-folders'

const PAGE = 1_000
/** Places among the folders at the path at which walks begin, as a part of them: those that come first lie far apart. */
const WALKS = [0.5625, 0.1875, 0.8125, 0.4375, 0.0625, 0.6875, 0.3125, 0.9375]
/** Pages that are listed before it is walked: two pages hold what most people look at first, and are counted. */
const FIRST_PAGES = 2
/** Requests that any look may take; one of a large listing may take a tenth of those that it takes. */
const MOST_PROBES = 12
const PART_OF_LISTING = 0.1
const MOST_PROBES_OF_ANY = 40
/** With fewer ways down than that they say nothing of what else there may be. */
const FEWEST_WALKS = 2

/**
 * Says about how many objects lie below a path without listing them, and what listing them takes. Where two pages hold them
 * all they are counted. Otherwise it walks down from the path, one folder of each level at a time, and counts each object
 * for as many as there were ways to choose; where few pages seem to be left they are counted after all. Folders with more
 * than a page are known from below only. Folders that the listing passes by, since `mayHold` refuses them, are not walked and
 * count for nothing. It takes twelve requests at most, or a tenth of those that the listing seems to take.
 */
export async function estimateObjects(
  store: ObjectStore,
  definition: DatasetDefinition,
  mayHold: (folder: string) => boolean = () => true,
): Promise<ScanCost> {
  const look = new FolderLook(store, definition, mayHold)
  const tell = (found: Found): ScanCost => ({ ...found, ...look.tell() })
  const counted = await look.countPages(FIRST_PAGES)
  if (counted.isAll) return tell(fromPages(counted, look.pagesCounted))
  const root = await look.listRoot()
  const walks: Walk[] = []
  const walkOn = async (atMost: number) => {
    const next = WALKS.slice(walks.length, walks.length + atMost)
    walks.push(...(await mapConcurrently(next, (place) => look.walk(place))))
  }
  look.mayTake(MOST_PROBES)
  await walkOn(1)
  const first = addUp(root, walks, look.counted)
  look.mayTake(
    Math.max(MOST_PROBES, Math.min(MOST_PROBES_OF_ANY, Math.floor(first.requests * PART_OF_LISTING))),
  )
  const isFew = () => requestsFor(addUp(root, walks, look.counted).objects) - look.pagesCounted <= look.left
  if (!isFew()) await walkOn(Math.floor(look.left / Math.max(1, walks[0]?.requests ?? 1)))
  const all = look.left > 0 && isFew() ? await look.countPages(look.left) : look.counted
  return tell(all.isAll ? fromPages(all, look.pagesCounted) : addUp(root, walks, all))
}

type Found = Omit<ScanCost, 'probes' | 'requestMs' | 'examples'>

/** What is known where every page was seen. */
function fromPages({ objects, isExact, folders, atRoot }: Counted, pages: number): Found {
  return {
    objects,
    certainty: isExact ? 'exact' : 'about',
    requests: pages === 1 ? 1 : requestsOf(atRoot, [...folders.values()]),
    folders: [...folders]
      .sort(([, one], [, other]) => other - one)
      .slice(0, WALKS.length)
      .map(([path, held]) => ({ path, objects: held, atLeast: false })),
    foldersTotal: folders.size,
  }
}

/** What ways down some of the folders say of all of them. */
function addUp(root: RootFolder, walks: readonly Walk[], counted: Counted): Found {
  const byFolder = Map.groupBy(
    walks.filter((walk) => walk.folder !== null),
    ({ folder }) => folder ?? '',
  )
  const folders = [...byFolder].map(([path, some]) => ({
    path,
    objects: Math.round(mean(some.map(({ objects }) => objects))),
    atLeast: some.some(({ isCut }) => isCut),
  }))
  const ways = root.folders.length
  const each = mean(folders.map(({ objects }) => objects))
  const isGuess = ways > folders.length && walks.length < FEWEST_WALKS
  const isCut = root.isCut || isGuess || folders.some((folder) => folder.atLeast)
  const estimated = Math.round(
    root.objects + (isGuess ? sum(folders.map(({ objects }) => objects)) : ways * each),
  )
  const objects = Math.max(estimated, counted.objects)
  return {
    objects,
    certainty: isCut ? 'at-least' : 'about',
    requests: root.isCut
      ? requestsOf(objects, Array(ways).fill(0))
      : requestsOf(root.objects, Array(ways).fill(each)),
    folders,
    foldersTotal: root.isCut ? null : ways,
  }
}

/** Requests that it takes to list objects at a path and in folders of so many, where a page does not hold them all. */
function requestsOf(atRoot: number, folders: readonly number[]): number {
  const inFolders = sum(folders)
  // A page of everything, and one of what lies at the path, tell how to go on.
  const asked = 2
  if (atRoot + folders.length > PAGE)
    return asked + requestsFor(atRoot + inFolders) + Math.min(folders.length, MOST_PARTS)
  const below =
    folders.length > MOST_PARTS
      ? requestsFor(inFolders) + MOST_PARTS
      : sum(folders.map((objects) => Math.max(1, requestsFor(objects))))
  return Math.round(asked + below)
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
const mean = (values: readonly number[]): number => (values.length === 0 ? 0 : sum(values) / values.length)
