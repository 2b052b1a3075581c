import { expect, test } from 'vitest'
import { suggestPartitioning } from './suggest'

test.each<[string, string[], [pattern: string, period: string, matched: number]]>([
  [
    'dates that folders begin',
    ['/2026/2026-11/2026-11-20.gz', '/2026/2026-11/2026-11-21.gz', '/2025/2025-12/2025-12-31.gz'],
    ['/%Y/[0-9][0-9][0-9][0-9]-%M/[0-9][0-9][0-9][0-9]-[0-9][0-9]-%D.*', 'DAY', 3],
  ],
  [
    'a day in a folder of its year',
    ['/2026/app-20261120.gz'],
    ['/%Y/app-[0-9][0-9][0-9][0-9]%M%D.*', 'DAY', 1],
  ],
  [
    'a day in folders of its month',
    ['/2026/11/app-2026-11-20.gz'],
    ['/%Y/%M/app-[0-9][0-9][0-9][0-9]-[0-9][0-9]-%D.*', 'DAY', 1],
  ],
  ['years above other folders', ['/2026/app/2026-11-20.gz'], ['/[^/]+/app/%Y-%M-%D.*', 'DAY', 1]],
  ['a date in a folder of another year', ['/2025/2026-11-20.gz'], ['/[^/]+/%Y-%M-%D.*', 'DAY', 1]],
  ['months as digits', ['/202611/a.gz', '/202612/a.gz'], ['/%Y%M/.*', 'MONTH', 2]],
  ['months as digits with days', ['/202611/22/a.gz'], ['/%Y%M/%D/.*', 'DAY', 1]],
  [
    'a day in a folder of its month as digits',
    ['/ym=202611/20261122-a.gz'],
    ['/ym=%Y%M/[0-9][0-9][0-9][0-9][0-9][0-9]%D.*', 'DAY', 1],
  ],
  [
    'days that end a file name',
    ['/access.log.2026-11-21', '/access.log.2026-11-22'],
    ['/access\\.log\\.%Y-%M-%D.*', 'DAY', 2],
  ],
  ['days as digits that end a file name', ['/eu/app.log.20261122'], ['/eu/app\\.log\\.%Y%M%D.*', 'DAY', 1]],
  ['hours that end a file name', ['/app.log.2026-11-22-00'], ['/app\\.log\\.%Y-%M-%D.*', 'DAY', 1]],
  [
    'dates fifteen folders deep, above their minute',
    [
      '/logs/resourceId=/SUBSCRIPTIONS/A/RESOURCEGROUPS/R/PROVIDERS/MICROSOFT.KEYVAULT/VAULTS/V/y=2026/m=11/d=22/h=14/m=00/PT1H.json',
    ],
    [
      '/logs/resourceId=/SUBSCRIPTIONS/A/RESOURCEGROUPS/R/PROVIDERS/MICROSOFT\\.KEYVAULT/VAULTS/V/y=%Y/m=%M/d=%D/.*',
      'DAY',
      1,
    ],
  ],
  ['days below a number like a month', ['/201112/2026/11/22/a.gz'], ['/201112/%Y/%M/%D/.*', 'DAY', 1]],
])('find %s', (_, paths, expected) => {
  const [best] = suggestPartitioning(paths)
  const [date] = best?.dimensions ?? []
  expect([best?.filePathPattern, date?.type === 'time' && date.params.period, best?.matched]).toEqual(
    expected,
  )
})

test('offer hours that end a file name', () => {
  const found = suggestPartitioning(['/app.log.2026-11-22-00', '/app.log.2026-11-22-01'])
  expect(found.map(({ filePathPattern, matched }) => [filePathPattern, matched])).toContainEqual([
    '/app\\.log\\.%Y-%M-%D-%H.*',
    2,
  ])
})

test('find days in folders of their region, which stand between year and month', () => {
  const paths = ['eu-west-1', 'us-east-1'].flatMap((region) =>
    ['01', '02', '03'].map((month) => `/2026/${region}/${month}/01/x.gz`),
  )
  expect(suggestPartitioning(paths).map(({ filePathPattern }) => filePathPattern)).toEqual([
    '/%Y/%{region}/%M/%D/.*',
    '/%Y/%{region}/%M/.*',
    '/%Y/%{region}/.*',
  ])
})

test('offer months and years of a date that folders begin', () => {
  const found = suggestPartitioning(['/2026/2026-11/app-2026-11-20.gz', '/2026/2026-12/web-2026-12-01.gz'])
  expect(found.map(({ filePathPattern, matched }) => [filePathPattern, matched])).toEqual([
    [expect.stringMatching(/^\/%Y\/.*-%D\.\*$/), 2],
    ['/%Y/[0-9][0-9][0-9][0-9]-%M/.*', 2],
    ['/%Y/.*', 2],
  ])
})
