import { gunzipSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { it } from 'vitest'
import { Failure } from '#lib/domain/errors'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import { cut } from '#lib/server/testing/read-bytes'
import { ByteQueue } from '../byte-queue'
import { gunzip } from './gunzip'

interface Unpacked {
  bytes: Buffer
  reason: string | undefined
}

async function unpack(input: Buffer, chunking: number[] = []): Promise<Unpacked> {
  const pieces: Buffer[] = []
  let reason: string | undefined
  async function* chunks() {
    for await (const chunk of cut(input, chunking)) yield Buffer.from(chunk)
  }
  try {
    for await (const piece of gunzip(new ByteQueue(chunks()), '/a.gz')) pieces.push(piece)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    reason = error.details.reason
  }
  return { bytes: Buffer.concat(pieces), reason }
}

/** A member with every optional field that says nothing of the data. */
function withFields(member: Buffer): Buffer {
  const head = Buffer.from(member.subarray(0, 10))
  head[3] = 4 | 8 | 16
  return Buffer.concat([head, Buffer.from('\x05\x00extraname\0comment\0', 'latin1'), member.subarray(10)])
}

const HEADER_BYTES = 10
const TRUNCATED = 'ERR_DATASET_TRUNCATED_COMPRESSED_DATA'
const MEMBERS = ['', 'one\n', 'two\nthree', '\x1f\x8b\x08\0', 'é🙂\n'.repeat(40)].flatMap((text) => {
  const packed = gzipSync(text)
  return [packed, gzipSync(text, { level: 0 }), withFields(packed)].map((member) => ({ text, member }))
})
// Once in a while one that is larger than what zlib gives at once.
const large = 'A large one.\n'.repeat(10_000)
const members = fc.oneof(
  { weight: 999, arbitrary: fc.constantFrom(...MEMBERS) },
  fc.constant({ text: large, member: gzipSync(large) }),
)
const files = fc.array(members, { minLength: 1, maxLength: 2 })
const padding = fc.constantFrom(0, 0, 0, 1, 600)
// Each chunk goes through zlib's own thread: few of them are many cases.
const sizes = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 3 })
const faults = fc.oneof(
  fc.constant({ kind: 'none' as const }),
  fc.record({ kind: fc.constant('cut' as const), at: fc.nat() }),
  fc.record({ kind: fc.constant('changed' as const), at: fc.nat(), bits: fc.integer({ min: 1, max: 255 }) }),
)

const join = (parts: { member: Buffer }[], zeros: number) =>
  Buffer.concat([...parts.map(({ member }) => member), Buffer.alloc(zeros)])

/** What zlib makes of the same bytes at once; it passes over whatever follows a member and begins none. */
function unpackByZlib(input: Buffer): Buffer | undefined {
  try {
    return gunzipSync(input)
  } catch {
    return undefined
  }
}

it('gives what was packed, or fails with a Failure, whatever the members, their faults and the chunks', async () => {
  await fc.assert(
    fc.asyncProperty(files, padding, faults, sizes, async (parts, zeros, fault, chunking) => {
      const packed = join(parts, zeros)
      const text = Buffer.from(parts.map((part) => part.text).join(''))
      if (fault.kind === 'none') {
        const { bytes, reason } = await unpack(packed, chunking)
        return reason === undefined && bytes.equals(text)
      }
      const place = fault.at % packed.length
      if (fault.kind === 'cut') {
        const { bytes, reason } = await unpack(packed.subarray(0, place), chunking)
        const isWhole = place >= packed.length - zeros || endsMember(parts, place)
        return reason === (isWhole ? undefined : TRUNCATED) && bytes.equals(text.subarray(0, bytes.length))
      }
      packed[place] = (packed[place] ?? 0) ^ fault.bits
      const { bytes, reason } = await unpack(packed, chunking)
      if (reason !== undefined) return true
      const known = unpackByZlib(packed)
      // The header's own checksum, which a changed bit may announce, is not looked at.
      return known === undefined ? place < HEADER_BYTES : bytes.equals(known)
    }),
    propertyRuns('parser'),
  )
})

const endsMember = (parts: { member: Buffer }[], place: number) =>
  parts.some((_, index) => join(parts.slice(0, index + 1), 0).length === place)
