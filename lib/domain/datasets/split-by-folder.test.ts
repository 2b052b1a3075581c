import { describe, expect, it } from 'vitest'
import { countByRule } from './count-by-rule'
import { ALL_FILES } from './definition'
import { isBeside, leaveFolderOut, sayBeside } from './files-detection'
import { ruleForFolder, splitByFolder } from './split-by-folder'

const trail = (account: string, kind: string, day: string, is: string) => ({
  path: `/AWSLogs/${account}/${kind}/us-east-1/2026/11/${day}/x.json.gz`,
  is,
})

const namesOf = (files: { path: string; is: string }[]) =>
  splitByFolder(files).map(({ folder, is, files: some }) => [folder, is, some.length])

describe('files that folders divide by content', () => {
  it('are divided at the level that tells them apart', () => {
    const files = ['18', '19', '20'].flatMap((day) => [
      trail('1', 'CloudTrail', day, 'CloudTrail'),
      trail('1', 'CloudTrail-Digest', day, 'JSON'),
    ])
    expect(namesOf(files)).toEqual([
      ['/AWSLogs/1/CloudTrail/', 'CloudTrail', 3],
      ['/AWSLogs/1/CloudTrail-Digest/', 'JSON', 3],
    ])
    const accounts = [
      ...files,
      trail('2', 'CloudTrail', '18', 'CloudTrail'),
      trail('2', 'CloudTrail-Digest', '18', 'JSON'),
    ]
    expect(namesOf(accounts)[1]).toEqual(['/AWSLogs/*/CloudTrail-Digest/', 'JSON', 4])
  })

  it('are not divided where all are alike, in one folder, or by days', () => {
    const day = (name: string, is: string) => ({ path: `/${name}/a.log`, is })
    expect(namesOf([day('1', 'a'), day('2', 'a')])).toEqual([])
    expect(
      namesOf([
        { path: '/a', is: 'a' },
        { path: '/b', is: 'b' },
      ]),
    ).toEqual([])
    expect(namesOf([day('1', 'a'), day('2', 'b')])).toEqual([])
    expect(namesOf(['1', '2', '3', '4', '5'].map((name) => day(name, name === '3' ? 'b' : 'a')))).toEqual([])
    expect(namesOf([])).toEqual([])
  })

  it('are left out by a rule that takes the folder and nothing else', () => {
    for (const [folder, path, other] of [
      ['/AWSLogs/*/CloudTrail-Digest/', '/AWSLogs/2/CloudTrail-Digest/us/x', '/AWSLogs/2/CloudTrail/us/x'],
      ['/a.b/', '/a.b/c/d', '/aXb/c'],
      ['/a[1]/', '/a[1]/c', '/a1/c'],
      ['/x/*/a?/', '/x/any/a?/c', '/x/any/ab/c'],
    ] as const) {
      const rules = {
        ...ALL_FILES,
        mode: 'RULES_INCLUDED_ONLY' as const,
        includeRules: [ruleForFolder(folder)],
      }
      expect([folder, countByRule(rules, [path, other, '/z']).taken]).toEqual([folder, 1])
      expect([path, other].map((one) => isBeside(one, [{ folder }]))).toEqual([true, false])
    }
    expect(leaveFolderOut(ALL_FILES, { folder: '/b/' })?.excludeRules).toEqual([
      { mode: 'GLOB', matchingMode: 'FULL_PATH', expr: 'b/**' },
    ])
    expect(leaveFolderOut({ ...ALL_FILES, mode: 'RULES_INCLUDED_ONLY' }, { folder: '/b/' })).toBe(null)
    expect(sayBeside({ folder: '/b/', is: 'JSON', files: 1 })).toBe(
      '/b/ holds something else than the other files: JSON (1 file looked at).',
    )
  })
})
