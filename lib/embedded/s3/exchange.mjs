import { S3Error } from './errors.mjs'
import { RequestBody } from './request-body.mjs'

/** @typedef {Record<string, string | undefined>} Headers */
/**
 * An answer before it is sent. `release` is called once it has been sent or given up.
 * @typedef {object} Reply
 * @property {number} status
 * @property {Record<string, string>} [headers]
 * @property {string | AsyncIterable<Buffer>} [body]
 * @property {() => void} [release]
 */
/**
 * @typedef {object} ExchangeOptions
 * @property {import('./store.mjs').Store} store
 * @property {import('./request-target.mjs').RequestTarget} target
 * @property {Headers} headers
 * @property {AsyncIterable<Buffer>} source
 * @property {import('./signature.mjs').Authentication} authentication
 */

/** One authenticated request, as the routes see it. */
export class Exchange {
  #source
  #authentication

  /** @param {ExchangeOptions} options */
  constructor({ store, target, headers, source, authentication }) {
    this.store = store
    this.bucket = target.bucket
    this.key = target.key
    this.query = new Map(target.query)
    this.headers = authentication.presigned ? { ...hoistedHeaders(target.query), ...headers } : headers
    this.accessKeyId = authentication.accessKey.accessKeyId
    this.#source = source
    this.#authentication = authentication
  }

  /**
   * The request's body, verified as it is read.
   * @param {number} maxBytes
   * @param {{ wantedAlgorithm?: import('./checksums.mjs').ChecksumAlgorithm | null, headers?: Headers }} [options]
   *   an algorithm to compute though the caller declares none; headers to verify against in place of the request's
   * @returns {RequestBody}
   */
  body(maxBytes, { wantedAlgorithm, headers = this.headers } = {}) {
    return new RequestBody({
      source: this.#source,
      headers,
      authentication: this.#authentication,
      maxBytes,
      ...(wantedAlgorithm ? { wantedAlgorithm } : {}),
    })
  }

  /**
   * A whole number from the query.
   * @param {string} name
   * @param {{ min: number, max: number, fallback: number }} limits above `max` counts as `max`
   * @returns {number} throws InvalidArgument
   */
  number(name, { min, max, fallback }) {
    const text = this.query.get(name)
    if (text === undefined || text === '') return fallback
    if (!/^\d{1,10}$/.test(text) || Number(text) < min)
      throw new S3Error('InvalidArgument', `${name} must be a whole number, at least ${min}.`, {
        ArgumentName: name,
        ArgumentValue: text,
      })
    return Math.min(Number(text), max)
  }
}

/**
 * A presigned URL carries as query parameters what a signed request carries as x-amz- headers. Checksums are left out:
 * the SDK signs that of an empty body, since it does not know yet what will be sent.
 * @param {[string, string][]} query
 * @returns {Headers}
 */
function hoistedHeaders(query) {
  const names = query.map(([name, value]) => /** @type {const} */ ([name.toLowerCase(), value]))
  return Object.fromEntries(names.filter(([name]) => name.startsWith('x-amz-') && !name.includes('checksum')))
}
