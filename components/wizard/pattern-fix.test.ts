import { describe, expect, it, test } from 'vitest'
import type { Dimension } from '#lib/domain/partitioning/dimensions'
import { readPathPattern } from '#lib/domain/partitioning/pattern/path-pattern'
import { tryPattern } from '#lib/domain/partitioning/pattern/try-pattern'
import { findSwap, fixPattern } from './pattern-fix'

const BY_DAY: Dimension[] = [{ name: 'date', type: 'time', params: { period: 'DAY' } }]
const days = Array.from({ length: 28 }, (_, at) => `/logs/2026-11-${String(at + 1).padStart(2, '0')}/a.gz`)

const swapOf = (pattern: string, paths: readonly string[]) => {
  const reading = readPathPattern(pattern, BY_DAY)
  const { matched } = reading.pattern ? tryPattern(reading.pattern, paths) : { matched: 0 }
  return findSwap(pattern, BY_DAY, paths, matched)
}

describe('days and months exchanged', () => {
  it('are found where more match so', () => {
    expect(swapOf('/logs/%Y-%D-%M/.*', days)).toEqual({
      label: 'Swap %D and %M',
      pattern: '/logs/%Y-%M-%D/.*',
      matched: 28,
    })
  })

  test.each([
    ['/logs/%Y-%M-%D/.*', days],
    ['/logs/%Y-%D-%M/.*', days.slice(0, 12)],
    ['/other/%Y-%D-%M/.*', days],
    ['/logs/%Y-%D/.*', days],
  ])('are not offered for %s', (pattern, paths) => {
    expect(swapOf(pattern, paths)).toBeNull()
  })

  it('leave percent signs alone', () => {
    const paths = days.map((path) => path.replace('/logs', '/%D'))
    expect(swapOf('/%%D/%Y-%D-%M/.*', paths)?.pattern).toBe('/%%D/%Y-%M-%D/.*')
  })
})

it('inserts a specifier that is missing where it belongs', () => {
  const [issue] = readPathPattern('/logs/%Y/%D/.*', BY_DAY).issues
  expect(issue && fixPattern('/logs/%Y/%D/.*', issue)).toEqual({
    label: 'Insert /%M',
    pattern: '/logs/%Y/%M/%D/.*',
  })
})
