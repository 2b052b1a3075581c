import { describe, expect, it } from 'vitest'
import { ALL_FILES } from '#lib/domain/datasets/definition'
import { filesReport } from '#lib/domain/datasets/files-wire'
import { sayCounts } from './rule-counts'

const report = filesReport.parse({
  listedAt: '2026-11-22T10:00:00.000Z',
  complete: true,
  listed: 5_052,
  kept: 4_500,
  keptBytes: 1,
  excluded: { rule: 512, folderMarker: 40, archived: 0 },
  firstModifiedAt: null,
  lastModifiedAt: null,
  newest: [],
  examples: ['/a.gz'],
  examplesOfAll: ['/a.gz', '/b.gz', '/c.txt'],
  byRule: [4_500],
  emptyBecause: null,
})
const rule = (expr: string) => ({ mode: 'GLOB' as const, matchingMode: 'FILENAME' as const, expr })
const only = { ...ALL_FILES, mode: 'RULES_INCLUDED_ONLY' as const, includeRules: [rule('*.gz')] }

describe('what rules do', () => {
  it('is exact where the listing was made with them', () => {
    expect(sayCounts(only, report, true)).toEqual({
      byRule: ['takes 4,500 of 5,012 files'],
      together: 'Takes 4,500 of 5,012 files, leaves 512.',
    })
    expect(sayCounts(only, { ...report, complete: false }, true)?.together).toContain('files so far')
  })

  it('is tried on examples, and says so, while they are edited', () => {
    const but = { ...ALL_FILES, mode: 'RULES_ALL_BUT_EXCLUDED' as const, excludeRules: [rule('*.txt')] }
    expect(sayCounts(but, report, false)).toEqual({
      byRule: ['leaves out 1 of 3 examples'],
      together: 'Takes 2 of 3 examples, leaves 1. List files counts them all.',
    })
  })

  it('is nothing to tell without a listing, or where all files are taken', () => {
    expect(sayCounts(only, null, false)).toBe(null)
    expect(sayCounts(ALL_FILES, report, true)).toBe(null)
  })
})
