import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import { findSizeOutliers } from './size-outliers'

const marked = (sizes: number[]) => findSizeOutliers(sizes).flatMap((one, at) => (one ? [[at, one]] : []))

describe('sizes unlike the usual ones', () => {
  it('are found on both sides, from 8 sizes on', () => {
    const even = [100, 110, 95, 105, 98, 102]
    expect(marked([...even, 10_000])).toEqual([])
    expect(marked([...even, 10_000, 101])).toEqual([[6, 'larger']])
    expect(marked([...even, 10_000, 1])).toEqual([
      [6, 'larger'],
      [7, 'smaller'],
    ])
  })

  it('are at least four times or a quarter of the usual, however even the others are', () => {
    const same = Array.from({ length: 10 }, () => 100)
    expect(marked([...same, 399, 26])).toEqual([])
    expect(marked([...same, 401, 24])).toEqual([
      [10, 'larger'],
      [11, 'smaller'],
    ])
    expect(marked([...Array.from({ length: 12 }, () => 493), 986])).toEqual([])
  })

  it('leave empty partitions alone', () => {
    expect(marked([...Array.from({ length: 10 }, () => 100), 0])).toEqual([])
  })

  it('do not depend on the unit, nor on the order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1e9 }), { maxLength: 40 }), (sizes) => {
        const found = findSizeOutliers(sizes)
        expect(findSizeOutliers(sizes.map((size) => size * 1024))).toEqual(found)
        expect(findSizeOutliers(sizes.toReversed())).toEqual(found.toReversed())
        expect(found.filter(Boolean).length * 2).toBeLessThanOrEqual(sizes.length)
      }),
      propertyRuns(300, 20_000),
    )
  })
})
