import 'server-only'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import { endingOf } from '#lib/domain/datasets/file-kinds'
import type { ListPage, ObjectStore } from '../platform/object-store/types'
import { connectionPathOf, rootOf, selectorOf } from './scan-files'
import { mapConcurrently } from './walk-folders'

/** Listing calls that finding a file may cost: a preview answers within a third of a second. */
const MAX_CALLS = 24
/** Folders that are entered side by side at each level. */
const AT_A_LEVEL = 5
const PAGE = 1_000

/** A page of a folder to look at. */
interface Place {
  folder: string
  token?: string
}

interface Seen {
  path: string
  modifiedAtMs: number
}

/**
 * Finds a file to show without listing everything: among the files met in the last folders of each level, which among
 * dated folders are the newest, the newest one of the kind that is met most. Empty files and those that the rules leave
 * out are not considered; where the last folders hold none, those before are looked at. Null when a few calls find none.
 */
export async function findPreviewFile(
  store: ObjectStore,
  definition: DatasetDefinition,
): Promise<string | null> {
  const selector = selectorOf(definition)
  const root = rootOf(definition)
  const kinds = new Map<string, { count: number; newest: Seen }>()
  let open: Place[] = [{ folder: '/' }]
  let left = MAX_CALLS
  while (open.length > 0 && left > 0) {
    const level = open.slice(0, Math.min(AT_A_LEVEL, left))
    // What was passed over is for later, should nothing be found in what comes first.
    const passedOver = open.slice(level.length)
    left -= level.length
    const pages = await mapConcurrently(level, (place) => listPlace(store, definition, place), AT_A_LEVEL)
    for (const page of pages) {
      for (const object of page.objects) {
        const path = object.path.slice(root.length - 1)
        if (object.sizeBytes === 0 || selector.exclusionOf({ ...object, path }) !== null) continue
        meet(kinds, { path, modifiedAtMs: object.modifiedAtMs })
      }
    }
    const next = nextPlaces(level, pages, root)
    open = kinds.size > 0 ? next : [...next, ...passedOver]
  }
  return [...kinds.values()].sort(byCount)[0]?.newest.path ?? null
}

function meet(kinds: Map<string, { count: number; newest: Seen }>, seen: Seen): void {
  const ending = endingOf(seen.path)
  const kind = kinds.get(ending)
  if (!kind) {
    kinds.set(ending, { count: 1, newest: seen })
    return
  }
  kind.count++
  if (seen.modifiedAtMs > kind.newest.modifiedAtMs) kind.newest = seen
}

type Kind = { count: number; newest: Seen }
const byCount = (a: Kind, b: Kind) => b.count - a.count || b.newest.modifiedAtMs - a.newest.modifiedAtMs

const listPlace = (store: ObjectStore, definition: DatasetDefinition, { folder, token }: Place) =>
  store.listPage({
    prefixPath: connectionPathOf(definition, folder),
    delimiter: '/',
    maxKeys: PAGE,
    ...(token === undefined ? {} : { continuationToken: token }),
  })

/** The folders below a level, the last of each before the last but one of each; and pages that go on. */
function nextPlaces(level: readonly Place[], pages: readonly ListPage[], root: string): Place[] {
  const goesOn = pages.flatMap(({ nextToken }, index): Place[] => {
    const folder = level[index]?.folder
    return nextToken === undefined || folder === undefined ? [] : [{ folder, token: nextToken }]
  })
  const last = pages.map(({ folders }) => folders.map((path) => path.slice(root.length - 1)).reverse())
  const deepest = Math.max(0, ...last.map((folders) => folders.length))
  const below: Place[] = []
  for (let place = 0; place < deepest; place++) {
    for (const folders of last) {
      const folder = folders[place]
      if (folder !== undefined) below.push({ folder })
    }
  }
  return [...below.slice(0, AT_A_LEVEL), ...goesOn, ...below.slice(AT_A_LEVEL)]
}
