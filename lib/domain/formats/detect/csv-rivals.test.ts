import { expect, it, test } from 'vitest'
import { detectFormat } from './detect-format'

const detect = (text: string) => detectFormat([{ path: '/a.csv', text, whole: true, looksLike: null }])

const lines = (header: string, ...rows: string[]) => `${[header, ...rows].join('\n')}\n`

test.each<[what: string, text: string, separator: string, told: string]>([
  [
    'decimal commas',
    lines('name;betrag', 'Ann;1,50', 'Bo;12,75', 'Cy;3,00'),
    ';',
    'The comma stands inside of numbers, such as 1,50: semicolon separates.',
  ],
  [
    'decimal commas without a header',
    lines('1,50;Ann', '12,75;Bo', '3,00;Cy'),
    ';',
    'The comma stands inside of numbers, such as 12,75: semicolon separates.',
  ],
  [
    'thousands',
    lines('1,250|Ann', '3,100|Bo', '7,999|Cy'),
    '|',
    'The comma stands inside of numbers, such as 3,100: vertical bar separates.',
  ],
  [
    'names behind their surnames',
    lines('Ames, Ann;Paris', 'Bell, Bo;Rome', 'Carr, Cy;Oslo'),
    ';',
    'A space follows the comma, as in texts, and not the semicolon: semicolon separates.',
  ],
  [
    'a text that is listed within a cell',
    lines('ann;x, paris', 'bo;y, rome', 'cy;z, oslo'),
    ';',
    'A space follows the comma, as in texts, and not the semicolon: semicolon separates.',
  ],
  [
    'names of which one is usual',
    lines('name|kind,rest', 'Ann|tall,old', 'Bo|short,young', 'Cy|tall,young'),
    '|',
    'Separated by vertical bar, the first row has name as a name: vertical bar separates.',
  ],
])('two separators that stand once in each line: %s', (_, text, separator, told) => {
  const [first, ...others] = detect(text)
  expect(first?.format).toMatchObject({ type: 'csv', params: { separator } })
  expect(first?.evidence).toContain(told)
  const rival = others.find(({ format }) => format.type === 'csv')
  if (rival) expect(rival.confidence).toBeLessThan(first?.confidence ?? 0)
})

it('is said where nothing tells one separator from the other', () => {
  const found = detect(lines('aa;bb,cc', 'dd;ee,ff', 'gg;hh,ii')).filter(
    ({ format }) => format.type === 'csv',
  )
  expect(found.map(({ evidence }) => evidence.at(-1))).toEqual([
    'Each row has as many of comma as of semicolon, and nothing in them says which one separates.',
    'Each row has as many of semicolon as of comma, and nothing in them says which one separates.',
  ])
})

it('does not ask the places where one separator makes more of the columns', () => {
  const [first] = detect(lines('id,tags', '1,a|b', '2,c|d', '3,e|f'))
  expect(first?.format).toMatchObject({ params: { separator: ',' } })
  expect(first?.evidence.at(-1)).toBe(
    'The first row has no vertical bar, only the rows below it: comma separates.',
  )
})
