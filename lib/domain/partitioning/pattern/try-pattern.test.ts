import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import { AUDIT_DIMENSIONS, patternLikeText, patternOf } from '../partitioning.arbitraries'
import { readPathPattern } from './path-pattern'
import { findDifference, tryPattern } from './try-pattern'

const AUDIT = '/%{node_type}/%Y/%M/%D/.*'

describe('a pattern tried on examples', () => {
  it('counts what matches, and groups the rest by reason', () => {
    const paths = ['/api/2026/11/22/a', '/api/2026/11/23/a', '/api/readme', '/README', '/api/2026/02/30/a']
    const trial = tryPattern(patternOf(AUDIT, AUDIT_DIMENSIONS), paths)
    expect([trial.matched, trial.unmatched]).toEqual([2, 3])
    expect(trial.unmatchedGroups.map(({ key, examples }) => [key, examples])).toEqual([
      ['impossible-date', ['/api/2026/02/30/a']],
      ['no-match %Y', ['/api/readme']],
      ['no-match /', ['/README']],
    ])
  })

  it('points at the first place that differs', () => {
    const reading = readPathPattern(AUDIT, AUDIT_DIMENSIONS)
    const at = (path: string) => {
      const span = findDifference(reading, path)
      return span && path.slice(span.start, span.end)
    }
    expect(at('/api/readme/x')).toBe('readme')
    expect(at('/api/2026/1122/x')).toBe('22')
    expect(at('/README')).toBe('README')
    expect(at('/api/2026/02/30/a')).toBe('2026/02/30')
    expect(at('/a|b/2026/11/22/a')).toBe('a|b')
  })

  it('points within the path, or nowhere', () => {
    fc.assert(
      fc.property(patternLikeText, fc.string({ maxLength: 30 }), (text, path) => {
        const span = findDifference(readPathPattern(text), path)
        if (span === null) return
        expect(span.start).toBeGreaterThanOrEqual(0)
        expect(span.start).toBeLessThan(span.end)
        expect(span.end).toBeLessThanOrEqual(path.length)
      }),
      propertyRuns(300, 20_000),
    )
  })
})
