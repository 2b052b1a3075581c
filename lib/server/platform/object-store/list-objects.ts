import 'server-only'
import { compareKeys } from '#lib/domain/connections/key-order'
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
import { type Listing, scanListing } from './scan-listing'
import { callStore, type StoreClient } from './store-client'
import { strangeAnswer } from './translate-error'
import type { ListPage, ListPageRequest, StoredObject } from './types'
import { XmlError } from './xml-cursor'

export interface PageQuery {
  /** Key prefix. */
  prefix: string
  where: string
  delimiter?: '/' | undefined
  maxKeys: number
  token?: string | undefined
  startAfter?: string | undefined
  onRequest?: (() => void) | undefined
  /** The first key that is not wanted any more. */
  until?: string | undefined
  /** Tells of a folder's key prefix whether anything wanted can be below. */
  mayHold?: (folder: string) => boolean
  /** Told of each folder that is not listed to its end since nothing wanted can be below. */
  onPassed?: (folder: string) => void
}

export const PAGE_KEYS = 1_000
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
  // Whoever asks page by page would never come to an end.
  if (listing.nextToken !== undefined && listing.nextToken === request.continuationToken)
    throw strangeAnswer(prefixPath, 'a continuation token repeats')
  const page: ListPage = {
    objects: toObjects(scope, listing),
    folders: listing.commonPrefixes.map((prefix) => pathOfKey(scope, prefix)),
  }
  return listing.nextToken === undefined ? page : { ...page, nextToken: listing.nextToken }
}

/**
 * Follows the pages of one listing and refuses what would never end; the merging around it fetches one ahead. A page that
 * ends in a folder that can hold nothing wanted gives nothing of that folder, and the next one begins behind it.
 */
export async function* pages(client: StoreClient, query: PageQuery): AsyncGenerator<Listing> {
  const seen = new Set<string>()
  let last = query.startAfter ?? ''
  let emptyPages = 0
  let next: Pick<PageQuery, 'token' | 'startAfter'> | null = { startAfter: query.startAfter }
  while (next !== null) {
    const page: Listing = await fetchPage(client, { ...query, ...next })
    const first = firstOf(page)
    if (first !== undefined && last !== '' && !isAfter(first, last)) {
      throw strangeAnswer(query.where, 'its pages repeat')
    }
    // Where a listing is cut or jumps, keys that come too late would be lost.
    const needsOrder = query.until !== undefined || query.mayHold !== undefined
    if (needsOrder && !isInOrder(page)) throw strangeAnswer(query.where, 'its keys are not in order')
    last = lastOf(page) ?? last
    emptyPages = first === undefined ? emptyPages + 1 : 0
    if (emptyPages > MAX_EMPTY_PAGES) throw strangeAnswer(query.where, 'its pages are empty and never end')
    const token = page.nextToken
    if (token !== undefined && seen.has(token)) {
      throw strangeAnswer(query.where, 'a continuation token repeats')
    }
    if (token !== undefined) seen.add(token)
    const passed = token === undefined ? null : passedFolder(query, last)
    if (passed !== null) last = endOfFolder(passed)
    next = token === undefined ? null : passed === null ? { token } : { startAfter: last }
    if (isPast(query, last)) next = null
    else if (passed !== null) query.onPassed?.(passed)
    if (passed !== null || next === null) cutOff(page, query, passed)
    yield page
  }
}

/** Behind every key of a folder but those that begin with this character there: none comes after it. */
export const endOfFolder = (folder: string): string => `${folder}\u{10ffff}`

/** The outermost folder of a key that can hold nothing wanted and whose end is still ahead. */
function passedFolder({ prefix, mayHold }: PageQuery, key: string): string | null {
  if (mayHold === undefined || mayHold(key.slice(0, key.lastIndexOf('/') + 1))) return null
  let at = key.indexOf('/', prefix.length)
  while (at >= 0 && mayHold(key.slice(0, at + 1))) at = key.indexOf('/', at + 1)
  if (at < 0) return null
  const folder = key.slice(0, at + 1)
  // From a key that lies behind its end, a jump would lead back.
  return isAfter(endOfFolder(folder), key) ? folder : null
}

const isPast = ({ until }: PageQuery, key: string): boolean => until !== undefined && !isAfter(until, key)

/** Drops the keys at a page's end that lie in a folder that is passed by, or are not wanted any more. */
function cutOff(page: Listing, query: PageQuery, passed: string | null): void {
  const end = page.keys.findIndex(
    ({ key }) => isPast(query, key) || (passed !== null && key.startsWith(passed)),
  )
  if (end >= 0) page.keys.length = end
}

/** Asks for one page, and refuses what is none of this query. */
export async function fetchPage(client: StoreClient, query: PageQuery): Promise<Listing> {
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

/** The objects of a page, by their paths. */
export function toObjects(scope: PathScope, listing: Listing): StoredObject[] {
  return listing.keys.map(({ key, sizeBytes, modifiedAtMs, storageClass }) => {
    return { path: pathOfKey(scope, key), sizeBytes, modifiedAtMs, storageClass }
  })
}

/** Gives the key of a path to start after: any that a store may have listed, since the prefix says what is shown. */
export function startAfterKey(scope: PathScope, path: string | undefined): string | undefined {
  if (path === undefined) return undefined
  return path.startsWith('/') && path.isWellFormed()
    ? scope.root + path.slice(1)
    : keyOrFailure(resolvePath(scope, path), path)
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

const isInOrder = ({ keys }: Listing): boolean =>
  keys.every(({ key }, at) => {
    const before = keys[at - 1]?.key
    return before === undefined || isAfter(key, before)
  })

const isAfter = (key: string, other: string): boolean => compareKeys(key, other) > 0
