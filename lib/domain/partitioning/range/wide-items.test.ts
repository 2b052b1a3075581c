import { expect, it } from 'vitest'
import { AUDIT_DIMENSIONS } from '../partitioning.arbitraries'
import type { BoundItem } from './bound-range'
import { chooseWide } from './wide-items'

const DAY: BoundItem[number] = { kind: 'periods', from: 20_000, to: 20_000 }

/** So many ways to ask for a day of node types of which `n0` is one. */
const itemsOf = (count: number, values: number): BoundItem[] =>
  Array.from({ length: count }, (_, item) => [
    {
      kind: 'values',
      values: new Set(Array.from({ length: values }, (_, n) => (n === 0 ? 'n0' : `${item}-${n}`))),
    },
    DAY,
  ])

function countPauses(items: readonly BoundItem[], ids: number): number {
  const existing = new Set(Array.from({ length: ids }, (_, n) => `n0|${2000 + n}-01-01`))
  const steps = chooseWide(items, existing, AUDIT_DIMENSIONS)
  let pauses = 0
  while (!steps.next().done) pauses++
  return pauses
}

it('pauses while ids are held against many items, and while these are sorted', () => {
  expect(countPauses(itemsOf(1_000, 2), 500)).toBeGreaterThanOrEqual(500)
  expect(countPauses(itemsOf(1, 2), 500)).toBeLessThan(20)
  expect(countPauses(itemsOf(1_000, 2), 0)).toBeGreaterThanOrEqual(1_000)
  expect(countPauses(itemsOf(1, 100_000), 0)).toBeGreaterThanOrEqual(300)
})
