import { describe, expect, it, test } from 'vitest'
import { patternOf } from '../partitioning.arbitraries'
import { compileDirectProgram } from './direct-program'
import { createMatchReader } from './match-reader'
import { compileMatcher } from './matcher'
import { compileNativeProgram } from './native-program'

describe('a date that stands in one piece', () => {
  test.each([
    ['/%{a}/%Y/%M/%D/.*', true],
    ['/%{a}/.*dt=%D\\.%M\\.%Y/.*', true],
    ['/%{a}/.*%Y-%M\\.gz', true],
    ['/%Y/%{a}/%M/.*', false],
    ['/%Y/%{a}/.*%M/.*', false],
    ['/%Y[0-9]%M/.*', false],
    ['/%{a}/.*', false],
  ])('%s is read as one text: %s', (text, expected) => {
    const pattern = patternOf(text)
    const { slots, slotOf } = createMatchReader(pattern)
    const program = compileDirectProgram(pattern.root.nodes, slotOf)
    const native = program && compileNativeProgram(program, slots)
    expect(native).not.toBeNull()
    expect(native?.date != null).toBe(expected)
  })

  test.each([
    ['/%{a}/%Y/%M/%D/.*', '/x/2026/02/28/y', 'x|2026-02-28'],
    ['/%{a}/%Y/%M/%D/.*', '/x/2024/02/29/', 'x|2024-02-29'],
    ['/%{a}/.*dt=%D\\.%M\\.%Y/.*', '/x/dt=1/dt=22.11.2026/y', 'x|2026-11-22'],
    ['/%{a}/.*%H-%D-%M-%Y.*', '/x/00-01-01-2026', 'x|2026-01-01-00'],
    ['/%Y/%{a}/%M/.*', '/2026/x/11/y', 'x|2026-11'],
    ['/%{a}/.*%Y-%M\\.gz', '/x/y/2026-11.gz', 'x|2026-11'],
  ])('%s finds in %s %s', (text, path, id) => {
    const { match } = compileMatcher(patternOf(text))
    // The second time the date is known.
    expect([match(path), match(path)].map((found) => found.ok && found.id)).toEqual([id, id])
  })

  test.each([
    ['/%{a}/%Y/%M/%D/.*', '/x/2026/02/29/y'],
    ['/%{a}/%Y/%M/%D/.*', '/x/2026/13/01/y'],
    ['/%{a}/%Y/%M/%D/.*', '/x/0000/00/00/y'],
    ['/%{a}/.*%Y/%M/%D/%H/.*', '/x/2026/01/01/24/y'],
    ['/%Y/%{a}/%M/.*', '/2026/x/00/y'],
  ])('%s finds that the date of %s does not exist', (text, path) => {
    const { match } = compileMatcher(patternOf(text))
    expect([match(path), match(path)]).toMatchObject([
      { ok: false, reason: 'impossible-date' },
      { ok: false, reason: 'impossible-date' },
    ])
  })

  it('is read anew when more dates were met than are kept', () => {
    const { match } = compileMatcher(patternOf('/%{a}/%Y/%M/%D/.*'))
    for (let day = 0; day < 9_000; day++) {
      const date = new Date(Date.UTC(2000, 0, 1 + day)).toISOString().slice(0, 10)
      const found = match(`/x/${date.replaceAll('-', '/')}/y`)
      expect(found.ok && found.id).toBe(`x|${date}`)
    }
  })
})
