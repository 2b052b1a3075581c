import fc from 'fast-check'
import { expect, it } from 'vitest'
import { propertyRuns } from '../../property-runs.arbitraries'
import { patternOf } from '../partitioning.arbitraries'
import { compileMatcher } from './matcher'
import { WordEnds } from './word-ends'

const codePoints = (text: string) => Array.from(text, (character) => character.codePointAt(0) ?? 0)

/** The lengths of the words that end behind each character of a text. */
function lengthsIn(words: readonly string[], text: string): number[][] {
  const ends = new WordEnds(words.map(codePoints), Math.max(...words.map((word) => word.length)))
  let node = 0
  return codePoints(text).map((codePoint) => {
    node = ends.next(node, codePoint)
    const row = ends.lengths.subarray(node * ends.rowWords, (node + 1) * ends.rowWords)
    const found = Array.from({ length: 32 * ends.rowWords }, (_, length) => length).filter(
      (length) => ((row[length >>> 5] ?? 0) >>> (31 - (length & 31))) & 1,
    )
    expect(ends.isEnd[node]).toBe(found.length > 0 ? 1 : 0)
    return found
  })
}

it('finds all words that end at each place, however they overlap', () => {
  expect(lengthsIn(['he', 'she', 'his', 'hers'], 'ushers')).toEqual([[], [], [], [2, 3], [], [4]])
  expect(lengthsIn(['a', 'aaa', 'a'.repeat(40)], 'a'.repeat(41)).slice(-2)).toEqual([
    [1, 3, 40],
    [1, 3, 40],
  ])
})

const word = fc.string({ unit: fc.constantFrom('a', 'b', '😀'), maxLength: 6 })
const long = fc
  .tuple(fc.constantFrom('a', 'ab', 'aab'), fc.nat(40))
  .map(([unit, times]) => unit.repeat(times))
const words = fc.array(fc.oneof(word, long), { minLength: 8, maxLength: 14 })
const text = fc
  .array(fc.oneof(word, long, fc.constantFrom('x', 'a', 'b')), { minLength: 1, maxLength: 6 })
  .map((parts) => parts.join(''))

it('lets lists of words match what the platform matches, and capture the same', () => {
  fc.assert(
    fc.property(
      words,
      text,
      fc.constantFrom('', '.*', '[ax]?'),
      fc.constantFrom('', '.*', 'b?'),
      (list, path, before, behind) => {
        const pattern = patternOf(`/${before}(?:${list.join('|')})%{v}${behind}`)
        const found = compileMatcher(pattern).match(`/${path}`)
        const expected = new RegExp(`^/${before}(?:${list.join('|')})([^/]+)${behind}$`, 'su').exec(
          `/${path}`,
        )
        expect(found.ok ? found.id : null).toBe(expected?.[1] ?? null)
      },
    ),
    propertyRuns(2_000),
  )
})
