import { expect, test } from 'vitest'
import { tellUnreadDates } from './unread-dates'

const sayWeek = (text: string) =>
  `${text} is a week: a pattern reads dates by %Y, %M, %D and %H, and has no sign for weeks. They make a discrete dimension, and ranges such as -7d/now do not reach them.`
const sayShort = (text: string) =>
  `${text} looks like a day whose year has two digits: %Y reads years of four, so no pattern reads it as a date.`
const shortDays = (before: string, behind = '/a') =>
  ['20', '21', '22'].map((day) => `/${before}${day}${behind}`)
const orders = (first: number, count: number) => Array.from({ length: count }, (_, at) => `/${first + at}/a`)

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
  [
    'folders that may be days and months',
    ['/x/01/09/2026/a', '/x/02/09/2026/a'],
    'Whether the day or the month stands first in 01/09/2026 is not to be told from the paths. Write %D and %M in the order that you know.',
  ],
  ['months below a year that has other numbers above', ['/01/09/2026/11/a'], null],
  ['weeks', ['/2026-W47/a'], sayWeek('2026-W47')],
  ['weeks of years', ['/logs/2026/W47/a', '/logs/2026/W48/a'], sayWeek('W47')],
  ['weeks with a key', ['/year=2026/week=47/a'], sayWeek('week=47')],
  ['words that begin with a W', ['/W3SVC1/a', '/week/b', '/W470/c'], null],
  ['years of two digits in folders', shortDays('26/11/'), sayShort('26/11/20')],
  ['years of two digits as digits', shortDays('u_ex2611', '.log'), sayShort('261120')],
  [
    'years of two digits at the end',
    ['20', '21', '22'].map((day) => `/${day}.11.26/a`),
    sayShort('20.11.26'),
  ],
  ['years of two digits below a tenant', shortDays('acme/26-11-'), sayShort('26-11-20')],
  ['one number of six digits', ['/261122/a'], null],
  ['numbers of six digits that run past a month', orders(261_125, 20), null],
  ['numbers of six digits far from each other', ['/260101/a', '/260315/a', '/261122/a'], null],
  [
    'dates with years of four digits',
    ['/2026/11/20/14/05/a', '/2026/11/21/15/06/a', '/2026/11/22/16/07/a'],
    null,
  ],
  ['days with zeros', ['/2026/11/02/a'], null],
  ['other numbers', ['/17950000001/a', '/295000000/b', '/a1795000000'], null],
  ['less than half of them', ['/1795000000/a', '/b', '/c'], null],
  ['no paths', [], null],
])('tells of %s', (_, paths, expected) => {
  expect(tellUnreadDates(paths)).toBe(expected)
})
