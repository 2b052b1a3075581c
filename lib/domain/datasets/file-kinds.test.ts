import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { propertyRuns } from '../property-runs.arbitraries'
import { countByRule } from './count-by-rule'
import { ALL_FILES, type FilesSelectionRules, type SelectionRule } from './definition'
import {
  endingOf,
  keepOnly,
  kindOf,
  nameKind,
  newestOfLargestKind,
  ruleForKind,
  rulesForKind,
  sayKindFolders,
  sayKinds,
} from './file-kinds'
import type { FileKind } from './files-wire'
import { compileSelection } from './selection'

const only = (...includeRules: SelectionRule[]): FilesSelectionRules => ({
  ...ALL_FILES,
  mode: 'RULES_INCLUDED_ONLY',
  includeRules,
})

describe('the kind of a file', () => {
  it.each([
    ['/a.ndjson.gz', '.ndjson.gz'],
    ['/x.y/part-00000.gz', '.gz'],
    ['/2026-11-22.2026.gz', '.gz'],
    ['/a.parquet', '.parquet'],
    ['/a.tar.bz2', '.tar.bz2'],
    ['/a.snappy.parquet', '.parquet'],
    ['/_SUCCESS', ''],
    ['/audit.log.1', ''],
    ['/v1.2/README', ''],
    ['/a.', ''],
    ['/a.this-is-no-ending', ''],
    ['/.gitignore', '.gitignore'],
    ['/A.GZ', '.GZ'],
    ['/a.7z', '.7z'],
  ])('of %s is %j', (path, ending) => expect(endingOf(path)).toBe(ending))

  it('is kept by a glob where one tells it', () => {
    expect(ruleForKind('.ndjson.gz', ['.ndjson.gz', '.gz'])).toEqual({
      mode: 'GLOB',
      matchingMode: 'FILENAME',
      expr: '*.ndjson.gz',
    })
    expect(ruleForKind('.gz', ['.gz', '.parquet']).expr).toBe('*.gz')
    expect(ruleForKind('.gz', ['.gz', '.log.gz']).mode).toBe('REGEXP')
  })

  const name = fc
    .array(fc.constantFrom('a', '1', '.', '-', 'gz', 'log', 'ß', '\n', 'parquet', 'verylongword'), {
      minLength: 1,
      maxLength: 6,
    })
    .map((parts) => `/x.gz/${parts.join('')}`)

  it('is taken whole by its rule, and nothing else is', () => {
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 1, maxLength: 12 }), (paths) => {
        const endings = [...new Set(paths.map(endingOf))]
        for (const ending of endings) {
          const rules = only(ruleForKind(ending, endings))
          for (const path of paths)
            expect([path, countByRule(rules, [path]).taken]).toEqual([
              path,
              endingOf(path) === ending ? 1 : 0,
            ])
        }
      }),
      propertyRuns(300),
    )
  })

  it('is named by what lies in it', () => {
    expect(nameKind([])).toBe(null)
    expect(nameKind(['gzip:text', 'gzip:text'])).toBe('gz text')
    expect(nameKind(['gzip:text', 'text'])).toBe('gz text or text')
    expect(nameKind(['parquet'])).toBe('Parquet')
  })
})

describe('the kinds of a listing', () => {
  const at = (path: string) => ({ path, sizeBytes: 1, modifiedAt: '2026-11-22T10:00:00.000Z' })
  const kind = (ending: string, files: number, contents: string[], kept = files) => ({
    ending,
    spellings: [ending],
    empty: contents.length === 0 ? files : 0,
    files,
    contents,
    folders: [],
    kept,
    sizeBytes: files,
    newest: kept > 0 ? at(`/newest${ending}`) : null,
  })
  const report = {
    kinds: [
      kind('.log.gz', 4_000, ['gzip:text', 'gzip:text'], 0),
      kind('.gz', 500, ['gzip:text']),
      kind('.parquet', 12, ['parquet']),
      kind('', 1, []),
    ],
    otherKinds: { files: 3, sizeBytes: 9 },
    excluded: { rule: 0, folderMarker: 40, archived: 0 },
  }

  it('are said in a sentence, those that are alike together', () => {
    expect(sayKinds(report)).toBe('4,500 gz text · 12 Parquet · 3 others · 1 marker · 40 folder markers')
  })

  it('tell the folders of two contents under one ending', () => {
    const folders = [
      { folder: '/logs/', content: 'text' },
      { folder: '/tables/', content: 'parquet' },
      { folder: '/old/', content: 'parquet' },
    ]
    expect(sayKindFolders({ ending: '.dat', folders })).toBe(
      '.dat: text in /logs/ · Parquet in /tables/, /old/',
    )
    expect(sayKindFolders({ ending: '', folders: folders.slice(0, 1) })).toBe('No ending: text in /logs/')
    expect(sayKindFolders({ ending: '.dat', folders: [] })).toBe(null)
  })

  it('tell markers from files of no ending, and from files that are empty by chance', () => {
    const some = { ...kind('', 5, ['text']), empty: 2 }
    const logs = { ...kind('.log', 7, ['text']), empty: 3 }
    const none = { otherKinds: { files: 0, sizeBytes: 0 }, excluded: { ...report.excluded, folderMarker: 1 } }
    expect(sayKinds({ kinds: [some, logs], ...none })).toBe('10 text · 2 markers · 1 folder marker')
  })

  it('are kept in each of their spellings', () => {
    const csv = { ...kind('.csv', 3, ['text']), spellings: ['.csv', '.CSV'] }
    expect(rulesForKind(csv, [csv]).map(({ expr }) => expr)).toEqual(['*.csv', '*.CSV'])
    expect(kindOf('/a/B.CSV')).toBe('.csv')
  })

  it('give the newest file of the one that is taken most', () => {
    expect(newestOfLargestKind(report)).toBe('/newest.gz')
    expect(newestOfLargestKind({ kinds: [] })).toBe(null)
  })

  it('are kept alone without bringing back what the rules leave out', () => {
    const paths = ['/prod/a.gz', '/prod/b.csv', '/dev/c.gz', '/tmp/d.gz']
    const kinds = [
      { ...kind('.gz', 3, ['gzip:text']), kept: 1 },
      { ...kind('.csv', 1, ['text']), kept: 1 },
    ]
    const takenBy = (rules: FilesSelectionRules) => {
      const kept = keepOnly(rules, kinds[0] as FileKind, kinds)
      const selection = kept && compileSelection(kept)
      return selection?.ok
        ? paths.filter(
            (path) => selection.value.exclusionOf({ path, sizeBytes: 1, storageClass: '' }) === null,
          )
        : null
    }
    const full = (expr: string): SelectionRule => ({ mode: 'GLOB', matchingMode: 'FULL_PATH', expr })
    const excluded = { ...ALL_FILES, mode: 'RULES_ALL_BUT_EXCLUDED' as const }
    expect(takenBy({ ...excluded, excludeRules: [full('tmp/**')] })).toEqual(['/prod/a.gz', '/dev/c.gz'])
    const chosen = { ...ALL_FILES, mode: 'EXPLICIT_SELECT_FILES' as const }
    expect(takenBy({ ...chosen, explicitFiles: ['prod/a.gz', '/prod/b.csv'] })).toEqual(['/prod/a.gz'])
    const included = { ...ALL_FILES, mode: 'RULES_INCLUDED_ONLY' as const }
    expect(takenBy({ ...included, includeRules: [full('prod/**')] })).toBe(null)
    // Rules of kinds, as such clicks write them, give way to another one.
    expect(takenBy({ ...included, includeRules: rulesForKind(kinds[1] as FileKind, kinds) })).toHaveLength(3)
    const all: SelectionRule = { mode: 'GLOB', matchingMode: 'FILENAME', expr: '*' }
    expect(takenBy({ ...included, includeRules: [all] })).toHaveLength(3)
    expect(takenBy(ALL_FILES)).toHaveLength(3)
    // Of a kind that is left out as a whole nothing could be kept otherwise.
    const without = { ...excluded, excludeRules: rulesForKind(kinds[0] as FileKind, kinds) }
    expect(keepOnly(without, { ...(kinds[0] as FileKind), kept: 0 }, kinds)).toMatchObject({
      mode: 'RULES_INCLUDED_ONLY',
    })
  })

  it('are kept one by one, and the rules of other modes stay', () => {
    const before = { ...ALL_FILES, excludeRules: [ruleForKind('.tmp', [])] }
    expect(keepOnly(before, { ending: '.parquet' }, report.kinds)).toEqual({
      ...before,
      mode: 'RULES_INCLUDED_ONLY',
      includeRules: [{ mode: 'GLOB', matchingMode: 'FILENAME', expr: '*.parquet' }],
    })
  })
})

describe('counts of rules', () => {
  const glob = (expr: string): SelectionRule => ({ mode: 'GLOB', matchingMode: 'FILENAME', expr })
  const paths = ['/a.gz', '/a.log.gz', '/b.txt', '/c']

  it('tell what each takes and what all of them leave', () => {
    expect(countByRule(only(glob('*.gz'), glob('*.log.gz')), paths)).toEqual({
      byRule: [2, 1],
      taken: 2,
      total: 4,
    })
    const but = { ...ALL_FILES, mode: 'RULES_ALL_BUT_EXCLUDED' as const, excludeRules: [glob('*.txt')] }
    expect(countByRule(but, paths)).toEqual({ byRule: [1], taken: 3, total: 4 })
    expect(countByRule(ALL_FILES, paths)).toEqual({ byRule: [], taken: 4, total: 4 })
  })

  it('stand for the other rules while one cannot be used', () => {
    const broken: SelectionRule = { mode: 'REGEXP', matchingMode: 'FILENAME', expr: '(' }
    expect(countByRule(only(broken, glob('*.txt')), paths)).toMatchObject({ byRule: [0, 1], taken: 0 })
  })

  it('read a full path with or without its first slash', () => {
    const full = (expr: string) => only({ mode: 'GLOB', matchingMode: 'FULL_PATH', expr })
    expect(countByRule(full('/x/*.gz'), ['/x/a.gz', '/x/y/a.gz']).taken).toBe(1)
    expect(countByRule(full('x/*.gz'), ['/x/a.gz']).taken).toBe(1)
  })
})
