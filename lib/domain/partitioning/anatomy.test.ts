import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import { describeAnatomy } from './anatomy'
import { AUDIT_DIMENSIONS, patternLikeText } from './partitioning.arbitraries'
import { readPathPattern } from './pattern/path-pattern'

function anatomyOf(text: string, path: string) {
  const { groups, stoppedAt } = describeAnatomy(
    readPathPattern(text, AUDIT_DIMENSIONS),
    path,
    AUDIT_DIMENSIONS,
  )
  return { groups: groups.map(({ kind, text: shown, label }) => [kind, shown, label]), stoppedAt }
}

describe('the anatomy of an example path', () => {
  it('shows which part belongs to which dimension', () => {
    expect(anatomyOf('/%{node_type}/%Y/%M/%D/.*', '/design/2026/11/22/14/a.ndjson.gz')).toEqual({
      groups: [
        ['separator', '/', ''],
        ['value', 'design', 'node_type'],
        ['separator', '/', ''],
        ['time', '2026/11/22', 'date, by day'],
        ['separator', '/', ''],
        ['rest', '14/a.ndjson.gz', 'any files below'],
      ],
      stoppedAt: null,
    })
  })

  it('splits groups into their folders', () => {
    const { groups } = describeAnatomy(
      readPathPattern('/logs-%{node_type}/%Y/%M/%D/.*', AUDIT_DIMENSIONS),
      '/logs-api/2026/11/22/a',
    )
    expect(groups.map(({ segments }) => segments.map(({ text }) => text))).toEqual([
      [],
      ['logs-'],
      ['api'],
      [],
      ['2026', '11', '22'],
      [],
      ['a'],
    ])
  })

  it('says where a wrong pattern stops, and why', () => {
    expect(anatomyOf('/%{node_type}/%Y/%D/.*', '/design/2026/11/22/a')).toEqual({
      groups: [
        ['separator', '/', ''],
        ['value', 'design', 'node_type'],
        ['separator', '/', ''],
        ['time', '2026', 'date, by day'],
        [
          'unreached',
          '/11/22/a',
          'not reached: %M is missing. Period Day needs %Y, %M and %D; after %Y, at character 17, comes %D.',
        ],
      ],
      stoppedAt: 12,
    })
  })

  it('says where a path stops fitting', () => {
    const { groups, stoppedAt } = anatomyOf('/%{node_type}/%Y/%M/%D/.*', '/design/readme.txt')
    expect(groups.at(-1)).toEqual(['unreached', 'readme.txt', 'not reached: the pattern has %Y here'])
    expect(stoppedAt).toBe(8)
  })

  it.each([
    ['/%{node_type}/%Y/%M/%D/.*', '/design/2026/11/22/14/a'],
    ['/x[^/]*-%Y-%M-%D.*(\\.gz)?', '/x1-2026-11-22'],
    ['/%%/%Y/%M.*', '/%/2026/11'],
  ])('says what the pattern %s has for each group', (text, path) => {
    const { groups, stoppedAt } = describeAnatomy(readPathPattern(text), path)
    expect([groups.map(({ source }) => source).join(''), stoppedAt]).toEqual([text, null])
  })

  it('splits names into words, keys and dates', () => {
    const { groups } = describeAnatomy(readPathPattern('/.*'), '/eu-west-1/region=eu/app-2026-11-22.log')
    expect(groups.at(-1)?.segments.map(({ parts }) => parts.map(({ text }) => text))).toEqual([
      ['eu-west-1'],
      ['region=', 'eu'],
      ['app', '-', '2026-11-22', '.', 'log'],
    ])
  })

  it.each([
    ['/batch_20261128T0000Z_196.log', ['batch', '_', '20261128', 'T', '0000Z', '_', '196', '.', 'log']],
    ['/app-202611281145.log', ['app', '-', '20261128', '1145', '.', 'log']],
    ['/app-20261128T14.log', ['app', '-', '20261128T14', '.', 'log']],
    ['/app-2026-11-28.log', ['app', '-', '2026-11-28', '.', 'log']],
  ])('cuts %s between date and time', (path, parts) => {
    const [group] = describeAnatomy(readPathPattern('/.*'), path).groups.slice(-1)
    expect(group?.segments[0]?.parts.map(({ text }) => text)).toEqual(parts)
  })

  it('covers any path without gaps, for any pattern', () => {
    fc.assert(
      fc.property(patternLikeText, fc.string({ maxLength: 30 }), (text, path) => {
        const { groups } = describeAnatomy(readPathPattern(text), path)
        expect(groups.map((group) => group.text).join('')).toBe(path)
      }),
      propertyRuns(300, 20_000),
    )
  })
})
