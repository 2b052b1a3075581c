import 'server-only'
import { createHash, createHmac } from 'node:crypto'

/** Credentials as signing needs them. */
export interface SigningKeys {
  accessKeyId: string
  secretAccessKey: string
  sessionToken?: string
}

export interface Signable {
  method: string
  /** Encoded as it is sent; S3 does not normalise it, so `//` stays. */
  path: string
  query: readonly (readonly [string, string])[]
  /** Lower-case names; `host` among them. */
  headers: Record<string, string>
  body?: Buffer
}

const EMPTY_SHA256 = createHash('sha256').digest('hex')

/**
 * Signs a request for S3 with AWS Signature Version 4 and gives all headers to send.
 * @example signRequest(request, keys, 'eu-west-1', new Date()).authorization // "AWS4-HMAC-SHA256 Credential=…"
 */
export function signRequest(
  request: Signable,
  keys: SigningKeys,
  region: string,
  now: Date,
): Record<string, string> {
  const timestamp = now.toISOString().replace(/[-:]|\.\d{3}/g, '')
  const day = timestamp.slice(0, 8)
  const bodyHash = request.body === undefined ? EMPTY_SHA256 : sha256(request.body)
  const headers: Record<string, string> = {
    ...request.headers,
    'x-amz-content-sha256': bodyHash,
    'x-amz-date': timestamp,
    ...(keys.sessionToken === undefined ? {} : { 'x-amz-security-token': keys.sessionToken }),
  }
  const names = Object.keys(headers).sort()
  const canonical = [
    request.method,
    request.path,
    canonicalQuery(request.query),
    ...names.map((name) => `${name}:${(headers[name] ?? '').trim().replace(/ +/g, ' ')}`),
    '',
    names.join(';'),
    bodyHash,
  ].join('\n')
  const scope = `${day}/${region}/s3/aws4_request`
  const toSign = ['AWS4-HMAC-SHA256', timestamp, scope, sha256(canonical)].join('\n')
  const signature = hmac(signingKey(keys.secretAccessKey, day, region), toSign).toString('hex')
  const credential = `Credential=${keys.accessKeyId}/${scope}`
  headers.authorization = `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=${names.join(';')}, Signature=${signature}`
  return headers
}

/** Encodes a query in the order that signatures need: `[['prefix', 'a b']]` → `"prefix=a%20b"`. */
export function canonicalQuery(query: Signable['query']): string {
  return query
    .map(([name, value]) => `${encodeText(name)}=${encodeText(value)}`)
    .sort()
    .join('&')
}

/** Encodes a key for a URL's path, leaving `/` as it is: `"a b/ü+"` → `"a%20b/%C3%BC%2B"`. */
export function encodeKey(key: string): string {
  return encodeText(key).replaceAll('%2F', '/')
}

// encodeURIComponent leaves !'()* alone, which the signature counts as encoded.
function encodeText(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
}

function signingKey(secret: string, day: string, region: string): Buffer {
  return hmac(hmac(hmac(hmac(`AWS4${secret}`, day), region), 's3'), 'aws4_request')
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex')
}
