import { createHash } from 'node:crypto'
import { S3Error } from './errors.mjs'
import { sha256Hex, signatureMatches } from './signature.mjs'

const MAX_LINE_BYTES = 1024
const MAX_TRAILER_BYTES = 8 * 1024
const EMPTY_SHA256 = sha256Hex('')

/**
 * What the signatures of a chunked body are chained to; `seedSignature` is the request's own.
 * @typedef {{ signingKey: Buffer, scope: string, amzDate: string, seedSignature: string }} ChunkSigning
 */
/** @typedef {'size' | 'data' | 'dataEnd' | 'trailer' | 'done'} Phase */

/**
 * Decodes an aws-chunked body, however the network cut it. Data is handed out before its chunk's signature is known,
 * so the consumer must make nothing visible until `finish()` has returned.
 */
export class ChunkedDecoder {
  #signing
  #signedTrailer
  /** @type {Buffer} */
  #buffered = Buffer.alloc(0)
  /** @type {Phase} */
  #phase = 'size'
  #remaining = 0
  #lastChunk = false
  #chunkSignature = ''
  #chunkHash = createHash('sha256')
  #previousSignature
  #trailerBytes = 0
  /** @type {string[]} */
  #trailerLines = []
  /** Trailing headers by lower-case name, complete once `finish()` has returned. @type {Map<string, string>} */
  trailers = new Map()

  /**
   * @param {ChunkSigning | null} signing null when chunks are not signed
   * @param {boolean} signedTrailer whether an x-amz-trailer-signature must follow
   */
  constructor(signing, signedTrailer) {
    this.#signing = signing
    this.#signedTrailer = signedTrailer
    this.#previousSignature = signing?.seedSignature ?? ''
  }

  /** @param {Buffer} piece @returns {Buffer[]} the data decoded from it; throws InvalidRequest or SignatureDoesNotMatch */
  push(piece) {
    /** @type {Buffer[]} */
    const out = []
    let rest = this.#buffered.length > 0 ? Buffer.concat([this.#buffered, piece]) : piece
    while (rest.length > 0) {
      const used = this.#phase === 'data' ? this.#takeData(rest, out) : this.#takeLine(rest)
      if (used === 0) break
      rest = rest.subarray(used)
    }
    this.#buffered = rest
    return out
  }

  /** Ends the body. @returns {void} throws IncompleteBody when it stops before its last chunk and trailers */
  finish() {
    if (this.#phase !== 'done')
      throw new S3Error('IncompleteBody', 'The chunked body ended before its last chunk.')
  }

  /** @param {Buffer} rest @param {Buffer[]} out */
  #takeData(rest, out) {
    const data = rest.subarray(0, this.#remaining)
    if (this.#signing) this.#chunkHash.update(data)
    this.#remaining -= data.length
    if (this.#remaining === 0) this.#phase = 'dataEnd'
    out.push(data)
    return data.length
  }

  /** @param {Buffer} rest @returns {number} bytes used, 0 when the line is not complete yet */
  #takeLine(rest) {
    if (this.#phase === 'done') throw badChunk('bytes follow the end of the chunked body')
    const newline = rest.indexOf('\n')
    if (newline < 0) {
      if (rest.length > MAX_LINE_BYTES) throw badChunk('a line of the chunked body is too long')
      return 0
    }
    if (newline > MAX_LINE_BYTES) throw badChunk('a line of the chunked body is too long')
    this.#readLine(rest.toString('latin1', 0, newline).replace(/\r$/, ''))
    return newline + 1
  }

  /** @param {string} line */
  #readLine(line) {
    if (this.#phase === 'size') this.#beginChunk(line)
    else if (this.#phase === 'dataEnd') this.#endChunk(line)
    else this.#readTrailer(line)
  }

  /** @param {string} line e.g. `400;chunk-signature=ab…` */
  #beginChunk(line) {
    const parts = /^([0-9a-fA-F]{1,12})(?:;chunk-signature=([0-9a-f]{64}))?$/.exec(line)
    if (!parts?.[1]) throw badChunk('a chunk has no size')
    if (this.#signing && !parts[2]) throw badChunk('a chunk has no signature')
    this.#remaining = Number.parseInt(parts[1], 16)
    this.#chunkSignature = parts[2] ?? ''
    this.#lastChunk = this.#remaining === 0
    this.#phase = 'data'
    if (this.#lastChunk) {
      this.#verifyChunk()
      this.#phase = 'trailer'
    }
  }

  /** @param {string} line */
  #endChunk(line) {
    if (line !== '') throw badChunk('a chunk is longer than its size')
    this.#verifyChunk()
    this.#phase = 'size'
  }

  #verifyChunk() {
    if (!this.#signing) return
    const hash = this.#chunkHash.digest('hex')
    this.#chunkHash = createHash('sha256')
    this.#verify('AWS4-HMAC-SHA256-PAYLOAD', [EMPTY_SHA256, hash], this.#chunkSignature)
  }

  /** @param {string} algorithm @param {string[]} hashes @param {string} signature */
  #verify(algorithm, hashes, signature) {
    if (!this.#signing) return
    const { signingKey, scope, amzDate } = this.#signing
    const toSign = [algorithm, amzDate, scope, this.#previousSignature, ...hashes].join('\n')
    if (!signatureMatches(signingKey, toSign, signature))
      throw new S3Error('SignatureDoesNotMatch', 'The signature of a chunk does not match its bytes.')
    this.#previousSignature = signature
  }

  /** @param {string} line */
  #readTrailer(line) {
    this.#trailerBytes += line.length
    if (this.#trailerBytes > MAX_TRAILER_BYTES) throw badChunk('the trailing headers are too long')
    if (line === '') return this.#endTrailers()
    const colon = line.indexOf(':')
    if (colon < 1) throw badChunk('a trailing header has no name')
    const name = line.slice(0, colon).trim().toLowerCase()
    const value = line.slice(colon + 1).trim()
    if (this.trailers.has(name)) throw badChunk('a trailing header is given twice')
    if (name !== 'x-amz-trailer-signature') this.#trailerLines.push(`${name}:${value}\n`)
    this.trailers.set(name, value)
  }

  #endTrailers() {
    if (this.#signedTrailer) {
      const signature = this.trailers.get('x-amz-trailer-signature')
      // Some clients end the trailing headers with an empty line and send their signature after it.
      if (signature === undefined && this.#trailerLines.length > 0) return
      this.#verify('AWS4-HMAC-SHA256-TRAILER', [sha256Hex(this.#trailerLines.join(''))], signature ?? '')
    }
    this.#phase = 'done'
  }
}

/** @param {string} reason */
function badChunk(reason) {
  return new S3Error('InvalidRequest', `The aws-chunked body is malformed: ${reason}.`)
}
