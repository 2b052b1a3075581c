import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { propertyRuns } from '../property-runs.arbitraries'
import { chooseBySeed, fractionOf } from './choose-by-seed'

const self = (text: string) => text
const seeds = fc.integer({ min: 0, max: 0xffffffff })

describe('choosing by a seed', () => {
  it('chooses the same of the same, in whatever order they come', () => {
    fc.assert(
      fc.property(seeds, fc.uniqueArray(fc.string(), { maxLength: 40 }), fc.nat(10), (seed, texts, most) => {
        const chosen = chooseBySeed(texts, self, { seed, most })
        expect(chooseBySeed([...texts].reverse(), self, { seed, most })).toEqual(chosen)
        expect(chosen).toHaveLength(Math.min(most, texts.length))
        expect(chooseBySeed(texts, self, { seed, most: most + 1 }).slice(0, most)).toEqual(chosen)
      }),
      propertyRuns(500),
    )
  })

  it('spreads evenly over paths that hardly differ, for every seed', () => {
    for (const seed of [0, 1, 2, 0xffffffff]) {
      const tenths = new Array(10).fill(0)
      for (let n = 0; n < 20_000; n++) {
        const fraction = fractionOf(seed, `/design/2026/11/22/${String(n).padStart(6, '0')}.ndjson.gz`)
        tenths[Math.floor(fraction * 10)]++
      }
      for (const count of tenths) expect(Math.abs(count - 2_000)).toBeLessThan(250)
    }
  })

  it('takes each of ten as often as any other, over many seeds', () => {
    const texts = Array.from({ length: 10 }, (_, n) => `/${n}.log`)
    const times = new Map(texts.map((text) => [text, 0]))
    for (let seed = 0; seed < 5_000; seed++)
      for (const text of chooseBySeed(texts, self, { seed, most: 2 }))
        times.set(text, (times.get(text) ?? 0) + 1)
    for (const count of times.values()) expect(Math.abs(count - 1_000)).toBeLessThan(150)
  })
})
