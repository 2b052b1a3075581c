import { S3Error } from './errors.mjs'

/** @typedef {import('./catalogue.mjs').StoredObject} StoredObject */
/** @typedef {Record<string, string | undefined>} Headers */
/** What a write demands of the object it replaces: one of these ETags, or that there is none. */
/** @typedef {{ ifMatch: string | undefined, ifNoneMatch: string | undefined }} WriteCondition */

/** @param {Headers} headers @returns {WriteCondition} throws NotImplemented for an If-None-Match other than `*` */
export function readWriteCondition(headers) {
  const ifNoneMatch = headers['if-none-match']
  if (ifNoneMatch !== undefined && ifNoneMatch.trim() !== '*')
    throw new S3Error('NotImplemented', 'A write accepts If-None-Match only as *.')
  return { ifMatch: headers['if-match'], ifNoneMatch }
}

/**
 * @param {StoredObject | undefined} existing
 * @param {WriteCondition} condition
 * @param {string} key
 * @returns {void} throws PreconditionFailed, or NoSuchKey when If-Match meets no object
 */
export function checkWriteCondition(existing, { ifMatch, ifNoneMatch }, key) {
  if (ifNoneMatch !== undefined && existing) throw preconditionFailed('If-None-Match')
  if (ifMatch === undefined) return
  if (!existing) throw new S3Error('NoSuchKey', 'The specified key does not exist.', { Key: key })
  if (!matchesEtag(ifMatch, existing.etag)) throw preconditionFailed('If-Match')
}

/**
 * Whether a reader already has the object; the order of the conditions is that of RFC 9110.
 * @param {StoredObject} object
 * @param {Headers} headers
 * @param {string} [prefix] `x-amz-copy-source-` for the source of a copy
 * @returns {boolean} true for 304; throws PreconditionFailed
 */
export function isNotModified(object, headers, prefix = '') {
  const ifMatch = headers[`${prefix}if-match`]
  const ifNoneMatch = headers[`${prefix}if-none-match`]
  const modifiedSince = parseHttpDate(headers[`${prefix}if-modified-since`])
  const unmodifiedSince = parseHttpDate(headers[`${prefix}if-unmodified-since`])
  if (ifMatch !== undefined) {
    if (!matchesEtag(ifMatch, object.etag)) throw preconditionFailed('If-Match')
  } else if (unmodifiedSince !== undefined && wholeSeconds(object) > unmodifiedSince)
    throw preconditionFailed('If-Unmodified-Since')
  if (ifNoneMatch !== undefined) return matchesEtag(ifNoneMatch, object.etag)
  return modifiedSince !== undefined && wholeSeconds(object) <= modifiedSince
}

/**
 * The bytes a Range header asks for: `bytes=0-99`, `bytes=100-` or `bytes=-50`. Anything else, several ranges too, is
 * ignored as S3 does.
 * @param {string | undefined} header
 * @param {number} sizeBytes
 * @returns {{ start: number, end: number } | null} `end` exclusive, null for the whole object; throws InvalidRange
 */
export function parseRange(header, sizeBytes) {
  const parts = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '')
  const [, first, last] = parts ?? []
  if (first === undefined || last === undefined || (first === '' && last === '')) return null
  const start = first === '' ? Math.max(sizeBytes - Number(last), 0) : Number(first)
  const end = first === '' || last === '' ? sizeBytes : Math.min(Number(last) + 1, sizeBytes)
  if (first !== '' && last !== '' && Number(last) < start) return null
  if (start >= sizeBytes)
    throw new S3Error('InvalidRange', 'The requested range is not satisfiable.', {
      ActualObjectSize: sizeBytes,
    })
  return { start, end }
}

/** @param {string} header @param {string} etag @returns {boolean} */
export function matchesEtag(header, etag) {
  return header.split(',').some((candidate) => {
    const text = candidate.trim()
    return text === '*' || text.replace(/^W\//, '').replace(/^"|"$/g, '') === etag
  })
}

/** HTTP dates have no fractions of a second. @param {StoredObject} object */
function wholeSeconds(object) {
  return Math.floor(object.modifiedMs / 1000) * 1000
}

/** @param {string | undefined} text */
function parseHttpDate(text) {
  const ms = text === undefined ? Number.NaN : Date.parse(text)
  return Number.isNaN(ms) ? undefined : ms
}

/** @param {string} condition */
function preconditionFailed(condition) {
  return new S3Error('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', {
    Condition: condition,
  })
}
