import 'server-only'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import { createFolderFilter } from '#lib/domain/partitioning/pattern/folder-filter'
import type { PathPattern } from '#lib/domain/partitioning/pattern/path-pattern'
import { planPrefixes } from '#lib/domain/partitioning/pattern/prefix-plan'
import type { ListPage, ObjectStore } from '../../platform/object-store/types'
import {
  connectionPathOf,
  openBelow,
  rootOf,
  type ScannedObject,
  type ScanOptions,
  scanFiles,
  selectorOf,
  toScanned,
} from './scan-files'

const PAGE = 1_000

export interface MatchingOptions extends Pick<ScanOptions, 'budget' | 'onRequest'> {
  /** Told of each folder, below the dataset's path, that was not listed to its end since no path in it can match. */
  onPassed: (folder: string) => void
  /** Told when there are more such folders, or files beside them, than a look at the way to the pattern's folder shows. */
  onMore: () => void
}

/**
 * Lists what lies below the dataset's path as far as it can match the pattern. Where a page holds everything, all of it
 * comes. Otherwise folders that can hold no match are told by name; files that do not match come where they lie beside
 * or among those that may.
 */
export async function* scanMatching(
  store: ObjectStore,
  definition: DatasetDefinition,
  pattern: PathPattern,
  options: MatchingOptions,
): AsyncGenerator<ScannedObject[]> {
  const { onPassed, onMore, budget, ...rest } = options
  const selection = selectorOf(definition)
  const mayHold = createFolderFilter(pattern, 'all')
  const prefix = planPrefixes(pattern, 'all')[0]?.prefix || '/'
  let left = budget?.objects ?? Number.POSITIVE_INFINITY
  if (prefix !== '/') {
    const way = lookOnTheWay(store, definition, prefix, { onPassed, onMore, onRequest: rest.onRequest })
    for await (const { page, isAll } of way) {
      const all = toScanned(page.objects, rootOf(definition), selection)
      const taken = all.slice(0, left)
      left -= taken.length
      if (taken.length > 0) yield taken
      if (taken.length < all.length) budget?.onCut()
      if (taken.length < all.length || isAll) return
    }
  }
  yield* scanFiles(store, definition, {
    ...rest,
    ...(budget ? { budget: { ...budget, objects: left } } : {}),
    below: [prefix],
    selection,
    mayHold,
    onPassed,
  })
}

interface Told extends Pick<MatchingOptions, 'onPassed' | 'onMore'> {
  onRequest: (() => void) | undefined
}

/**
 * What lies beside the folders that a pattern begins with: `/logs/` of `/logs/%Y/.*`. One page of all is enough where
 * it holds everything; otherwise, and above what the connection opens, a page of each folder on the way, whose other folders
 * are told.
 */
async function* lookOnTheWay(
  store: ObjectStore,
  definition: DatasetDefinition,
  prefix: string,
  { onPassed, onMore, onRequest }: Told,
): AsyncGenerator<{ page: ListPage; isAll: boolean }> {
  const root = rootOf(definition)
  const list = (folder: string, byFolder: boolean) => {
    onRequest?.()
    const prefixPath = connectionPathOf(definition, folder)
    return store.listPage({ prefixPath, maxKeys: PAGE, ...(byFolder ? { delimiter: '/' } : {}) })
  }
  const [open] = openBelow(store, definition, '/')
  const all = open === '/' ? await list('/', false) : null
  if (all !== null && all.nextToken === undefined) {
    yield { page: all, isAll: true }
    return
  }
  const wanted = connectionPathOf(definition, prefix)
  for (let end = 0; end >= 0 && end < prefix.length - 1; end = prefix.indexOf('/', end + 1)) {
    const page = await list(prefix.slice(0, end + 1), true)
    for (const folder of page.folders)
      if (!folder.startsWith(wanted) && !wanted.startsWith(folder)) onPassed(folder.slice(root.length - 1))
    if (page.nextToken !== undefined) onMore()
    const beside = page.objects.filter(({ path }) => !path.startsWith(wanted))
    yield { page: { ...page, objects: beside }, isAll: false }
  }
}
