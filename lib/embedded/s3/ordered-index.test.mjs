import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareUtf8, OrderedIndex } from './ordered-index.mjs'

const compareBytes = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))
const key = fc.string({ unit: 'binary', maxLength: 6 })

/** Few letters, so that keys meet again and prefixes repeat. */
const operation = fc.record({
  kind: fc.constantFrom('set', 'set', 'set', 'delete'),
  key: fc.oneof(
    fc.string({ unit: fc.constantFrom('a', 'b', '/', '\uff5e', '\u{1f600}'), maxLength: 5 }),
    key,
  ),
})

function entriesFrom(index, isBefore) {
  const entries = []
  const cursor = index.seek(isBefore)
  for (let entry = cursor.next(); entry; entry = cursor.next()) entries.push(entry.key)
  return entries
}

describe('compareUtf8', () => {
  it('orders any two strings as their UTF-8 bytes', () => {
    fc.assert(
      fc.property(key, key, (a, b) => {
        expect(Math.sign(compareUtf8(a, b))).toBe(compareBytes(a, b))
      }),
      { numRuns: 2000 },
    )
  })

  it('puts U+1F600 after U+FF5E, unlike UTF-16', () => {
    expect(compareUtf8('\u{1f600}', '\uff5e')).toBeGreaterThan(0)
    expect('\u{1f600}' < '\uff5e').toBe(true)
  })
})

describe('OrderedIndex', () => {
  it('equals a sorted array under any sequence of changes', () => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 200 }), key, (operations, from) => {
        const index = new OrderedIndex()
        const model = new Map()
        for (const [i, { kind, key: changed }] of operations.entries()) {
          if (kind === 'set') expect(index.set(changed, i)).toBe(model.get(changed))
          else expect(index.delete(changed)).toBe(model.get(changed))
          if (kind === 'set') model.set(changed, i)
          else model.delete(changed)
        }
        const sorted = [...model.keys()].sort(compareBytes)
        expect(index.size).toBe(model.size)
        expect(entriesFrom(index, () => false)).toEqual(sorted)
        expect(entriesFrom(index, (each) => compareUtf8(each, from) < 0)).toEqual(
          sorted.filter((each) => compareBytes(each, from) >= 0),
        )
        for (const [each, value] of model) expect(index.get(each)).toBe(value)
      }),
    )
  })

  it('keeps its order over many blocks, filled and emptied in any order', () => {
    const keys = Array.from({ length: 5000 }, (_, i) => `k${((i * 7919) % 5000).toString().padStart(5, '0')}`)
    const index = new OrderedIndex()
    for (const each of keys) index.set(each, each)
    for (const each of keys.filter((_, i) => i % 3 === 0)) index.delete(each)
    const left = keys.filter((_, i) => i % 3 !== 0).sort()
    expect(entriesFrom(index, () => false)).toEqual(left)
    for (const each of left) index.delete(each)
    expect(entriesFrom(index, () => false)).toEqual([])
    expect(index.size).toBe(0)
  })
})
