import fc from 'fast-check'
import { expect, test } from 'vitest'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import { FilesAtOnce } from './files-at-once'

const LIMITS = { shares: 8, mostOfOne: 4, shareBytes: 10 }

test('reads many small files at once and few large ones, in their order', async () => {
  const sizes = fc.array(fc.nat(60), { maxLength: 40 })
  await fc.assert(
    fc.asyncProperty(sizes, fc.infiniteStream(fc.nat()), async (files, turns) => {
      const begun: number[] = []
      const open = new Map<number, () => void>()
      const sharesOf = (place: number) =>
        Math.min(4, Math.max(1, Math.ceil((files[place] ?? 0) / LIMITS.shareBytes)))
      const done = new FilesAtOnce(LIMITS).forEach(
        files.map((sizeBytes) => ({ sizeBytes })),
        (_, place) => {
          begun.push(place)
          return new Promise((resolve) => open.set(place, resolve))
        },
      )
      for (let ended = 0; ended < files.length; ended++) {
        await new Promise(setImmediate)
        const shares = [...open.keys()].reduce((sum, place) => sum + sharesOf(place), 0)
        expect(shares).toBeLessThanOrEqual(LIMITS.shares)
        const next = begun.length
        // Whatever waits does so for want of room.
        if (next < files.length) expect(shares + sharesOf(next)).toBeGreaterThan(LIMITS.shares)
        const places = [...open.keys()]
        const place = places[(turns.next().value ?? 0) % places.length] ?? -1
        open.get(place)?.()
        open.delete(place)
      }
      await done
      expect(begun).toEqual(files.map((_, place) => place))
    }),
    propertyRuns(),
  )
})

test('begins none after one that failed', async () => {
  const begun: number[] = []
  const files = Array.from({ length: 50 }, () => ({ sizeBytes: 1 }))
  const work = async (_: object, place: number) => {
    begun.push(place)
    await new Promise(setImmediate)
    if (place === 3) throw new Error('it is broken')
  }
  const atOnce = new FilesAtOnce(LIMITS)
  await expect(atOnce.forEach(files, work)).rejects.toThrow('it is broken')
  await new Promise(setImmediate)
  expect(begun.length).toBeLessThan(2 * LIMITS.shares)
})
