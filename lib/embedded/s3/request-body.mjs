import { createHash } from 'node:crypto'
import { CHECKSUM_ALGORITHMS, createChecksum, isChecksumAlgorithm } from './checksums.mjs'
import { ChunkedDecoder } from './chunked-body.mjs'
import { S3Error } from './errors.mjs'

const CHECKSUM_HEADER = 'x-amz-checksum-'

/** @typedef {import('./checksums.mjs').ChecksumAlgorithm} ChecksumAlgorithm */
/**
 * What is known of a body once it has been read to its end.
 * @typedef {{ sizeBytes: number, md5: Buffer, checksum: { algorithm: ChecksumAlgorithm, value: Buffer } | null }} BodyDigest
 */
/**
 * @typedef {object} BodyRequest
 * @property {AsyncIterable<Buffer>} source the bytes as they come from the network
 * @property {Record<string, string | undefined>} headers
 * @property {import('./signature.mjs').Authentication} authentication
 * @property {number} maxBytes
 * @property {ChecksumAlgorithm} [wantedAlgorithm] computed even when the caller declares no checksum
 */

/**
 * A request body, decoded and verified against everything its caller declared. `pieces()` throws before it ends when
 * the body is not what was signed, so its consumer must commit only after the iteration.
 */
export class RequestBody {
  #request
  #md5 = createHash('md5')
  #sizeBytes = 0
  #payloadHash
  #sha256
  #decoder
  #checksum
  /** @type {BodyDigest | undefined} */
  #digest

  /** @param {BodyRequest} request throws MissingContentLength, EntityTooLarge, InvalidDigest, InvalidRequest */
  constructor(request) {
    this.#request = request
    this.#payloadHash = request.authentication.payloadHash
    this.#decoder = createDecoder(request)
    this.#sha256 = /^[0-9a-f]{64}$/.test(this.#payloadHash) ? createHash('sha256') : null
    this.#checksum = declareChecksum(request, this.#decoder !== null)
    this.declaredBytes = declaredLength(request.headers, this.#decoder !== null)
    if (this.declaredBytes > request.maxBytes) throw tooLarge(request.maxBytes)
    declaredMd5(request.headers)
  }

  /** @returns {AsyncGenerator<Buffer, void>} */
  async *pieces() {
    for await (const piece of this.#request.source) {
      if (!this.#decoder) yield this.#count(piece)
      else for (const data of this.#decoder.push(piece)) yield this.#count(data)
    }
    this.#finish()
  }

  /** The whole body in memory, for the small documents of the protocol. @returns {Promise<Buffer>} */
  async bytes() {
    const pieces = []
    for await (const piece of this.pieces()) pieces.push(piece)
    return Buffer.concat(pieces)
  }

  /** Available after `pieces()` has ended. @returns {BodyDigest} */
  get digest() {
    if (!this.#digest) throw new TypeError('The body has not been read yet')
    return this.#digest
  }

  /** @param {Buffer} data */
  #count(data) {
    this.#sizeBytes += data.length
    if (this.#sizeBytes > this.#request.maxBytes) throw tooLarge(this.#request.maxBytes)
    this.#md5.update(data)
    this.#sha256?.update(data)
    this.#checksum?.hasher.update(data)
    return data
  }

  #finish() {
    this.#decoder?.finish()
    if (this.#sizeBytes !== this.declaredBytes)
      throw new S3Error(
        'IncompleteBody',
        'You did not provide the number of bytes specified by the Content-Length header.',
      )
    if (this.#sha256 && this.#sha256.digest('hex') !== this.#payloadHash)
      throw new S3Error(
        'XAmzContentSHA256Mismatch',
        "The provided 'x-amz-content-sha256' header does not match what was computed.",
      )
    const md5 = this.#md5.digest()
    const expectedMd5 = declaredMd5(this.#request.headers)
    if (expectedMd5 && !expectedMd5.equals(md5))
      throw new S3Error('BadDigest', 'The Content-MD5 you specified did not match what we received.')
    this.#digest = { sizeBytes: this.#sizeBytes, md5, checksum: this.#verifyChecksum() }
  }

  #verifyChecksum() {
    if (!this.#checksum) return null
    const { algorithm, hasher, expected, inTrailer } = this.#checksum
    const value = hasher.digest()
    const declared = inTrailer ? this.#decoder?.trailers.get(CHECKSUM_HEADER + algorithm) : expected
    if (inTrailer && declared === undefined)
      throw new S3Error('InvalidRequest', 'The announced trailing checksum is missing.')
    if (declared !== undefined && !readChecksum(algorithm, declared).equals(value))
      throw new S3Error(
        'BadDigest',
        `The ${algorithm.toUpperCase()} you specified did not match the calculated checksum.`,
      )
    return { algorithm, value }
  }
}

/** @param {BodyRequest} request */
function createDecoder({ authentication }) {
  const { payloadHash, signingKey, scope, amzDate, signature } = authentication
  const signing = { signingKey, scope, amzDate, seedSignature: signature }
  if (payloadHash === 'STREAMING-UNSIGNED-PAYLOAD-TRAILER') return new ChunkedDecoder(null, false)
  if (payloadHash === 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD') return new ChunkedDecoder(signing, false)
  if (payloadHash === 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER') return new ChunkedDecoder(signing, true)
  if (payloadHash === 'UNSIGNED-PAYLOAD' || /^[0-9a-f]{64}$/.test(payloadHash)) return null
  throw new S3Error(
    'InvalidArgument',
    'x-amz-content-sha256 must be UNSIGNED-PAYLOAD, a STREAMING- value or a SHA-256 in hex.',
  )
}

/** @param {BodyRequest['headers']} headers @param {boolean} chunked */
function declaredLength(headers, chunked) {
  const text = chunked ? headers['x-amz-decoded-content-length'] : headers['content-length']
  if (text === undefined && !chunked && headers['transfer-encoding'] === undefined) return 0
  if (text === undefined || !/^\d{1,15}$/.test(text))
    throw new S3Error('MissingContentLength', 'You must provide the Content-Length HTTP header.')
  return Number(text)
}

/** @param {BodyRequest['headers']} headers */
function declaredMd5(headers) {
  const text = headers['content-md5']
  if (text === undefined) return null
  const md5 = Buffer.from(text, 'base64')
  if (md5.length !== 16 || md5.toString('base64') !== text)
    throw new S3Error('InvalidDigest', 'The Content-MD5 you specified was invalid.')
  return md5
}

/** @param {BodyRequest} request @param {boolean} chunked */
function declareChecksum({ headers, wantedAlgorithm }, chunked) {
  const inHeader = Object.keys(headers).filter(
    (name) => name.startsWith(CHECKSUM_HEADER) && isChecksumAlgorithm(name.slice(CHECKSUM_HEADER.length)),
  )
  const announced = (headers['x-amz-trailer'] ?? '').split(',').map((name) => name.trim().toLowerCase())
  const inTrailer = announced.filter((name) => name.startsWith(CHECKSUM_HEADER))
  if (inHeader.length + inTrailer.length > 1)
    throw new S3Error(
      'InvalidRequest',
      'Expecting a single x-amz-checksum- header. Multiple checksum types are not allowed.',
    )
  if (inTrailer.length > 0 && !chunked)
    throw new S3Error('InvalidRequest', 'x-amz-trailer needs an aws-chunked body.')
  const [name = inTrailer[0]] = inHeader
  const algorithm = name?.slice(CHECKSUM_HEADER.length) ?? wantedAlgorithm ?? sdkAlgorithm(headers)
  if (algorithm === undefined) return null
  if (!isChecksumAlgorithm(algorithm))
    throw new S3Error(
      'InvalidRequest',
      'The checksum algorithm must be CRC32, CRC32C, CRC64NVME, SHA1 or SHA256.',
    )
  const expected = inHeader.length > 0 ? headers[CHECKSUM_HEADER + algorithm] : undefined
  if (expected !== undefined) readChecksum(algorithm, expected)
  return { algorithm, hasher: createChecksum(algorithm), expected, inTrailer: inTrailer.length > 0 }
}

/** @param {BodyRequest['headers']} headers */
function sdkAlgorithm(headers) {
  return headers['x-amz-sdk-checksum-algorithm']?.toLowerCase()
}

/** @param {ChecksumAlgorithm} algorithm @param {string} text base64 */
function readChecksum(algorithm, text) {
  const value = Buffer.from(text, 'base64')
  if (value.length !== CHECKSUM_ALGORITHMS[algorithm].bytes || value.toString('base64') !== text)
    throw new S3Error('InvalidRequest', `Value for ${CHECKSUM_HEADER}${algorithm} header is invalid.`)
  return value
}

/** @param {number} maxBytes */
function tooLarge(maxBytes) {
  return new S3Error('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size.', {
    MaxSizeAllowed: maxBytes,
  })
}
