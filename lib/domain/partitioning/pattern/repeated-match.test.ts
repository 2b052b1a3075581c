import { describe, expect, it } from 'vitest'
import { patternOf } from '../partitioning.arbitraries'
import { compileDirectProgram } from './direct-program'
import { createMatchReader, type PathMatch } from './match-reader'
import { compileMatcher } from './matcher'
import { createRepeatedMatch } from './repeated-match'

const MATCH: PathMatch = { ok: true, id: 'a', values: ['a'] }

describe('the memory of the last match', () => {
  it('knows a neighbour, and nobody else', () => {
    const repeated = memoryOf('/%{a}/%Y/.*')
    expect(repeated.recall('/a/2026/x')).toBeNull()
    repeated.keep('/a/2026/x', 8, MATCH)
    expect(repeated.recall('/a/2026/y')).toBe(MATCH)
    expect(repeated.recall('/b/2026/x')).toBeNull()
    expect(repeated.recall('/a/2027/x')).toBeNull()
    expect(repeated.recall('/a/2026')).toBeNull()
  })

  it('sleeps while all are strangers, longer each time, and wakes for neighbours', () => {
    const repeated = memoryOf('/%{a}/%Y/.*')
    let asked = 0
    const meet = (path: string) => {
      if (repeated.recall(path) !== null) return
      if (!repeated.isAwake()) return
      asked++
      repeated.keep(path, path.lastIndexOf('/') + 1, MATCH)
    }
    for (let index = 0; index < 1_000; index++) meet(`/v${index}/2026/x`)
    expect(asked).toBeLessThan(25)
    for (let index = 0; index < 1_000; index++) meet('/same/2026/x')
    expect(repeated.recall('/same/2026/y')).toBe(MATCH)
    meet('/other/2026/x')
    expect(repeated.recall('/other/2026/y')).toBe(MATCH)
  })

  it('changes no answer, whatever the order', () => {
    const { match } = compileMatcher(patternOf('/%{a}/%Y/.*'))
    const wrong = Array.from({ length: 20_000 }, (_, index) => {
      const [value, year] = [`v${(index * 7919) % 13}`, 2000 + (index < 10_000 ? index % 20 : index >> 10)]
      const found = match(`/${value}/${year}/x`)
      return found.ok && found.id === `${value}|${year}` ? [] : [`/${value}/${year}/x`]
    })
    expect(wrong.flat()).toEqual([])
  })
})

function memoryOf(text: string) {
  const pattern = patternOf(text)
  const program = compileDirectProgram(pattern.root.nodes, createMatchReader(pattern).slotOf)
  const repeated = program && createRepeatedMatch(program)
  if (repeated === null) throw new Error(`${text} has no memory`)
  return repeated
}
