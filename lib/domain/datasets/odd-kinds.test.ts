import { describe, expect, it } from 'vitest'
import { ALL_FILES } from './definition'
import type { FileKind } from './files-wire'
import { findOddKinds, fixOddKinds, oddKindProblems } from './odd-kinds'

const kind = (ending: string, files: number, ...contents: string[]): FileKind => ({
  ending,
  spellings: [ending],
  files,
  empty: 0,
  sizeBytes: files,
  kept: files,
  contents,
  folders: [],
  newest: { path: `/newest${ending}`, sizeBytes: 1, modifiedAt: '2026-11-22T10:00:00.000Z' },
})

const endingsOf = (...kinds: FileKind[]) => findOddKinds({ kinds })?.odd.map(({ ending }) => ending) ?? []

describe('kinds that hardly belong together', () => {
  const csv = { ...kind('.csv', 13, 'text'), spellings: ['.csv', '.CSV'] }
  const mixed = [
    csv,
    kind('.md', 1, 'text'),
    kind('.png', 1, 'png'),
    kind('.parquet', 1, 'parquet'),
    kind('.zip', 1, 'zip'),
  ]

  it('are pictures, archives, Parquet and documents beside a table', () => {
    expect(endingsOf(...mixed)).toEqual(['.md', '.png', '.parquet', '.zip'])
    expect(oddKindProblems({ kinds: mixed, kept: 17 })[0]?.message).toBe(
      '4 of 17 files do not go with .csv: 1 .md, 1 .png, 1 .parquet, 1 .zip. They would be read the same way as the others.',
    )
  })

  it('are none that are read alike, packed or not, nor those of no ending or nobody looked into', () => {
    expect(endingsOf(csv, kind('.csv.gz', 3, 'gzip:text'), kind('.tsv', 1, 'text'))).toEqual([])
    expect(endingsOf(kind('.log.gz', 9, 'gzip:text'), kind('.log', 1, 'text'), kind('', 2, 'text'))).toEqual(
      [],
    )
    expect(endingsOf(kind('.gz', 9, 'gzip:text'), kind('.log.gz', 1, 'gzip:text'))).toEqual([])
    expect(endingsOf(csv, kind('.xyz', 1))).toEqual([])
    expect(endingsOf(csv, { ...kind('.png', 1, 'png'), kept: 0 })).toEqual([])
    expect(endingsOf(csv, kind('.json', 1, 'text'))).toEqual(['.json'])
  })

  it('are counted apart from those of other endings that go with most', () => {
    const kinds = [kind('.log.gz', 9, 'gzip:text'), kind('.txt', 1, 'text'), kind('.png', 1, 'png')]
    expect(oddKindProblems({ kinds, kept: 11 })[0]?.message).toBe(
      '1 of 11 files does not go with .log.gz: 1 .png. It would be read the same way as the others.',
    )
  })

  it('are left by one click, in each spelling', () => {
    const found = findOddKinds({ kinds: mixed })
    if (found === null) throw new Error('nothing found')
    const [keep, leave] = fixOddKinds(found, ALL_FILES, mixed)
    expect(keep?.label).toBe('Keep only .csv')
    expect(keep?.rules.includeRules.map(({ expr }) => expr)).toEqual(['*.csv', '*.CSV'])
    expect(leave?.label).toBe('Leave out .md, .png, .parquet, .zip')
    expect(leave?.rules).toMatchObject({ mode: 'RULES_ALL_BUT_EXCLUDED' })
    expect(leave?.rules.excludeRules).toHaveLength(4)
    const including = { ...ALL_FILES, mode: 'RULES_INCLUDED_ONLY' as const }
    expect(fixOddKinds(found, including, mixed)).toHaveLength(1)
  })
})
