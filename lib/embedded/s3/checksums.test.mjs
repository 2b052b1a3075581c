import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CHECKSUM_ALGORITHMS, combineCrc, createChecksum } from './checksums.mjs'

function digest(algorithm, ...pieces) {
  const hasher = createChecksum(algorithm)
  for (const piece of pieces) hasher.update(piece)
  return hasher.digest()
}

describe('createChecksum', () => {
  it.each([
    ['crc32', 'cbf43926'],
    ['crc32c', 'e3069283'],
    ['crc64nvme', 'ae8b14860a799888'],
    ['sha1', 'f7c3bc1d808e04732adf679965ccc34ca7ae3441'],
    ['sha256', '15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225'],
  ])('%s of the check string', (algorithm, hex) => {
    expect(digest(algorithm, Buffer.from('123456789')).toString('hex')).toBe(hex)
    expect(digest(algorithm, Buffer.from('1234'), Buffer.from('56789')).toString('hex')).toBe(hex)
    expect(hex.length / 2).toBe(CHECKSUM_ALGORITHMS[algorithm].bytes)
  })
})

describe('combineCrc', () => {
  it.each(['crc32', 'crc32c', 'crc64nvme'])('%s of two runs is that of both joined', (algorithm) => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.uint8Array({ maxLength: 300 }), (a, b) => {
        const combined = combineCrc(algorithm, digest(algorithm, a), digest(algorithm, b), b.length)
        expect(combined.equals(digest(algorithm, a, b))).toBe(true)
      }),
    )
  })
})
