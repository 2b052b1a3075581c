import { describe, expect, it, test } from 'vitest'
import { AUDIT_DIMENSIONS, patternOf, timeDimension } from '../partitioning.arbitraries'
import { compileDirectProgram, type DirectProgram } from './direct-program'
import { runDirectProgram, type Subject } from './direct-run'
import { createMatchReader } from './match-reader'
import { compileMatcher } from './matcher'
import { describeMismatch } from './mismatch'
import { compileNativeProgram } from './native-program'
import { createRe2Capture } from './re2-capture.arbitraries'

const DEFAULT = '/%{node_type}/%Y/%M/%D/.*'

describe('the default pattern', () => {
  const { match } = compileMatcher(patternOf(DEFAULT, AUDIT_DIMENSIONS))

  test.each([
    ['/design/2026/11/22/14/a.ndjson.gz', 'design|2026-11-22'],
    ['/design/2026/11/22/', 'design|2026-11-22'],
    ['/design/2028/02/29/line\nend', 'design|2028-02-29'],
    ['/dé😀sign %+/2026/11/22//x', 'dé😀sign %+|2026-11-22'],
    ['/a\\b,c/0000/01/01/x', 'a\\b,c|0000-01-01'],
  ])('%s is in %s', (path, id) => {
    expect(match(path)).toMatchObject({ ok: true, id, values: id.split('|') })
  })

  test.each([
    ['/design/2026/02/30/x', 'impossible-date'],
    ['/design/2026/13/01/x', 'impossible-date'],
    ['/design/2026/00/01/x', 'impossible-date'],
    ['/design/2100/02/29/x', 'impossible-date'],
    ['/a|b/2026/11/22/x', 'value-has-separator %{node_type}'],
    ['/a\tb/2026/11/22/x', 'value-has-control-character %{node_type}'],
    ['/a\x85b/2026/11/22/x', 'value-has-control-character %{node_type}'],
    ['/design/readme.txt', 'no-match %Y'],
    ['/design/2026/11-22/x', 'no-match /'],
    ['/design/2026/11/2/x', 'no-match %D'],
    ['/design/2026/11/22', 'no-match /'],
    ['//2026/11/22/x', 'no-match %{node_type}'],
    ['/design/٢٠٢٦/11/22/x', 'no-match %Y'],
    ['design/2026/11/22/x', 'no-match /'],
    ['', 'no-match /'],
  ])('%j does not match: %s', (path, key) => {
    expect(match(path)).toMatchObject({ ok: false, key })
  })

  it('gives the same object for the same reason, with a sentence', () => {
    const first = match('/design/readme.txt')
    expect(match('/api/notes')).toBe(first)
    expect(first.ok ? '' : describeMismatch(first)).toBe(
      'Does not have a year of four digits where the pattern has %Y.',
    )
  })
})

test.each(['/%{a}/.*', '/%{a}.*/x', '/(?:_|-)*%{a}/.*'])(
  '%s makes no partition of what stands for all',
  (text) => {
    const dimensions = [{ name: 'a', type: 'value' as const }]
    const one = compileMatcher(patternOf(text, dimensions))
    const several = compileMatcher(patternOf(`/%Y${text}`, [...dimensions, timeDimension('YEAR')]))
    for (const value of ['ALL', 'NP']) {
      expect(one.match(`/${value}/x`)).toMatchObject({ ok: false, key: 'value-is-reserved %{a}' })
      expect(several.match(`/2026/${value}/x`)).toMatchObject({ ok: true, id: `${value}|2026` })
    }
    expect(one.match('/ALLES/x')).toMatchObject({ ok: true })
  },
)

describe('a date after .*', () => {
  test.each([
    ['/%{a}/.*%Y/%M.*', '/x/2026/11/2026/10/z', 'x|2026-10'],
    ['/%{a}/.*%Y/%M.*', '/x/2026/11/2026/13/z', 'impossible-date'],
    ['/%{a}/.*%Y/%M.*', '/x/2026/11/2026/00/z', 'impossible-date'],
    ['/%{a}/.*%Y/%M/%D/%H.*', '/x/2026/11/22/24', 'impossible-date'],
    ['/%{a}/.*%Y/%M/%D/%H.*', '/x/2026/11/00/10', 'impossible-date'],
    ['/%{a}/.*%Y/%M/%D/%H.*', '/x/2026/11/30/23', 'x|2026-11-30-23'],
    ['/%{a}/.*%Y/%M/%D/%H.*', '/x/2026/11/31/23', 'impossible-date'],
    ['/%{a}/.*%Y-%M', '/x/2026-11/2026-13', 'impossible-date'],
    ['/%{a}/.*%Y-%M', '/x/2026-11/2026-12', 'x|2026-12'],
  ])('%s on %s: the last one counts, also if it does not exist', (text, path, expected) => {
    const match = compileMatcher(patternOf(text)).match(path)
    expect(match.ok ? match.id : match.key).toBe(expected)
  })
})

describe('a list of names', () => {
  const names = Array.from({ length: 200 }, (_, index) => `host-${index}`)

  it('is accepted with hundreds of them, each of which matches whole', () => {
    const matcher = compileMatcher(patternOf(`/(?:${names.join('|')})/%{node_type}/.*`))
    expect(names.filter((name) => !matcher.match(`/${name}/api/x`).ok)).toEqual([])
    for (const path of ['/host-200/api/x', '/host-/api/x', '/xhost-1/api/x', '/host-1'])
      expect(matcher.match(path).ok, path).toBe(false)
  })

  it('takes the first that lets the rest match', () => {
    const match = (list: string, path: string) => {
      const found = compileMatcher(patternOf(`/(?:${list})%{rest}/.*`)).match(path)
      return found.ok ? found.id : null
    }
    expect(match('a|ab|abc|abcd|b|bc|bcd|x-1|x-2', '/abcd/x')).toBe('bcd')
    expect(match('abcd|abc|ab|a|bcd|bc|x-1|x-2|x-3', '/abcd/x')).toBe('d')
    expect(match('bc|bcd|x-1|x-2|x-3|x-4|x-5|x-6|', '/abcd/x')).toBe('abcd')
  })
})

describe('the way a pattern is matched', () => {
  test.each([
    [DEFAULT, 'direct'],
    ['^/%{node_type}/%Y/%M/%D/.*$', 'direct'],
    ['/%{node_type}/%Y/%M/%D/.*\\.gz', 'direct'],
    ['/%{node_type}/%Y/%M/%D/[0-9]+/x-[a-z]*\\.gz', 'direct'],
    ['/logs-%{node_type}/dt=%Y-%M-%D/.*', 'direct'],
    ['.*/%{node_type}/.*%Y/%M/%D/.*', 'direct'],
    ['/.*/%{node_type}/%Y-%M-%D/.*', 'direct'],
    ['/.*-%{node_type}/%Y-%M-%D/.*', 'automaton'],
    ['/%{node_type}-%Y%M%D.*', 'automaton'],
    ['/%{node_type}/%Y/%M/%D/(?:a|b)/.*', 'automaton'],
    ['/%{node_type}/(?:x/)?%Y/%M/%D/.*', 'automaton'],
    ['/%{node_type}/%Y/%M/%D/(a*)*b', 'automaton'],
    ['/[a-z]*%{node_type}/%Y/%M/%D/.*', 'automaton'],
    ['/%{node_type}/%Y/%M/%D/\\bx.*', 'automaton'],
    ['/%{node_type}/%Y/%M/%D/\\p{Lu}.*x', 'automaton'],
    ['/%{node_type}/%Y/%M/%D/(?:a?b?c?){40}', 'automaton'],
  ])('%s: %s', (text, strategy) => {
    expect(compileMatcher(patternOf(text, AUDIT_DIMENSIONS)).strategy).toBe(strategy)
  })

  test.each([
    [DEFAULT, true],
    ['/%{a}/%Y/[0-9]+/.*\\.gz', true],
    ['/%{a}/.*%Y/%M.*', true],
    ['/[0-9]*[a-z]*-%{a}', true],
    ['/%{a}.*', false],
    ['/%{a}/.*%Y/.*x', false],
    ['/%{a}/.*%Y/.+', false],
    ['/%{a}/.*x.*y.*', false],
    ['/%{a}/.*-[0-9]+', false],
    ['.*/%{a}/.*', false],
  ])('%s is given to the backtracking engine: %s', (text, expected) => {
    const { program, slots } = directProgramOf(text)
    expect(compileNativeProgram(program, slots) !== null).toBe(expected)
  })

  it('looks at each character at most once for each piece of a direct pattern', () => {
    for (const text of [
      '/%{a}/%Y/.*',
      '/%{a}/.*x',
      '/[a-z]+-[0-9]*/.*\\.gz',
      '.*/%{a}/.*-[0-9]+\\.x.*%Y.*',
      '.*ab.*ab.*ab.*',
    ]) {
      for (const path of hostilePaths(4000)) {
        const { program, slots } = directProgramOf(text)
        const counter = countLooks(path)
        runDirectProgram(program, counter, { offsets: new Int32Array(2 * slots), headEnd: 0 })
        expect(counter.looks).toBeLessThanOrEqual((path.length + 1) * text.length)
      }
    }
  })

  it('looks twice as often at a path twice as long', () => {
    const { program, slots } = directProgramOf('.*/%{a}/.*-[0-9]+\\.x.*%Y.*')
    const looksAt = (path: string) => {
      const counter = countLooks(path)
      runDirectProgram(program, counter, { offsets: new Int32Array(2 * slots), headEnd: 0 })
      return counter.looks
    }
    const short = hostilePaths(2000)
    for (const [index, path] of hostilePaths(4000).entries()) {
      expect(looksAt(path)).toBeLessThanOrEqual(2.1 * looksAt(short[index] ?? '') + 50)
    }
  })
})

describe('an automaton', () => {
  /** Ids in paths: hexadecimal digits that come in no order. */
  const pathsOfIds = (count: number): string[] => {
    let state = 42
    const digit = () => {
      state = (state * 48_271) % 2_147_483_647
      return (state % 16).toString(16)
    }
    const id = (length: number) => Array.from({ length }, digit).join('')
    return Array.from(
      { length: count },
      () => `/design/2026/11/22/${id(8)}-${id(4)}-${id(12)}/${id(20)}/x/b.gz`,
    )
  }

  it('finds the same as RE2 where hardly a place is like another', () => {
    const pattern = patternOf('/design/%Y/%M/%D/.*[0-9].{15}[a-f].*/%{x}/.*')
    const { match } = compileMatcher(pattern)
    const { slots, slotOf } = createMatchReader(pattern)
    const re2 = createRe2Capture(pattern.root.nodes, slotOf)
    const wrong = pathsOfIds(300).filter((path) => match(path).ok !== re2(path, 0, new Int32Array(2 * slots)))
    expect(wrong).toEqual([])
  })
})

function directProgramOf(text: string): { program: DirectProgram; slots: number } {
  const pattern = patternOf(text)
  const reader = createMatchReader(pattern)
  const program = compileDirectProgram(pattern.root.nodes, reader.slotOf)
  if (program === null) throw new Error(`${text} is not direct`)
  return { program, slots: reader.slots }
}

function countLooks(path: string): Subject & { looks: number } {
  return {
    looks: 0,
    length: path.length,
    charCodeAt(index) {
      this.looks++
      return path.charCodeAt(index)
    },
  }
}

function hostilePaths(length: number): string[] {
  return ['a', '/', '0', '-0', 'a/', '/a/0-', 'ab', '-00000000.', '/aaaaaaaa', 'x.gz'].map((unit) =>
    unit.repeat(length / unit.length),
  )
}
