import { expect, test } from 'vitest'
import { tellUnreadDates } from './unread-dates'

test.each<[string, string[], string | null]>([
  [
    'seconds in folders',
    ['/1795000000/a', '/1795003600/b'],
    '1795000000 looks like a moment counted in seconds since 1970, which a pattern cannot read as a date.',
  ],
  [
    'milliseconds in a name',
    ['/a-1795000000000.gz'],
    '1795000000000 looks like a moment counted in milliseconds since 1970, which a pattern cannot read as a date.',
  ],
  [
    'days and months that may be either',
    ['/01-09-2026/a', '/02-09-2026/a'],
    'Whether the day or the month stands first in 01-09-2026 is not to be told from the paths. Write %D and %M in the order that you know.',
  ],
  [
    'months without a zero',
    ['/2026/9/1/a', '/2026/9/22/a'],
    '9/1 is a month and a day without zeros before them: %M and %D read two digits each.',
  ],
  [
    'months without a zero, with keys',
    ['/x/year=2026/month=9/day=22/a'],
    'month=9/day=22 is a month and a day without zeros before them: %M and %D read two digits each.',
  ],
  [
    'days without a zero',
    ['/2026/11/2/a'],
    '11/2 is a month and a day without zeros before them: %M and %D read two digits each.',
  ],
  ['days with zeros', ['/2026/11/02/a'], null],
  ['other numbers', ['/17950000001/a', '/295000000/b', '/a1795000000'], null],
  ['less than half of them', ['/1795000000/a', '/b', '/c'], null],
  ['no paths', [], null],
])('tells of %s', (_, paths, expected) => {
  expect(tellUnreadDates(paths)).toBe(expected)
})
