import { S3Error } from './errors.mjs'
import { compareUtf8 } from './ordered-index.mjs'

/** Where a page begins: after a key, or after all keys under a common prefix. */
/** @typedef {{ key: string } | { prefix: string }} Position */
/** @typedef {{ prefix: string, delimiter: string, maxKeys: number, after: Position | null }} PageRequest */
/**
 * @template V
 * @typedef {{ entries: { key: string, value: V }[], prefixes: string[], next: Position | null }} Page
 */

/**
 * One page of a listing. Keys under a common prefix are stepped over by one seek, however many there are.
 * @template V
 * @param {import('./ordered-index.mjs').OrderedIndex<V>} index
 * @param {PageRequest} request
 * @returns {Page<V>} `next` is null on the last page
 */
export function listPage(index, { prefix, delimiter, maxKeys, after }) {
  /** @type {Page<V>} */
  const page = { entries: [], prefixes: [], next: null }
  if (maxKeys === 0) return page
  const isPassed = passes(after)
  let cursor = index.seek((key) => compareUtf8(key, prefix) < 0 || isPassed(key))
  for (let count = 0; ; count++) {
    const entry = cursor.next()
    if (!entry?.key.startsWith(prefix)) return { ...page, next: null }
    if (count === maxKeys) return page
    const common = commonPrefix(entry.key, prefix, delimiter)
    if (common === null) {
      page.entries.push(entry)
      page.next = { key: entry.key }
    } else {
      page.prefixes.push(common)
      page.next = { prefix: common }
      cursor = index.seek(passes(page.next))
    }
  }
}

/**
 * The part of a key up to the first delimiter behind the prefix: `commonPrefix('a/b/c', 'a/', '/') === 'a/b/'`.
 * @param {string} key
 * @param {string} prefix
 * @param {string} delimiter
 * @returns {string | null} null when the key stands for itself
 */
export function commonPrefix(key, prefix, delimiter) {
  if (delimiter === '' || !key.startsWith(prefix)) return null
  const at = key.indexOf(delimiter, prefix.length)
  return at < 0 ? null : key.slice(0, at + delimiter.length)
}

/** @param {Position} position @returns {string} opaque, safe in a URL and in XML */
export function encodeToken(position) {
  return 'prefix' in position ? `p${base64Url(position.prefix)}` : `k${base64Url(position.key)}`
}

/** @param {string} token @returns {Position} throws InvalidArgument */
export function decodeToken(token) {
  const text = Buffer.from(token.slice(1), 'base64url').toString('utf8')
  if (base64Url(text) === token.slice(1)) {
    if (token.startsWith('p')) return { prefix: text }
    if (token.startsWith('k')) return { key: text }
  }
  throw new S3Error('InvalidArgument', 'The continuation token provided is incorrect', {
    ArgumentName: 'continuation-token',
  })
}

/** @param {Position | null} after @returns {(key: string) => boolean} */
function passes(after) {
  if (!after) return () => false
  if ('key' in after) return (key) => compareUtf8(key, after.key) <= 0
  return (key) => compareUtf8(key, after.prefix) < 0 || key.startsWith(after.prefix)
}

/** @param {string} text */
function base64Url(text) {
  return Buffer.from(text).toString('base64url')
}
