import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import { patternOf } from '../partitioning.arbitraries'
import { createAutomaton } from './automaton'
import { createMatchReader } from './match-reader'
import { parsePathPattern } from './path-pattern'
import { createRe2Capture } from './re2-capture'

const HOW = ['by states', 'by bits'] as const

describe('the automaton', () => {
  test.each(HOW)('%s, captures as RE2 does where every path leads to sets of its own', (how) => {
    const { captures, re2, slots } = capturesOf('(?:.*/)?b[ab]{14}(?:/|-)%{x}(?:a|ab)*.*')
    const paths = fc
      .array(fc.constantFrom('a', 'b', 'ab', 'ba', 'b/', '-', 'baabbabaabbabab/'), {
        minLength: 20,
        maxLength: 60,
      })
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(paths, (path) => {
        const [one, other] = [new Int32Array(2 * slots), new Int32Array(2 * slots)]
        const matches = captures[how](path, 0, one)
        expect(matches).toBe(re2(path, 0, other))
        if (matches) expect(one).toEqual(other)
      }),
      propertyRuns(1000, 20_000),
    )
  })

  test.each(HOW)('%s, captures as RE2 does for any pattern', (how) => {
    fc.assert(
      fc.property(patternTexts, fc.array(anyPath, { minLength: 1, maxLength: 8 }), (text, paths) => {
        const { captures, re2, slots } = capturesOf(text)
        for (const path of paths) {
          const [one, other] = [new Int32Array(2 * slots), new Int32Array(2 * slots)]
          const matches = captures[how](path, 0, one)
          expect(matches, `${text} on ${path}`).toBe(re2(path, 0, other))
          if (matches) expect(one, `${text} on ${path}`).toEqual(other)
        }
      }),
      propertyRuns(1500),
    )
  })

  test.each(HOW)('%s, reads a rest from an offset on, by whole characters', (how) => {
    const { captures, slots } = capturesOf('(?:x|.)%{x}(?:/.*)?')
    const offsets = new Int32Array(2 * slots)
    expect(captures[how]('😀😀ab/c', 2, offsets)).toBe(true)
    expect([...offsets.slice(-2)]).toEqual([4, 6])
    expect(captures[how]('😀😀', 2, offsets)).toBe(false)
    expect(captures[how]('', 0, offsets)).toBe(false)
  })

  test.each(HOW)('%s, takes paths far longer than keys are', (how) => {
    const { captures, slots } = capturesOf('(?:a|b/)*%{x}')
    const path = `${'ab/'.repeat(100_000)}z`
    const offsets = new Int32Array(2 * slots)
    expect(captures[how](path, 0, offsets)).toBe(true)
    expect([...offsets.slice(-2)]).toEqual([300_000, 300_001])
  })

  test.each(HOW)('%s, counts over more positions than fit into a word', (how) => {
    const { captures, re2, slots } = capturesOf('(?:[a-f]?[0-9]|-){60,90}.{0,300}/%{x}(?:x|yz){0,400}')
    for (const id of ['a1', '7', '-']) {
      for (const count of [59, 60, 90, 91, 400]) {
        const path = `${id.repeat(count)}/b${'xyz'.repeat(count)}`
        const [one, other] = [new Int32Array(2 * slots), new Int32Array(2 * slots)]
        expect(captures[how](path, 0, one)).toBe(re2(path, 0, other))
        expect(one).toEqual(other)
      }
    }
  })

  it('is not made where hundreds of optional parts follow one another', () => {
    const pattern = patternOf('(?:a?b?c?){400}')
    expect(createAutomaton(pattern.root.nodes, createMatchReader(pattern).slotOf)).toBeNull()
  })
})

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
  .filter((text) => parsePathPattern(text).ok)
const anyPath = fc
  .array(fc.constantFrom('a', 'b', '/', 'é', '😀', '1', '2026', '-', 'ab', '\ud800'), { maxLength: 14 })
  .map((parts) => parts.join(''))

function capturesOf(text: string) {
  const pattern = patternOf(text)
  const { slots, slotOf } = createMatchReader(pattern)
  const byStates = createAutomaton(pattern.root.nodes, slotOf)
  const byBits = createAutomaton(pattern.root.nodes, slotOf, false)
  if (byStates === null || byBits === null) throw new Error(`${text} is left to RE2`)
  const re2 = createRe2Capture(pattern.root.nodes, slotOf)
  return { captures: { 'by states': byStates, 'by bits': byBits }, re2, slots }
}
