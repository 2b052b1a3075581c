import fc from 'fast-check'
import { expect, test } from 'vitest'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import { folderValue, patternOf } from '../partitioning.arbitraries'
import { readPathPattern } from '../pattern/path-pattern'
import { tryPattern } from '../pattern/try-pattern'
import { LAYOUT_SAMPLES } from './samples/all-layouts'
import type { LayoutSample } from './samples/layout-sample'
import { suggestPartitioning } from './suggest'
import { tellUnreadDates } from './unread-dates'

const anyPath = fc.array(folderValue, { maxLength: 5 }).map((names) => `/${names.join('/')}`)

interface Judged {
  kind: string
  wrong: string[]
}

function judge({ kind, paths, first, matched = paths.length, behind = [] }: LayoutSample): Judged {
  const found = suggestPartitioning(paths)
  const [best] = found
  const rest = found.slice(1).map(({ filePathPattern }) => filePathPattern)
  const wrong = [
    ...((best?.filePathPattern ?? null) === first
      ? []
      : [`expected ${first}`, `found    ${best?.filePathPattern ?? null}`]),
    ...(first === null || best === undefined || best.matched === matched
      ? []
      : [`matches ${best.matched} of ${best.total}, not ${matched}`]),
    ...behind
      .filter((pattern) => !rest.includes(pattern))
      .map((pattern) => `does not offer ${pattern} behind it; ${rest.join('  ')}`),
  ]
  return { kind, wrong }
}

test('suggests what the layouts that are met are partitioned by', () => {
  const judged = LAYOUT_SAMPLES.map(judge)
  const missed = judged.filter(({ wrong }) => wrong.length > 0)
  const table = missed.map(({ kind, wrong }) => [kind, ...wrong].join('\n    '))
  expect(judged.length).toBeGreaterThanOrEqual(60)
  expect(new Set(judged.map(({ kind }) => kind)).size).toBe(judged.length)
  expect(
    missed.length,
    ['', ...table, `${judged.length - missed.length} of ${judged.length} right`].join('\n'),
  ).toBe(0)
})

test('counts in every suggestion the paths that its pattern matches, and leaves no other out', () => {
  const samples = fc.array(fc.constantFrom(...LAYOUT_SAMPLES), { minLength: 1, maxLength: 3 })
  const seeds = fc.tuple(samples, fc.integer({ min: 1, max: 5 }), fc.array(anyPath, { maxLength: 3 }))
  fc.assert(
    fc.property(seeds, ([chosen, step, others]) => {
      const known = chosen.flatMap(({ paths }) => paths.filter((_, at) => at % step === 0))
      const paths = [...known, ...others]
      for (const suggestion of suggestPartitioning(paths)) {
        const pattern = patternOf(suggestion.filePathPattern, suggestion.dimensions)
        const { matched, unmatched, unmatchedGroups } = tryPattern(pattern, paths)
        expect([matched, matched + unmatched]).toEqual([suggestion.matched, suggestion.total])
        expect(unmatchedGroups.reduce((sum, { files }) => sum + files, 0)).toBe(unmatched)
        expect(suggestion.total).toBe(paths.length)
        expect(matched).toBeGreaterThan(0)
      }
    }),
    propertyRuns(150, 5_000),
  )
})

test('looks at a sample of very many paths, and tells how large it is', () => {
  const [first] = LAYOUT_SAMPLES
  const paths = Array.from({ length: 100_000 }, (_, at) => first?.paths[at % first.paths.length] ?? '')
  const [best] = suggestPartitioning(paths)
  expect([best?.filePathPattern, best?.matched, best?.total]).toEqual([first?.first, 2_000, 2_000])
})

test('is not held up by paths of a thousand segments, nor by very long names', () => {
  const deep = ['2026', '11', '2026-11-22', 'a=b', '20261122'].map((name) => `/${`${name}/`.repeat(1_000)}f`)
  const long = ['1', '-2026', '2026-', '01-09-2026-'].map((name) => `/${name.repeat(20_000)}`)
  const startedAt = performance.now()
  for (const { filePathPattern, dimensions } of suggestPartitioning([...deep, ...long]))
    expect(readPathPattern(filePathPattern, dimensions).issues).toEqual([])
  expect(tellUnreadDates([...deep, ...long])).toBeNull()
  expect(performance.now() - startedAt).toBeLessThan(2_000)
})
