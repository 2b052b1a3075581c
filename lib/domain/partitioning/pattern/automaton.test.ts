import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import { type Capture, createAutomaton } from './automaton'
import { createMatchReader } from './match-reader'
import { inferDimensions, readPathPattern } from './path-pattern'
import { createRe2Capture } from './re2-capture.arbitraries'

describe('the automaton', () => {
  it('captures as RE2 does where every place of a path is unlike all others', () => {
    const { capture, re2, slots } = capturesOf('(?:.*/)?b[ab]{14}(?:/|-)%{x}(?:a|ab)*.*')
    const paths = fc
      .array(fc.constantFrom('a', 'b', 'ab', 'ba', 'b/', '-', 'baabbabaabbabab/'), {
        minLength: 20,
        maxLength: 60,
      })
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(paths, (path) => expectSame(capture, re2, path, slots)),
      propertyRuns(1000, 20_000),
    )
  })

  it('captures as RE2 does for any pattern', () => {
    fc.assert(
      fc.property(patternTexts, fc.array(anyPath, { minLength: 1, maxLength: 8 }), (text, paths) => {
        const { capture, re2, slots } = capturesOf(text)
        for (const path of paths) expectSame(capture, re2, path, slots, text)
      }),
      propertyRuns(1500),
    )
  })

  it('captures as RE2 does with counts over several words of places, beside classes that overlap', () => {
    fc.assert(
      fc.property(countedTexts, fc.array(longPath, { minLength: 1, maxLength: 4 }), (text, paths) => {
        const { capture, re2, slots } = capturesOf(text)
        for (const path of paths) expectSame(capture, re2, path, slots, text)
      }),
      propertyRuns(1500, 20_000),
    )
  })

  it('captures as RE2 does with lists of words that overlap', () => {
    fc.assert(
      fc.property(listTexts, fc.array(wordPath, { minLength: 1, maxLength: 6 }), (text, paths) => {
        const { capture, re2, slots } = capturesOf(text)
        for (const path of paths) expectSame(capture, re2, path, slots, text)
      }),
      propertyRuns(1500, 20_000),
    )
  })

  it('reads a rest from an offset on, by whole characters', () => {
    const { capture, slots } = capturesOf('(?:x|.)%{x}(?:/.*)?')
    const offsets = new Int32Array(2 * slots)
    expect(capture('😀😀ab/c', 2, offsets)).toBe(true)
    expect([...offsets.slice(-2)]).toEqual([4, 6])
    expect(capture('😀😀', 2, offsets)).toBe(false)
    expect(capture('', 0, offsets)).toBe(false)
  })

  it.each(['(?:a|b/)*%{x}', '(?:ab|/)*%{x}'])('takes paths far longer than keys are: %s', (text) => {
    const { capture, slots } = capturesOf(text)
    const path = `${'ab/'.repeat(100_000)}z`
    const offsets = new Int32Array(2 * slots)
    expect(capture(path, 0, offsets)).toBe(true)
    expect([...offsets.slice(-2)]).toEqual([300_000, 300_001])
  })

  it('counts further than a word has places', () => {
    const { capture, re2, slots } = capturesOf('(?:[a-f]?[0-9]|-){60,90}.{0,300}/%{x}(?:x|yz){0,400}')
    for (const id of ['a1', '7', '-']) {
      for (const count of [59, 60, 90, 91, 400])
        expectSame(capture, re2, `${id.repeat(count)}/b${'xyz'.repeat(count)}`, slots)
    }
  })
})

function expectSame(capture: Capture, re2: Capture, path: string, slots: number, text = ''): void {
  const [one, other] = [new Int32Array(2 * slots), new Int32Array(2 * slots)]
  const matches = capture(path, 0, one)
  expect(matches, `${text} on ${path}`).toBe(re2(path, 0, other))
  if (matches) expect(one, `${text} on ${path}`).toEqual(other)
}

const atoms = fc.constantFrom(
  ...['a', 'b', 'ab', '/', '[ab]', '.', '[^/]', '[^a]', '\\b', '\\B', '^', '$', '\\p{L}', '(?:)', '\\d'],
)
const quantifiers = fc.constantFrom('*', '+', '?', '*?', '+?', '??', '{2}', '{0,3}', '{1,3}?', '{2,}', '{0}')
const { node: anyNode } = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    atoms,
    fc.tuple(tie('node'), tie('node')).map(([one, other]) => one + other),
    fc.tuple(tie('node'), tie('node')).map(([one, other]) => `(?:${one}|${other})`),
    fc.tuple(tie('node'), quantifiers).map(([node, quantifier]) => `(?:${node})${quantifier}`),
  ),
}))
const patternTexts = fc
  .tuple(anyNode, fc.constantFrom('%{x}', ''), anyNode, fc.constantFrom('%Y', '%{y}', ''), anyNode)
  .map((parts) => parts.join(''))
  .filter((text) => readPathPattern(text).issues.every(({ reason }) => reason === 'pattern-too-large'))
const anyPath = fc
  .array(fc.constantFrom('a', 'b', '/', 'é', '😀', '1', '2026', '-', 'ab', '\ud800'), { maxLength: 14 })
  .map((parts) => parts.join(''))

const countedTexts = fc
  .array(
    fc.oneof(
      fc
        .tuple(
          fc.constantFrom('a', 'b', '[ab]', '.', '[^/]', '[^a]', '(?:a|b)', '(?:a|ba)', '😀'),
          fc.constantFrom(
            ...['*', '+', '{0,2}', '{3}', '{0,3}?', '{0,40}', '{0,40}?', '{2,40}', '{7,}', '{33}', '{62}'],
            ...['{63}', '{64,}', '{5,12}?', '{31,34}', '{32,}?', '{1,100}'],
          ),
        )
        .map(([atom, quantifier]) => atom + quantifier),
      fc.constantFrom('/', 'a', 'b', '[ab]', '(?:a|/)'),
    ),
    { minLength: 1, maxLength: 3 },
  )
  .chain((parts) =>
    fc.tuple(fc.constant(parts.join('')), fc.constantFrom('', '%{x}', '%{x}b?'), fc.constant(parts)),
  )
  .chain(([before, value, parts]) =>
    fc.shuffledSubarray(parts).map((after) => `${before}${value}${after.join('')}`),
  )
/** Lists that are one instruction, shorter ones, and ones that other options part, in front of and behind what is captured. */
const anyWord = fc
  .array(fc.constantFrom('a', 'b', 'A', 'ab', '/', '-', 'é', '😀', '\\x{1F601}'), { maxLength: 4 })
  .map((parts) => parts.join(''))
const anyOption = fc.oneof(
  { weight: 12, arbitrary: anyWord },
  fc.constantFrom('[ab]', 'a*', 'b+?', '%%', '.'),
)
const anyList = fc
  .tuple(
    fc.array(anyOption, { minLength: 1, maxLength: 30 }),
    fc.constantFrom('', '', '', '?', '*', '??', '{2}', '{1,3}'),
  )
  .map(([words, quantifier]) => `(?:${words.join('|')})${quantifier}`)
const listTexts = fc
  .tuple(
    fc.constantFrom('', '.*', '[^/]*'),
    anyList,
    fc.constantFrom('', '%{x}', '%{x}/?'),
    fc.oneof(anyList, fc.constant('')),
    fc.constantFrom('', '.*', '%{y}', '[ab]*?%{y}'),
  )
  .map((parts) => parts.join(''))
const wordPath = fc
  .array(
    fc.constantFrom(
      ...['a', 'b', 'A', 'ab', '/', '-', 'é', '😀', '😁', '%', '\ud83d', '\ude00'],
      'ab/a-'.repeat(7),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''))
const longPath = fc
  .array(fc.constantFrom('a', 'b', 'ab', '/', '😀', 'a'.repeat(7), 'a'.repeat(32), 'ba'.repeat(9), '/b'), {
    maxLength: 14,
  })
  .map((parts) => parts.join(''))

/** Larger patterns than are accepted, too. */
function capturesOf(text: string) {
  const { root } = readPathPattern(text)
  const { slots, slotOf } = createMatchReader({ text, root, dimensions: inferDimensions(root) })
  return {
    capture: createAutomaton(root.nodes, slotOf),
    re2: createRe2Capture(root.nodes, slotOf),
    slots,
  }
}
