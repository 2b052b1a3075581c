import { describe, expect, it } from 'vitest'
import { ChunkedDecoder } from './chunked-body.mjs'
import { authenticate } from './signature.mjs'

// The worked examples of Amazon's own documentation of Signature Version 4.
const EXAMPLE_KEY = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
}
const keys = new Map([[EXAMPLE_KEY.accessKeyId, EXAMPLE_KEY]])
const SIGNED_MS = Date.UTC(2013, 4, 24)
const CREDENTIAL = 'AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request'
const EMPTY_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
const MINUTE_MS = 60_000

function getRequest(changes = {}) {
  const signedHeaders = 'host;range;x-amz-content-sha256;x-amz-date'
  const signature = 'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41'
  return {
    method: 'GET',
    path: '/test.txt',
    query: [],
    ...changes,
    headers: {
      host: 'examplebucket.s3.amazonaws.com',
      range: 'bytes=0-9',
      'x-amz-content-sha256': EMPTY_SHA256,
      'x-amz-date': '20130524T000000Z',
      authorization: `AWS4-HMAC-SHA256 Credential=${CREDENTIAL},SignedHeaders=${signedHeaders},Signature=${signature}`,
      ...changes.headers,
    },
  }
}

function presignedRequest(changes = {}) {
  const query = {
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': CREDENTIAL,
    'X-Amz-Date': '20130524T000000Z',
    'X-Amz-Expires': '86400',
    'X-Amz-SignedHeaders': 'host',
    'X-Amz-Signature': 'aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
    ...changes,
  }
  const headers = { host: 'examplebucket.s3.amazonaws.com' }
  return { method: 'GET', path: '/test.txt', query: Object.entries(query), headers }
}

function codeOf(request, nowMs = SIGNED_MS) {
  try {
    authenticate(request, keys, nowMs)
  } catch (error) {
    return error.code
  }
  return 'accepted'
}

describe('authenticate by header', () => {
  it('accepts the documented request', () => {
    expect(authenticate(getRequest(), keys, SIGNED_MS).accessKey).toBe(EXAMPLE_KEY)
  })

  it.each([
    ['another method', { method: 'PUT' }],
    ['another path', { path: '/test2.txt' }],
    ['another query', { query: [['acl', '']] }],
    ['a changed signed header', { headers: { range: 'bytes=0-99' } }],
    ['another payload hash', { headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } }],
  ])('refuses %s', (_, changes) => {
    expect(codeOf(getRequest(changes))).toBe('SignatureDoesNotMatch')
  })

  it('refuses an x-amz- header that was not signed', () => {
    expect(codeOf(getRequest({ headers: { 'x-amz-meta-added': '1' } }))).toBe('AccessDenied')
  })

  it.each([
    [undefined, 'AccessDenied'],
    ['Basic abc', 'AuthorizationHeaderMalformed'],
    ['AWS4-HMAC-SHA256 Credential=x,SignedHeaders=host,Signature=zz', 'AuthorizationHeaderMalformed'],
    ['AWS AKIAIOSFODNN7EXAMPLE:signature', 'AuthorizationHeaderMalformed'],
  ])('refuses the header %j with %s', (authorization, code) => {
    expect(codeOf(getRequest({ headers: { authorization } }))).toBe(code)
  })

  it('needs the payload hash, the date and a known key', () => {
    expect(codeOf(getRequest({ headers: { 'x-amz-content-sha256': undefined } }))).toBe('InvalidRequest')
    expect(codeOf(getRequest({ headers: { 'x-amz-date': 'yesterday' } }))).toBe('AccessDenied')
    expect(codeOf(getRequest({ headers: { 'x-amz-security-token': 'x' } }))).toBe('InvalidToken')
    expect(() => authenticate(getRequest(), new Map(), SIGNED_MS)).toThrow('does not exist in our records')
  })

  it('allows a clock to be wrong by 15 minutes either way, not more', () => {
    expect(codeOf(getRequest(), SIGNED_MS + 15 * MINUTE_MS)).toBe('accepted')
    expect(codeOf(getRequest(), SIGNED_MS - 15 * MINUTE_MS)).toBe('accepted')
    expect(codeOf(getRequest(), SIGNED_MS + 15 * MINUTE_MS + 1)).toBe('RequestTimeTooSkewed')
    expect(codeOf(getRequest(), SIGNED_MS - 15 * MINUTE_MS - 1)).toBe('RequestTimeTooSkewed')
  })
})

describe('authenticate by presigned query', () => {
  it('accepts the documented request until it expires', () => {
    expect(authenticate(presignedRequest(), keys, SIGNED_MS).presigned).toBe(true)
    expect(codeOf(presignedRequest(), SIGNED_MS + 86_400_000)).toBe('accepted')
    expect(codeOf(presignedRequest(), SIGNED_MS + 86_400_001)).toBe('AccessDenied')
  })

  it('refuses a longer life than was signed, or one beyond a week', () => {
    expect(codeOf(presignedRequest({ 'X-Amz-Expires': '86401' }))).toBe('SignatureDoesNotMatch')
    expect(codeOf(presignedRequest({ 'X-Amz-Expires': '604801' }))).toBe('AuthorizationQueryParametersError')
    expect(codeOf(presignedRequest({ 'X-Amz-Algorithm': 'AWS4-HMAC-SHA1' }))).toBe(
      'AuthorizationQueryParametersError',
    )
  })

  it('refuses one for a time still to come', () => {
    expect(codeOf(presignedRequest(), SIGNED_MS - 16 * MINUTE_MS)).toBe('RequestTimeTooSkewed')
  })
})

describe('a chunked upload', () => {
  const headers = {
    host: 's3.amazonaws.com',
    'content-encoding': 'aws-chunked',
    'content-length': '66824',
    'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
    'x-amz-date': '20130524T000000Z',
    'x-amz-decoded-content-length': '66560',
    'x-amz-storage-class': 'REDUCED_REDUNDANCY',
  }
  const signedHeaders = Object.keys(headers).sort().join(';')
  const seedSignature = '4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9'
  const authorization = `AWS4-HMAC-SHA256 Credential=${CREDENTIAL},SignedHeaders=${signedHeaders},Signature=${seedSignature}`

  it('accepts the documented chunks and their chained signatures', () => {
    const request = {
      method: 'PUT',
      path: '/examplebucket/chunkObject.txt',
      query: [],
      headers: { ...headers, authorization },
    }
    const { signingKey, scope, amzDate, signature } = authenticate(request, keys, SIGNED_MS)
    const decoder = new ChunkedDecoder({ signingKey, scope, amzDate, seedSignature: signature }, false)
    const body = [
      'ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648',
      '0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497',
      'b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9',
    ].map((chunkSignature, i) => {
      const data = 'a'.repeat([65536, 1024, 0][i])
      return `${data.length.toString(16)};chunk-signature=${chunkSignature}\r\n${data}\r\n`
    })
    const data = Buffer.concat(decoder.push(Buffer.from(body.join(''))))
    decoder.finish()
    expect(data.equals(Buffer.alloc(66560, 'a'))).toBe(true)
  })
})
