import 'server-only'
import {
  foldersTowardsAllowed,
  type PathScope,
  pathOfKey,
  resolvePath,
  resolvePrefix,
} from '#lib/domain/connections/paths'
import { Failure } from '#lib/domain/errors'
import type { Result } from '#lib/domain/result'
import { fetchListing } from './fetch-listing'
import { mergeIterables } from './merge-iterables'
import { type Listing, scanListing } from './scan-listing'
import { callStore, type StoreClient } from './store-client'
import { strangeAnswer } from './translate-error'
import type { ListAllRequest, ListPage, ListPageRequest, StoredObject } from './types'
import { XmlError } from './xml-cursor'

interface PageQuery {
  /** Key prefix. */
  prefix: string
  where: string
  delimiter?: '/' | undefined
  maxKeys: number
  token?: string | undefined
  startAfter?: string | undefined
  onRequest?: (() => void) | undefined
}

const PAGE_KEYS = 1_000
const MAX_EMPTY_PAGES = 100

/** Lists one page. Above the allowed prefixes, and with a delimiter, it shows only the folders that lead to them. */
export async function listPage(
  client: StoreClient,
  scope: PathScope,
  request: ListPageRequest,
): Promise<ListPage> {
  const { prefixPath } = request
  const resolved = resolvePrefix(scope, prefixPath)
  if (!resolved.ok && request.delimiter !== undefined) {
    const folders = foldersTowardsAllowed(scope, prefixPath.slice(0, prefixPath.lastIndexOf('/') + 1))
    const shown = folders.filter((folder) => folder.startsWith(prefixPath))
    if (shown.length > 0) return { objects: [], folders: shown }
  }
  const listing = await fetchPage(client, {
    prefix: keyOrFailure(resolved, prefixPath),
    where: prefixPath,
    delimiter: request.delimiter,
    maxKeys: Math.min(Math.max(Math.trunc(request.maxKeys), 1), PAGE_KEYS),
    token: request.continuationToken,
    startAfter: startAfterKey(scope, request.startAfter),
  })
  const page: ListPage = {
    objects: toObjects(scope, listing),
    folders: listing.commonPrefixes.map((prefix) => pathOfKey(scope, prefix)),
  }
  return listing.nextToken === undefined ? page : { ...page, nextToken: listing.nextToken }
}

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
    maxKeys: PAGE_KEYS,
    startAfter,
    onRequest: request.onRequest,
  }))
  const [only] = queries
  if (queries.length === 1 && only !== undefined && concurrency > 1 && startAfter === undefined) {
    yield* listByFolder(client, scope, only, concurrency)
  } else {
    yield* mergeIterables(
      lazily(queries, (query) => listSequence(client, scope, query)),
      concurrency,
    )
  }
}

/** Lists a prefix as its own objects and then its next folders side by side: pages of one listing cannot overlap. */
async function* listByFolder(
  client: StoreClient,
  scope: PathScope,
  query: PageQuery,
  concurrency: number,
): AsyncGenerator<StoredObject[]> {
  const prefixes: string[] = []
  for await (const listing of pages(client, { ...query, delimiter: '/' })) {
    if (listing.keys.length > 0) yield toObjects(scope, listing)
    prefixes.push(...listing.commonPrefixes)
  }
  const folders = prefixes.map((prefix) => ({ ...query, prefix, where: pathOfKey(scope, prefix) }))
  yield* mergeIterables(
    lazily(folders, (folder) => listSequence(client, scope, folder)),
    concurrency,
  )
}

async function* listSequence(client: StoreClient, scope: PathScope, query: PageQuery) {
  for await (const listing of pages(client, query)) {
    if (listing.keys.length > 0) yield toObjects(scope, listing)
  }
}

/** Follows the pages of one listing and refuses what would never end; the merging around it fetches one ahead. */
async function* pages(client: StoreClient, query: PageQuery): AsyncGenerator<Listing> {
  const seen = new Set<string>()
  let last = ''
  let emptyPages = 0
  let token: string | undefined
  do {
    const page = await fetchPage(client, { ...query, token })
    const first = firstOf(page)
    if (first !== undefined && last !== '' && !isAfter(first, last)) {
      throw strangeAnswer(query.where, 'its pages repeat')
    }
    last = lastOf(page) ?? last
    emptyPages = first === undefined ? emptyPages + 1 : 0
    if (emptyPages > MAX_EMPTY_PAGES) throw strangeAnswer(query.where, 'its pages are empty and never end')
    token = page.nextToken
    if (token !== undefined && seen.has(token)) {
      throw strangeAnswer(query.where, 'a continuation token repeats')
    }
    if (token !== undefined) seen.add(token)
    yield page
  } while (token !== undefined)
}

async function fetchPage(client: StoreClient, query: PageQuery): Promise<Listing> {
  const { where, prefix } = query
  query.onRequest?.()
  const call = { where, permission: 's3:ListBucket', repeatable: true }
  const input = { Bucket: client.bucket, EncodingType: 'url', ...listInput(query) } as const
  const body = await callStore(client, call, (sender) => fetchListing(sender, input))
  const listing = scan(body, where)
  if (listing.truncated && (listing.nextToken ?? '') === '') {
    throw strangeAnswer(where, 'it says that more follows and not where')
  }
  if (!listing.truncated) listing.nextToken = undefined
  if (
    !listing.keys.every(({ key }) => key.startsWith(prefix)) ||
    !listing.commonPrefixes.every((p) => p.startsWith(prefix))
  ) {
    throw strangeAnswer(where, 'it lists keys outside the prefix')
  }
  return listing
}

function listInput({ prefix, maxKeys, delimiter, token, startAfter }: PageQuery) {
  return {
    Prefix: prefix,
    MaxKeys: maxKeys,
    Delimiter: delimiter,
    ContinuationToken: token,
    StartAfter: token === undefined ? startAfter : undefined,
  }
}

function scan(body: Buffer, where: string): Listing {
  try {
    return scanListing(body)
  } catch (error) {
    if (!(error instanceof XmlError)) throw error
    const html = /^\s*<(!doctype\s+html|html)/i.test(body.toString('latin1', 0, 200))
    throw strangeAnswer(where, html ? 'a web page' : `not a listing (${error.message})`)
  }
}

function toObjects(scope: PathScope, listing: Listing): StoredObject[] {
  return listing.keys.map(({ key, sizeBytes, modifiedAtMs, etag, storageClass }) => {
    return { path: pathOfKey(scope, key), sizeBytes, modifiedAtMs, etag, storageClass }
  })
}

function startAfterKey(scope: PathScope, path: string | undefined): string | undefined {
  return path === undefined ? undefined : keyOrFailure(resolvePath(scope, path), path)
}

/** Gives the key of a resolved path, or throws what is wrong with the path. */
export function keyOrFailure(resolved: Result<string>, path: string): string {
  if (resolved.ok) return resolved.value
  const [issue] = resolved.issues
  throw new Failure('validation_failed', issue?.message ?? 'The path cannot be used', {
    reason: issue?.reason ?? 'ERR_FSPROVIDER_ILLEGAL_PATH',
    where: path,
    remedy: 'Choose a path that the connection opens.',
    issues: resolved.issues,
  })
}

function firstOf(page: Listing): string | undefined {
  const [key, prefix] = [page.keys[0]?.key, page.commonPrefixes[0]]
  return key === undefined || (prefix !== undefined && isAfter(key, prefix)) ? prefix : key
}

function lastOf(page: Listing): string | undefined {
  const [key, prefix] = [page.keys.at(-1)?.key, page.commonPrefixes.at(-1)]
  return key === undefined || (prefix !== undefined && isAfter(prefix, key)) ? prefix : key
}

// Stores sort by UTF-8, strings compare by UTF-16: the two differ only beside surrogates.
function isAfter(key: string, other: string): boolean {
  return /[\ud800-\udfff]/.test(key + other)
    ? Buffer.compare(Buffer.from(key), Buffer.from(other)) > 0
    : key > other
}

function* lazily<A, B>(values: Iterable<A>, make: (value: A) => B): Generator<B> {
  for (const value of values) yield make(value)
}
