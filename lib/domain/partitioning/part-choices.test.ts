import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import { describeAnatomy } from './anatomy'
import type { Dimension } from './dimensions'
import { listPartChoices } from './part-choices'
import { patternLikeText, timeDimension } from './partitioning.arbitraries'
import { compileMatcher } from './pattern/matcher'
import { readPathPattern } from './pattern/path-pattern'
import { laidOutPaths } from './suggest/suggest-layouts.arbitraries'

const NODE: Dimension = { name: 'node_type', type: 'value' }
const DATE = timeDimension('DAY')
const PATH = '/design/2026/11/22/14/a.ndjson.gz'

function choicesOf(pattern: string, dimensions: Dimension[], part: string, path: string) {
  const reading = readPathPattern(pattern, dimensions)
  const anatomy = describeAnatomy(reading, path, dimensions)
  return listPartChoices({ reading, anatomy, dimensions }, path.indexOf(part))
}

describe('the choices for a part of the example', () => {
  test.each<[string, Dimension[], string, [label: string, pattern: string][], string?]>([
    [
      '/%{node_type}/.*',
      [NODE],
      '2026',
      [
        ['Date, by day', '/%{node_type}/%Y/%M/%D/.*'],
        ['Discrete dimension', '/%{node_type}/%{dimension}/.*'],
      ],
    ],
    ['/.*', [], 'design', [['Dimension node_type', '/%{node_type}/.*']]],
    [
      '/%{node_type}/%Y/%M/%D/.*',
      [NODE, DATE],
      '14',
      [
        ['Part of the date, by hour', '/%{node_type}/%Y/%M/%D/%H/.*'],
        ['Discrete dimension', '/%{node_type}/%Y/%M/%D/%{dimension}/.*'],
      ],
    ],
    [
      '/%{node_type}/%Y/%M/%D/.*',
      [NODE, DATE],
      'design',
      [
        ['No dimension: any name', '/[^/]+/%Y/%M/%D/.*'],
        ['No dimension: always design', '/design/%Y/%M/%D/.*'],
      ],
    ],
    [
      '/%{node_type}/%Y/%M/%D/.*',
      [NODE, DATE],
      '2026',
      [
        ['No date: any digits', '/%{node_type}/[0-9]{4}/[0-9]{2}/[0-9]{2}/.*'],
        ['No dimension: always 2026/11/22', '/%{node_type}/2026/11/22/.*'],
      ],
    ],
    [
      '/design/%Y/%M/%D/.*',
      [DATE],
      'design',
      [
        ['Dimension node_type', '/%{node_type}/%Y/%M/%D/.*'],
        ['Any name here', '/[^/]+/%Y/%M/%D/.*'],
      ],
    ],
    [
      '/.*',
      [],
      '2026',
      [
        ['Date, by day', '/[^/]+/[^/]*-%Y-%M-%D.*'],
        ['Discrete dimension', '/[^/]+/[^/-]*-%{dimension}\\.[^/.]*\\.[^/.]*'],
      ],
      '/logs/app-2026-11-22.log.gz',
    ],
    [
      '/.*',
      [],
      'app',
      [['Discrete dimension', '/[^/]+/%{dimension}-[^/-]*-[^/-]*-[^/-]*']],
      '/logs/app-2026-11-22.log.gz',
    ],
    ['/.*', [], 'eu', [['Dimension region', '/region=%{region}/.*']], '/region=eu/dt=2026-11-22/a.gz'],
    [
      '/region=%{region}/.*',
      [{ name: 'region', type: 'value' }],
      '2026',
      [
        ['Date, by day', '/region=%{region}/dt=%Y-%M-%D/.*'],
        ['Dimension dt', '/region=%{region}/dt=%{dt}/.*'],
      ],
      '/region=eu/dt=2026-11-22/a.gz',
    ],
    [
      '/.*',
      [],
      '2026',
      [
        ['Date, by day', '/year=%Y/month=%M/day=%D/.*'],
        ['Dimension year', '/year=%{year}/.*'],
      ],
      '/year=2026/month=11/day=22/a',
    ],
  ])('%s, %j: %s', (pattern, dimensions, part, expected, path) => {
    const choices = choicesOf(pattern, dimensions, part, path ?? PATH)
    expect(choices.map(({ label, change }) => [label, change.filePathPattern])).toEqual(expected)
    for (const { change } of choices) {
      if (change.dimensions.length === 0) continue
      const reading = readPathPattern(change.filePathPattern, change.dimensions as Dimension[])
      expect(reading.issues).toEqual([])
      expect(reading.pattern && compileMatcher(reading.pattern).match(path ?? PATH).ok).toBe(true)
    }
  })

  it('end a value inside of a name where the part does, and leave the date beside it to be chosen', () => {
    const path = '/names/batch_20261128T0000Z_196.log'
    const [value] = choicesOf('/.*', [], 'batch', path)
    const change = value?.change ?? { filePathPattern: '', dimensions: [] }
    const dimensions = change.dimensions as Dimension[]
    const { pattern } = readPathPattern(change.filePathPattern, dimensions)
    expect(pattern && compileMatcher(pattern).match(path)).toMatchObject({ ok: true, id: 'batch' })
    const [dated] = choicesOf(change.filePathPattern, dimensions, '20261128', path)
    expect(dated?.change.filePathPattern).toBe('/[^/]+/%{dimension}_%Y%M%D[^/]*_[^/_]*')
  })

  it('keep an example matching, whatever part of it is chosen, and turned back', () => {
    fc.assert(
      fc.property(laidOutPaths, fc.array(fc.nat(), { maxLength: 4 }), ({ files }, picks) => {
        const path = files[0]?.path ?? ''
        let dimensions: Dimension[] = []
        let pattern = '/.*'
        for (const pick of picks) {
          const reading = readPathPattern(pattern, dimensions)
          const anatomy = describeAnatomy(reading, path, dimensions)
          const parts = anatomy.groups.flatMap(({ segments }) => segments.flatMap((one) => one.parts))
          const part = parts[pick % parts.length]
          const choices = listPartChoices({ reading, anatomy, dimensions }, part?.start ?? 0)
          const choice = choices[pick % Math.max(1, choices.length)]
          if (choice === undefined) continue
          pattern = choice.change.filePathPattern
          dimensions = choice.change.dimensions as Dimension[]
          const next = readPathPattern(pattern, dimensions)
          expect(next.issues).toEqual([])
          expect(next.pattern && compileMatcher(next.pattern).match(path).ok, `${pattern} ${path}`).toBe(true)
        }
      }),
      propertyRuns(300, 20_000),
    )
  })

  it('never throw', () => {
    fc.assert(
      fc.property(patternLikeText, fc.string({ maxLength: 30 }), (text, path) => {
        const reading = readPathPattern(text)
        const anatomy = describeAnatomy(reading, path)
        for (const { segments } of anatomy.groups)
          for (const { parts } of segments)
            for (const { start } of parts) listPartChoices({ reading, anatomy, dimensions: [] }, start)
      }),
      propertyRuns(300, 20_000),
    )
  })
})
