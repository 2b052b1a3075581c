import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Direction, NODE_WIDTH_PX, neighbourOf, placeOf, viewAtFirst, viewOf } from './flow-layout'

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

describe('what is seen of the Flow at first', () => {
  const desktop = { width: 1_024, height: 600 }
  const phone = { width: 390, height: 600 }

  it('is a few datasets in the middle, as large as they are drawn', () => {
    const { x, y, zoom } = viewAtFirst(1, desktop)
    expect([x + NODE_WIDTH_PX / 2, zoom]).toEqual([desktop.width / 2, 1])
    expect(y).toBeGreaterThan(200)
  })

  it('is all of them, smaller, as long as names can be read', () => {
    const { x, zoom } = viewAtFirst(35, desktop)
    expect(zoom).toBeLessThan(1)
    expect(zoom).toBeGreaterThanOrEqual(0.5)
    expect(x + (placeOf(34).x + NODE_WIDTH_PX) * zoom).toBeLessThan(desktop.width)
  })

  it('begins with the first of very many', () => {
    expect(viewAtFirst(200, phone)).toMatchObject({ x: 24, zoom: 0.5 })
    expect(viewAtFirst(200, { width: 390, height: 200 })).toEqual({ x: 24, y: 24, zoom: 0.5 })
  })
})

describe('a dataset that has the focus', () => {
  const frame = { width: 390, height: 600 }
  const view = { x: 24, y: 24, zoom: 0.5 }

  it('is brought into sight by no more than it takes', () => {
    expect(viewOf(0, view, frame)).toEqual(view)
    expect(viewOf(59, view, frame)).toEqual({ x: 390 - 24 - (11 * 208 + 176) / 2, y: 24, zoom: 0.5 })
    expect(viewOf(0, { ...view, x: -500, y: -500 }, frame)).toEqual(view)
  })

  it('begins in sight where it is larger than the frame', () => {
    expect(viewOf(5, view, { width: 60, height: 600 }).x).toBe(24 - 208 / 2)
  })
})
