import { S3Error } from './errors.mjs'

const MAX_KEY_BYTES = 1024
const BUCKET_NAME = /^(?!.*\.\.)(?!\d+\.\d+\.\d+\.\d+$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/

/**
 * What a request addresses, path-style. `bucket` and `key` are empty strings when absent.
 * @typedef {{ path: string, bucket: string, key: string, query: [string, string][] }} RequestTarget
 */

/**
 * Reads a raw request target without normalising it: `/b/a/../c` is the key `a/../c`, since keys are not file names.
 * @param {string} target e.g. `/bucket/some%20key?list-type=2`
 * @returns {RequestTarget} decoded; throws InvalidURI, InvalidBucketName or KeyTooLongError
 */
export function parseTarget(target) {
  const mark = target.indexOf('?')
  const path = decode(mark < 0 ? target : target.slice(0, mark))
  if (!path.startsWith('/')) throw invalidUri()
  const slash = path.indexOf('/', 1)
  const bucket = slash < 0 ? path.slice(1) : path.slice(1, slash)
  const key = slash < 0 ? '' : path.slice(slash + 1)
  if (bucket !== '' && !BUCKET_NAME.test(bucket))
    throw new S3Error('InvalidBucketName', 'The specified bucket is not valid.', { BucketName: bucket })
  checkKey(key)
  return { path, bucket, key, query: mark < 0 ? [] : parseQuery(target.slice(mark + 1)) }
}

/** @param {string} key @returns {void} throws KeyTooLongError above 1,024 bytes */
export function checkKey(key) {
  if (Buffer.byteLength(key) > MAX_KEY_BYTES)
    throw new S3Error('KeyTooLongError', 'Your key is too long.', { MaxSizeAllowed: MAX_KEY_BYTES })
}

/**
 * Percent-encodes as SigV4 demands: everything but `A-Z a-z 0-9 - . _ ~`.
 * @param {string} text
 * @returns {string}
 */
export function encodeStrictly(text) {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

/** The same with `/` kept, for paths and for listings with `encoding-type=url`. @param {string} path @returns {string} */
export function encodePath(path) {
  return encodeStrictly(path).replaceAll('%2F', '/')
}

/** @param {string} text @returns {string} */
export function decode(text) {
  try {
    return decodeURIComponent(text)
  } catch {
    throw invalidUri()
  }
}

/** @param {string} text @returns {[string, string][]} */
function parseQuery(text) {
  return text
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name = '', ...rest] = pair.replaceAll('+', '%20').split('=')
      return [decode(name), decode(rest.join('='))]
    })
}

function invalidUri() {
  return new S3Error('InvalidURI', "Couldn't parse the specified URI.")
}
