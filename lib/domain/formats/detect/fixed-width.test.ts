import { describe, expect, test } from 'vitest'
import { parseLinePattern } from '../line-pattern'
import { detectFormat } from './detect-format'

const best = (...lines: string[]) =>
  detectFormat([{ path: '/a.txt', text: `${lines.join('\n')}\n`, whole: true, looksLike: null }])[0]

const STOCK = [
  'ITEM      NAME                QTY     PRICE',
  'A-1       Hammer               12     19.90',
  'A-27      Saw, long             3    104.00',
  'B-100     Nails              5000      0.02',
  'C-3       Ladder                      89.50',
  'C-12      Glue                 77      4.75',
  'D-1       Rope                  9     12.00',
  'D-2       Bolts              1200      0.10',
]

describe('text of fixed width', () => {
  test('is named, with the expression that cuts it at the right places', () => {
    const found = best(...STOCK)
    expect(found).toMatchObject({ layout: 'text of fixed width', format: { type: 'line' } })
    const pattern = /by (\S+), which keeps/.exec(found?.evidence[0] ?? '')?.[1] ?? ''
    const parsed = parseLinePattern(pattern)
    if (!parsed.ok) throw new Error(pattern)
    const cells = STOCK.map((line) => parsed.value.match(line)?.map((cell) => cell?.trim()))
    expect(cells).toEqual([
      ['ITEM', 'NAME', 'QTY', 'PRICE'],
      ['A-1', 'Hammer', '12', '19.90'],
      ['A-27', 'Saw, long', '3', '104.00'],
      ['B-100', 'Nails', '5000', '0.02'],
      ['C-3', 'Ladder', '', '89.50'],
      ['C-12', 'Glue', '77', '4.75'],
      ['D-1', 'Rope', '9', '12.00'],
      ['D-2', 'Bolts', '1200', '0.10'],
    ])
  })

  test.each([
    [
      'a log',
      ...[...'abcdefghi'].map(
        (text, n) => `2026-11-22 10:00:0${n} ${n % 2 ? 'INFO ' : 'ERROR'} the ${text.repeat(n + 1)} of ${n}`,
      ),
    ],
    [
      'prose',
      'It was late, and',
      'no one had come',
      'to see the house',
      'where she lived',
      'for many a year',
    ],
    ['separated by one space', '1 22 333', '2 33 444', '3 44 555', '4 55 666', '5 66 777'],
    ['few lines', ...STOCK.slice(0, 4)],
    ['separated by commas', 'a,  b,  c', '1,  2,  3', '11, 22, 33', '4,  5,  6', '7,  8,  9', '1,  22, 3'],
  ])('is not: %s', (_, ...lines) => {
    expect(best(...lines)?.layout).not.toBe('text of fixed width')
  })
})
