import fc from 'fast-check'
import { expect, test } from 'vitest'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import { CountedBytes } from './counted-bytes'

test('each byte counts once, in whatever order and however often it comes', () => {
  const stretch = fc
    .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 20 }))
    .map(([start, length]) => [start, start + length] as const)
  fc.assert(
    fc.property(fc.array(stretch, { maxLength: 30 }), (stretches) => {
      const counted = new CountedBytes()
      const seen = new Set<number>()
      for (const [start, end] of stretches) {
        const before = seen.size
        for (let byte = start; byte < end; byte++) seen.add(byte)
        expect(counted.add(start, end)).toBe(seen.size - before)
      }
    }),
    propertyRuns(1_000),
  )
})
