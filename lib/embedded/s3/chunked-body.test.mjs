import { createHash, createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ChunkedDecoder } from './chunked-body.mjs'

const signing = {
  signingKey: createHash('sha256').update('key').digest(),
  scope: '20261122/us-east-1/s3/aws4_request',
  amzDate: '20261122T000000Z',
  seedSignature: 'a'.repeat(64),
}
const TRAILER = 'x-amz-checksum-crc32:AAAAAA=='
const sha256 = (data) => createHash('sha256').update(data).digest('hex')
const sign = (...lines) => createHmac('sha256', signing.signingKey).update(lines.join('\n')).digest('hex')

/** @param {Uint8Array[]} chunks @param {{ signed: boolean, trailer: boolean }} form */
function encode(chunks, { signed, trailer }) {
  const out = []
  let previous = signing.seedSignature
  for (const chunk of [...chunks, new Uint8Array()]) {
    const { amzDate, scope } = signing
    const next = sign('AWS4-HMAC-SHA256-PAYLOAD', amzDate, scope, previous, sha256(''), sha256(chunk))
    previous = next
    out.push(`${chunk.length.toString(16)}${signed ? `;chunk-signature=${next}` : ''}\r\n`)
    if (chunk.length > 0) out.push(chunk, '\r\n')
  }
  if (trailer) out.push(`${TRAILER}\r\n`)
  if (trailer && signed) {
    const signature = sign(
      'AWS4-HMAC-SHA256-TRAILER',
      signing.amzDate,
      signing.scope,
      previous,
      sha256(`${TRAILER}\n`),
    )
    out.push(`x-amz-trailer-signature:${signature}\r\n`)
  }
  out.push('\r\n')
  return Buffer.concat(out.map((part) => Buffer.from(part)))
}

/** Cuts bytes at the given places. */
function cut(bytes, places) {
  const at = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b)
  return [...at, bytes.length].map((end, i) => bytes.subarray(at[i - 1] ?? 0, end))
}

function decode(pieces, { signed, trailer }) {
  const decoder = new ChunkedDecoder(signed ? signing : null, signed && trailer)
  const data = Buffer.concat(pieces.flatMap((piece) => decoder.push(piece)))
  decoder.finish()
  return { data, trailers: decoder.trailers }
}

const chunks = fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { maxLength: 6 })
const form = fc.record({ signed: fc.boolean(), trailer: fc.boolean() })
const places = fc.array(fc.nat(), { maxLength: 20 })

describe('ChunkedDecoder', () => {
  it('gives back the data, however the bytes are cut', () => {
    fc.assert(
      fc.property(chunks, form, places, (data, shape, at) => {
        const decoded = decode(cut(encode(data, shape), at), shape)
        expect(decoded.data.equals(Buffer.concat(data))).toBe(true)
        expect(decoded.trailers.get('x-amz-checksum-crc32')).toBe(shape.trailer ? 'AAAAAA==' : undefined)
      }),
      { numRuns: 1000 },
    )
  })

  it('refuses a body cut short anywhere', () => {
    fc.assert(
      fc.property(chunks, form, fc.nat(), (data, shape, at) => {
        const bytes = encode(data, shape)
        expect(() => decode([bytes.subarray(0, at % bytes.length)], shape)).toThrow()
      }),
      { numRuns: 500 },
    )
  })

  it('refuses any changed byte of signed data, sizes, signatures or trailers', () => {
    fc.assert(
      fc.property(
        chunks,
        fc.boolean(),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (data, trailer, at, change) => {
          const shape = { signed: true, trailer }
          const bytes = encode(data, shape)
          const place = at % (bytes.length - 2)
          bytes[place] ^= change
          let decoded
          try {
            decoded = decode([bytes], shape).data
          } catch {
            return
          }
          // Only a carriage return or the case of a size may change without being part of what was signed.
          expect(decoded.equals(Buffer.concat(data))).toBe(true)
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('refuses bytes behind the end and lines without end', () => {
    const shape = { signed: false, trailer: false }
    expect(() => decode([encode([], shape), Buffer.from('x')], shape)).toThrow('bytes follow the end')
    expect(() => decode([Buffer.alloc(5000, 'a')], shape)).toThrow('too long')
    expect(() => decode([Buffer.from('-1\r\n')], shape)).toThrow('no size')
  })
})
