import { RE2JS } from 're2js'
import { describe, expect, test } from 'vitest'
import type { SetNode } from './pattern-nodes'
import { rangesOfSet } from './unicode-ranges'

const CLASSES =
  'L Lu Lt M Nd P Pc S Zs C Cf Co Latin Greek Cyrillic Han Hiragana Katakana Hangul Arabic Hebrew Thai Devanagari'

describe('characters by Unicode property', () => {
  test.each([...CLASSES.split(' ').map((name) => `\\p{${name}}`), '\\pN', '\\PL', '\\P{^Lu}', '\\p{^Greek}'])(
    '%s holds what it holds for RE2',
    (source) => {
      const ranges = rangesOfSet(setOf([source], false))
      const expression = RE2JS.compile(source)
      expect(ranges.length).toBeGreaterThan(0)
      const wrong = ranges.flatMap(([from, to]) =>
        [from - 1, from, to, to + 1].filter(
          (codePoint) =>
            isCharacter(codePoint) &&
            expression.testExact(String.fromCodePoint(codePoint)) !==
              (codePoint === from || codePoint === to),
        ),
      )
      expect(wrong).toEqual([])
    },
  )

  test('a class without what its members hold', () => {
    const ranges = rangesOfSet({ ...setOf(['\\p{L}', '\\p{N}'], true), ranges: [[0x2d, 0x2d]] })
    const takes = (character: string) => {
      const codePoint = character.codePointAt(0) ?? 0
      return ranges.some(([from, to]) => codePoint >= from && codePoint <= to)
    }
    expect([...'aé7-/ 😀漢'].filter(takes)).toEqual(['/', ' ', '😀'])
  })
})

/** A code point that a string holds as one character: alone, half a pair is what each engine makes of it. */
function isCharacter(codePoint: number): boolean {
  return codePoint >= 0 && codePoint <= 0x10ffff && (codePoint < 0xd800 || codePoint > 0xdfff)
}

function setOf(unicodeClasses: string[], negated: boolean): SetNode {
  return { kind: 'set', ranges: [], unicodeClasses, negated, start: 0, end: 0 }
}
