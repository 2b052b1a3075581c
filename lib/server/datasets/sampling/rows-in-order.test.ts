import fc from 'fast-check'
import { expect, test } from 'vitest'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import { RowsInOrder } from './rows-in-order'

test('keeps the beginning of what the files hold together, whichever is read faster', () => {
  const file = fc.array(fc.nat(9), { maxLength: 8 })
  fc.assert(
    fc.property(
      fc.array(file, { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 1, max: 20 }),
      fc.nat(60),
      fc.infiniteStream(fc.nat()),
      (files, maxRows, maxChars, turns) => {
        const rows = new RowsInOrder<string>(files.length, { rows: maxRows, chars: maxChars })
        const left = files.map((sizes, place) => ({ place, next: 0, sizes }))
        while (left.length > 0) {
          const turn = (turns.next().value ?? 0) % left.length
          const one = left[turn]
          const size = one?.sizes[one.next]
          if (one === undefined) break
          const isWanted = size !== undefined && rows.add(one.place, `${one.place}.${one.next++}`, size)
          if (!isWanted) left.splice(turn, 1)
        }
        const expected: string[] = []
        let chars = 0
        let full = false
        for (const [place, sizes] of files.entries())
          for (const [at, size] of sizes.entries()) {
            full ||= expected.length === maxRows || chars + size > maxChars
            if (full) continue
            expected.push(`${place}.${at}`)
            chars += size
          }
        const taken = rows.taken()
        expect(taken.files.flatMap((one) => one.rows)).toEqual(expected)
        expect(taken.full).toBe(full || expected.length === maxRows)
      },
    ),
    propertyRuns(),
  )
})
