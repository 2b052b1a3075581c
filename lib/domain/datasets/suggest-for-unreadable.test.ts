import { describe, expect, it } from 'vitest'
import { countByRule } from './count-by-rule'
import { ALL_FILES } from './definition'
import { otherTexts, takeOut } from './suggest-for-unreadable'

const waysOf = (path: string, others: string[], rules = ALL_FILES) =>
  takeOut(path, others, rules).map(({ label, rules: taken }) => [
    label,
    countByRule(taken, [path, ...others]).taken,
  ])

describe('a file that cannot be read', () => {
  it('is left out with its kind, or the others are taken alone', () => {
    expect(waysOf('/README.md', ['/a.csv', '/b.csv', '/c.tsv'])).toEqual([
      ['Keep only *.csv', 2],
      ['Leave out *.md', 3],
    ])
  })

  it('is left out alone where others of its kind can be read, or nothing is known of others', () => {
    expect(waysOf('/a+(1).gz', ['/b.gz', '/a+1.gz'])).toEqual([['Leave this file out', 2]])
    expect(waysOf('/a.parquet', [])).toEqual([['Leave this file out', 0]])
  })

  it('is taken from those that were chosen, unless it is the only one', () => {
    const chosen = { ...ALL_FILES, mode: 'EXPLICIT_SELECT_FILES' as const, explicitFiles: ['a.gz', '/b.gz'] }
    expect(takeOut('/a.gz', ['/b.gz'], chosen)[0]?.rules.explicitFiles).toEqual(['/b.gz'])
    expect(takeOut('/a.gz', [], { ...chosen, explicitFiles: ['a.gz'] })).toEqual([])
  })

  it('is not among the texts that were looked at', () => {
    const file = { sizeBytes: 1, modifiedAt: '', compression: 'none', charset: 'utf8' } as const
    const looked = [
      { ...file, path: '/a', looksLike: null, problem: null },
      { ...file, path: '/b', looksLike: null, problem: null },
      { ...file, path: '/c', looksLike: 'PNG', problem: null },
      { ...file, path: '/d', looksLike: null, problem: 'broken' },
    ]
    expect(otherTexts(looked, '/a')).toEqual(['/b'])
  })
})
