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
  ['days below a number like a month', ['/201112/2026/11/22/a.gz'], ['/201112/%Y/%M/%D/.*', 'DAY', 1]],
])('find %s', (_, paths, expected) => {
  const [best] = suggestPartitioning(paths)
  const [date] = best?.dimensions ?? []
  expect([best?.filePathPattern, date?.type === 'time' && date.params.period, best?.matched]).toEqual(
    expected,
  )
})

test('offer months and years of a date that folders begin', () => {
  const found = suggestPartitioning(['/2026/2026-11/app-2026-11-20.gz', '/2026/2026-12/web-2026-12-01.gz'])
  expect(found.map(({ filePathPattern, matched }) => [filePathPattern, matched])).toEqual([
    [expect.stringMatching(/^\/%Y\/.*-%D\.\*$/), 2],
    ['/%Y/[0-9][0-9][0-9][0-9]-%M/.*', 2],
    ['/%Y/.*', 2],
  ])
})
