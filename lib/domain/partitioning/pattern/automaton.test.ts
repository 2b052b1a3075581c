import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import { patternOf } from '../partitioning.arbitraries'
import { createAutomaton } from './automaton'
import { createMatchReader } from './match-reader'
import { createRe2Capture } from './re2-capture'

describe('the automaton', () => {
  it('captures as RE2 does where every path leads to states of its own, and forgets them in time', () => {
    const { automaton, re2, slots } = capturesOf('(?:.*/)?b[ab]{14}(?:/|-)%{x}(?:a|ab)*.*')
    const paths = fc
      .array(fc.constantFrom('a', 'b', 'ab', 'ba', 'b/', '-', 'baabbabaabbabab/'), {
        minLength: 20,
        maxLength: 60,
      })
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(paths, (path) => {
        const [one, other] = [new Int32Array(2 * slots), new Int32Array(2 * slots)]
        const matches = automaton(path, 0, one)
        expect(matches).toBe(re2(path, 0, other))
        if (matches) expect(one).toEqual(other)
      }),
      propertyRuns(1000, 20_000),
    )
  })

  it('reads a rest from an offset on, by whole characters', () => {
    const { automaton, slots } = capturesOf('(?:x|.)%{x}(?:/.*)?')
    const offsets = new Int32Array(2 * slots)
    expect(automaton('😀😀ab/c', 2, offsets)).toBe(true)
    expect([...offsets.slice(-2)]).toEqual([4, 6])
    expect(automaton('😀😀', 2, offsets)).toBe(false)
    expect(automaton('', 0, offsets)).toBe(false)
  })

  it('takes paths far longer than keys are', () => {
    const { automaton, slots } = capturesOf('(?:a|b/)*%{x}')
    const path = `${'ab/'.repeat(100_000)}z`
    const offsets = new Int32Array(2 * slots)
    expect(automaton(path, 0, offsets)).toBe(true)
    expect([...offsets.slice(-2)]).toEqual([300_000, 300_001])
  })
})

function capturesOf(text: string) {
  const pattern = patternOf(text)
  const { slots, slotOf } = createMatchReader(pattern)
  const automaton = createAutomaton(pattern.root.nodes, slotOf)
  if (automaton === null) throw new Error(`${text} is left to RE2`)
  return { automaton, re2: createRe2Capture(pattern.root.nodes, slotOf), slots }
}
