import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { S3Error } from './errors.mjs'
import { encodePath, encodeStrictly } from './request-target.mjs'

const ALGORITHM = 'AWS4-HMAC-SHA256'
const MAX_SKEW_MS = 15 * 60 * 1000
const MAX_EXPIRES_SECONDS = 7 * 24 * 3600
const MAX_CACHED_KEYS = 64
const UNSIGNED = 'UNSIGNED-PAYLOAD'

/** @typedef {{ accessKeyId: string, secretAccessKey: string, readOnly?: boolean }} AccessKey */
/**
 * @typedef {object} SignedRequest
 * @property {string} method
 * @property {string} path decoded
 * @property {[string, string][]} query decoded
 * @property {import('node:http').IncomingHttpHeaders} headers
 */
/**
 * A verified caller. `signingKey`, `scope`, `amzDate` and `signature` seed the signatures of a chunked body.
 * @typedef {object} Authentication
 * @property {AccessKey} accessKey
 * @property {string} payloadHash what the caller signed as x-amz-content-sha256
 * @property {boolean} presigned
 * @property {Buffer} signingKey
 * @property {string} scope
 * @property {string} amzDate
 * @property {string} signature
 */
/** @typedef {{ credential: string, signedHeaders: string, signature: string, amzDate: string, payloadHash: string, presigned: boolean }} Claim */

/** @type {Map<string, Buffer>} */
const signingKeys = new Map()

/**
 * Verifies SigV4, by header or presigned query.
 * @param {SignedRequest} request
 * @param {ReadonlyMap<string, AccessKey>} keys by access key id
 * @param {number} nowMs
 * @returns {Authentication} throws S3Error AccessDenied, InvalidAccessKeyId, SignatureDoesNotMatch, RequestTimeTooSkewed
 */
export function authenticate(request, keys, nowMs) {
  const query = new Map(request.query)
  if (request.headers['x-amz-security-token'] !== undefined || query.has('X-Amz-Security-Token'))
    throw new S3Error('InvalidToken', 'The provided token is malformed or otherwise invalid.')
  const claim = readClaim(request, query)
  checkTime(claim, query, nowMs)
  const { accessKeyId, day, region, scope } = parseCredential(claim)
  const accessKey = keys.get(accessKeyId)
  if (!accessKey)
    throw new S3Error(
      'InvalidAccessKeyId',
      'The AWS Access Key Id you provided does not exist in our records.',
    )
  const signingKey = deriveSigningKey(accessKey, day, region)
  const toSign = [ALGORITHM, claim.amzDate, scope, sha256Hex(canonicalRequest(request, claim))].join('\n')
  if (!signatureMatches(signingKey, toSign, claim.signature))
    throw new S3Error(
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    )
  checkSignedHeaders(request, claim)
  const { payloadHash, presigned, amzDate, signature } = claim
  return { accessKey, payloadHash, presigned, signingKey, scope, amzDate, signature }
}

/**
 * Whether `signature` (hex) is the HMAC of `text`, compared in constant time.
 * @param {Buffer} signingKey
 * @param {string} text
 * @param {string} signature
 * @returns {boolean}
 */
export function signatureMatches(signingKey, text, signature) {
  const expected = createHmac('sha256', signingKey).update(text).digest()
  const given = Buffer.from(signature, 'hex')
  return given.length === expected.length && timingSafeEqual(given, expected)
}

/** @param {string | Uint8Array} data @returns {string} */
export function sha256Hex(data) {
  return createHash('sha256').update(data).digest('hex')
}

/** @param {SignedRequest} request @param {Map<string, string>} query @returns {Claim} */
function readClaim(request, query) {
  const { authorization } = request.headers
  if (authorization !== undefined && query.has('X-Amz-Signature'))
    throw new S3Error('InvalidArgument', 'Only one auth mechanism allowed.')
  if (query.has('X-Amz-Algorithm') || query.has('X-Amz-Signature')) return readPresigned(request, query)
  if (authorization === undefined) throw new S3Error('AccessDenied', 'Access Denied.')
  const parts =
    /^AWS4-HMAC-SHA256\s+Credential=([^,\s]+)\s*,\s*SignedHeaders=([^,\s]+)\s*,\s*Signature=([0-9a-f]{64})$/.exec(
      authorization.trim(),
    )
  const [, credential, signedHeaders, signature] = parts ?? []
  if (!credential || !signedHeaders || !signature)
    throw new S3Error(
      'AuthorizationHeaderMalformed',
      'The authorization header is malformed; only AWS4-HMAC-SHA256 is accepted.',
    )
  const payloadHash = single(request.headers['x-amz-content-sha256'])
  if (!payloadHash)
    throw new S3Error('InvalidRequest', 'Missing required header for this request: x-amz-content-sha256')
  return {
    credential,
    signedHeaders,
    signature,
    amzDate: single(request.headers['x-amz-date']),
    payloadHash,
    presigned: false,
  }
}

/** @param {SignedRequest} request @param {Map<string, string>} query @returns {Claim} */
function readPresigned(request, query) {
  const credential = query.get('X-Amz-Credential')
  const signedHeaders = query.get('X-Amz-SignedHeaders')
  const signature = query.get('X-Amz-Signature')
  const amzDate = query.get('X-Amz-Date')
  const expires = query.get('X-Amz-Expires')
  if (
    query.get('X-Amz-Algorithm') !== ALGORITHM ||
    !credential ||
    !signedHeaders ||
    !signature ||
    !amzDate ||
    !expires
  )
    throw new S3Error(
      'AuthorizationQueryParametersError',
      'Query-string authentication requires X-Amz-Algorithm, -Credential, -Signature, -Date, -SignedHeaders and -Expires.',
    )
  const payloadHash =
    single(request.headers['x-amz-content-sha256']) || query.get('X-Amz-Content-Sha256') || UNSIGNED
  return { credential, signedHeaders, signature, amzDate, payloadHash, presigned: true }
}

/** @param {Claim} claim @param {Map<string, string>} query @param {number} nowMs */
function checkTime(claim, query, nowMs) {
  const signedMs = parseAmzDate(claim.amzDate)
  if (signedMs === undefined)
    throw new S3Error('AccessDenied', 'AWS authentication requires a valid date: x-amz-date.')
  if (!claim.presigned) {
    if (Math.abs(nowMs - signedMs) > MAX_SKEW_MS) throw tooSkewed(nowMs)
    return
  }
  const expires = query.get('X-Amz-Expires') ?? ''
  if (!/^\d{1,6}$/.test(expires) || Number(expires) < 1 || Number(expires) > MAX_EXPIRES_SECONDS)
    throw new S3Error(
      'AuthorizationQueryParametersError',
      'X-Amz-Expires must be between 1 and 604800 seconds.',
    )
  if (signedMs - nowMs > MAX_SKEW_MS) throw tooSkewed(nowMs)
  if (nowMs > signedMs + Number(expires) * 1000) throw new S3Error('AccessDenied', 'Request has expired.')
}

/** @param {number} nowMs */
function tooSkewed(nowMs) {
  return new S3Error(
    'RequestTimeTooSkewed',
    'The difference between the request time and the current time is too large.',
    {
      ServerTime: new Date(nowMs).toISOString(),
      MaxAllowedSkewMilliseconds: MAX_SKEW_MS,
    },
  )
}

/** @param {string} text e.g. `20261122T083000Z` @returns {number | undefined} */
function parseAmzDate(text) {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text)
  if (!parts) return undefined
  const ms = Date.parse(`${parts[1]}-${parts[2]}-${parts[3]}T${parts[4]}:${parts[5]}:${parts[6]}Z`)
  return Number.isNaN(ms) ? undefined : ms
}

/** @param {Claim} claim */
function parseCredential(claim) {
  const parts = /^(.+)\/(\d{8})\/([A-Za-z0-9-]{1,32})\/s3\/aws4_request$/.exec(claim.credential)
  const [, accessKeyId, day, region] = parts ?? []
  if (!accessKeyId || !day || !region || !claim.amzDate.startsWith(day))
    throw new S3Error(
      claim.presigned ? 'AuthorizationQueryParametersError' : 'AuthorizationHeaderMalformed',
      'The credential must be KEY/YYYYMMDD/REGION/s3/aws4_request with the day of x-amz-date.',
    )
  return { accessKeyId, day, region, scope: `${day}/${region}/s3/aws4_request` }
}

/** @param {AccessKey} accessKey @param {string} day @param {string} region */
function deriveSigningKey(accessKey, day, region) {
  const cacheKey = JSON.stringify([accessKey.accessKeyId, accessKey.secretAccessKey, day, region])
  const cached = signingKeys.get(cacheKey)
  if (cached) return cached
  let key = Buffer.from(`AWS4${accessKey.secretAccessKey}`)
  for (const part of [day, region, 's3', 'aws4_request'])
    key = createHmac('sha256', key).update(part).digest()
  if (signingKeys.size >= MAX_CACHED_KEYS) signingKeys.clear()
  signingKeys.set(cacheKey, key)
  return key
}

/** @param {SignedRequest} request @param {Claim} claim */
function canonicalRequest(request, claim) {
  const names = claim.signedHeaders.split(';')
  return [
    request.method,
    encodePath(request.path),
    canonicalQuery(request.query),
    ...names.map((name) => `${name}:${single(request.headers[name]).trim().replace(/ +/g, ' ')}`),
    '',
    claim.signedHeaders,
    claim.payloadHash,
  ].join('\n')
}

/** @param {[string, string][]} query */
function canonicalQuery(query) {
  return query
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => /** @type {const} */ ([encodeStrictly(name), encodeStrictly(value)]))
    .sort(([a, x], [b, y]) => compareAscii(a, b) || compareAscii(x, y))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
}

/** @param {string} a @param {string} b */
function compareAscii(a, b) {
  return a < b ? -1 : a > b ? 1 : 0
}

/** An unsigned x-amz header would let a man in the middle change what the request does. @param {SignedRequest} request @param {Claim} claim */
function checkSignedHeaders(request, claim) {
  const signed = new Set(claim.signedHeaders.split(';'))
  const unsigned = Object.keys(request.headers).filter(
    (name) => name.startsWith('x-amz-') && !signed.has(name),
  )
  if (!signed.has('host') || unsigned.length > 0)
    throw new S3Error('AccessDenied', 'There were headers present in the request which were not signed.', {
      HeadersNotSigned: signed.has('host') ? unsigned.join(', ') : 'host',
    })
}

/** @param {string | string[] | undefined} value */
function single(value) {
  return Array.isArray(value) ? value.join(',') : (value ?? '')
}
