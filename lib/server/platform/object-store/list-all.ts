import 'server-only'
import { compareKeys } from '#lib/domain/connections/key-order'
import { type PathScope, pathOfKey, resolvePrefix } from '#lib/domain/connections/paths'
import {
  endOfFolder,
  fetchPage,
  keyOrFailure,
  PAGE_KEYS,
  type PageQuery,
  pages,
  startAfterKey,
  toObjects,
} from './list-objects'
import { mergeIterables } from './merge-iterables'
import type { Listing } from './scan-listing'
import type { StoreClient } from './store-client'
import type { ListAllRequest, StoredObject } from './types'

/** Folders that are gone down while there are fewer of them than listings at once. */
const MOST_LEVELS = 6
/** Parts that a listing is cut into, for each listing at once: each may cost a request more than it saves. */
export const PARTS_EACH = 4

/** Lists everything below the prefixes, in batches of at most one page; see {@link ListAllRequest} for their order. */
export async function* listAll(
  client: StoreClient,
  scope: PathScope,
  request: ListAllRequest,
): AsyncGenerator<StoredObject[]> {
  const { concurrency = 8 } = request
  const startAfter = startAfterKey(scope, request.startAfter)
  const queries = request.prefixPaths.map((path) => ({
    prefix: keyOrFailure(resolvePrefix(scope, path), path),
    where: path,
    maxKeys: request.pageKeys ?? PAGE_KEYS,
    startAfter,
    onRequest: request.onRequest,
    ...passingBy(scope, request),
  }))
  const [only] = queries
  const isToBeCut = queries.length === 1 && concurrency > 1 && startAfter === undefined
  if (only !== undefined && isToBeCut) yield* listSideBySide(client, scope, only, concurrency)
  else yield* listParts(client, scope, queries, concurrency)
}

/** What a listing asks of folders, by their keys. */
function passingBy(scope: PathScope, { mayHold, onPassed }: ListAllRequest): Partial<PageQuery> {
  if (mayHold === undefined) return {}
  return {
    mayHold: (folder) => mayHold(pathOfKey(scope, folder)),
    onPassed: (folder) => onPassed?.(pathOfKey(scope, folder)),
  }
}

/**
 * Lists a prefix: by one request where a page holds everything, otherwise its parts side by side, since pages of one
 * listing cannot overlap.
 */
async function* listSideBySide(
  client: StoreClient,
  scope: PathScope,
  query: PageQuery,
  concurrency: number,
): AsyncGenerator<StoredObject[]> {
  const all = await fetchPage(client, query)
  if (!all.truncated) {
    if (all.keys.length > 0) yield toObjects(scope, all)
    return
  }
  const parts: PageQuery[] = []
  let open = [query]
  for (let level = 0; level < MOST_LEVELS; level++) {
    const below: PageQuery[] = []
    for (const folder of open) {
      const page = await fetchPage(client, { ...folder, delimiter: '/' })
      const { taken, passed } = divide(page.commonPrefixes, query)
      if (page.truncated || taken.length > PARTS_EACH * concurrency) {
        parts.push(...cutByFolders(folder, { taken, passed }, PARTS_EACH * concurrency))
        continue
      }
      for (const prefix of passed) query.onPassed?.(prefix)
      if (page.keys.length > 0) yield toObjects(scope, page)
      below.push(...taken.map((prefix) => ({ ...query, prefix, where: pathOfKey(scope, prefix) })))
    }
    open = below
    if (open.length === 0 || parts.length + open.length >= concurrency) break
  }
  yield* listParts(client, scope, [...parts, ...open], concurrency)
}

function listParts(client: StoreClient, scope: PathScope, parts: readonly PageQuery[], concurrency: number) {
  return mergeIterables(
    lazily(parts, (part) => listSequence(client, scope, part)),
    concurrency,
  )
}

async function* listSequence(client: StoreClient, scope: PathScope, query: PageQuery) {
  for await (const listing of pages(client, query)) {
    if (listing.keys.length > 0) yield toObjects(scope, listing)
  }
}

interface Divided {
  taken: readonly string[]
  passed: readonly string[]
}

function divide(folders: Listing['commonPrefixes'], { mayHold }: PageQuery): Divided {
  const { taken = [], passed = [] } = Object.groupBy(folders, (folder) =>
    mayHold === undefined || mayHold(folder) ? 'taken' : 'passed',
  )
  return { taken, passed }
}

/**
 * Cuts a folder with many folders into stretches of keys, so that small folders share pages. Folders that hold nothing
 * wanted are left between the stretches while they are few; otherwise the listing meets them and jumps over.
 */
function cutByFolders(query: PageQuery, { taken, passed }: Divided, parts: number): PageQuery[] {
  const each = Math.ceil(taken.length / parts)
  const borders = taken
    .filter((_, index) => (index + 1) % each === 0)
    .map(endOfFolder)
    // A key just there belongs to the stretch before it.
    .map((end) => ({ until: `${end}\0`, startAfter: end }))
  const gaps = passed.length > parts ? [] : passed
  for (const folder of gaps) query.onPassed?.(folder)
  const cuts = [
    ...borders,
    ...gaps.map((folder) => ({ until: folder, startAfter: endOfFolder(folder) })),
  ].sort((a, b) => compareKeys(a.until, b.until))
  const starts = [undefined, ...cuts.map(({ startAfter }) => startAfter)]
  return starts.map((startAfter, index) => ({ ...query, startAfter, until: cuts[index]?.until }))
}

function* lazily<A, B>(values: Iterable<A>, make: (value: A) => B): Generator<B> {
  for (const value of values) yield make(value)
}
