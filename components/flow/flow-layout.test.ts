import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Direction, neighbourOf, placeOf } from './flow-layout'

describe('moving through the Flow', () => {
  it.each<[number, Direction, number, number | null]>([
    [0, 'ArrowDown', 3, 1],
    [2, 'ArrowDown', 3, null],
    [0, 'ArrowUp', 3, null],
    [4, 'ArrowDown', 9, null],
    [1, 'ArrowRight', 9, 6],
    [4, 'ArrowRight', 7, 6],
    [6, 'ArrowRight', 7, null],
    [6, 'ArrowLeft', 7, 1],
    [3, 'Home', 9, 0],
    [3, 'End', 9, 8],
    [8, 'End', 9, null],
  ])('from %i by %s of %i leads to %s', (index, direction, count, expected) => {
    expect(neighbourOf(index, direction, count)).toBe(expected)
  })

  it('leads to the side that the key says', () => {
    fc.assert(
      fc.property(
        fc.nat(60),
        fc.nat(60),
        fc.constantFrom<Direction>('ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'),
        (a, b, key) => {
          const count = a + b + 1
          const to = neighbourOf(a, key, count)
          if (to === null) return
          const [from, there] = [placeOf(a), placeOf(to)]
          if (key === 'ArrowLeft') expect(there.x).toBeLessThan(from.x)
          if (key === 'ArrowRight') expect(there.x).toBeGreaterThan(from.x)
          if (key === 'ArrowUp') expect(there.y).toBeLessThan(from.y)
          if (key === 'ArrowDown') expect(there.y).toBeGreaterThan(from.y)
        },
      ),
    )
  })
})
