import { describe, expect, test } from 'vitest'
import { detectFormat } from './detect-format'

const bestOf = (...files: string[]) =>
  detectFormat(files.map((text, index) => ({ path: `/${index}.csv`, text, whole: true, looksLike: null })))[0]
const paramsOf = (...files: string[]) => {
  const format = bestOf(...files)?.format
  return format?.type === 'csv' ? format.params : undefined
}
const table = (...rows: string[]) => `${rows.join('\n')}\n`

describe('a row of units under the names', () => {
  test.each([
    ['in brackets', table('time,pressure,flow', '[s],[bar],[l/min]', '0.0,1.01,12.5', '0.1,1.02,12.7')],
    ['in round ones', table('Time;Speed;Note', '(s);(km/h);', '0,0;12,5;ok', '0,1;13,0;ok')],
    ['by themselves', table('t\tx\ty', 'ms\tmm\tmm', '1\t0.5\t7.25', '2\t0.75\t7.5', '3\t1\t8')],
    ['of powers', table('a,b,c', 'm/s²,W/m^2,µg/m³', '1,2,3', '4,5,6')],
    [
      'where a name has none',
      table('name,weight,height', ',kg,cm', 'Ann,61.5,170', 'Bo,80.1,182', 'Cy,75,179'),
    ],
    ['with dashes for none', table('name,weight', '-,kg', 'Ann,61.5', 'Bo,80.1', 'Cy,75')],
  ])('is left out, and told: %s', (_, text) => {
    expect(paramsOf(text)).toMatchObject({ parseHeaderRow: true, skipRowsAfterHeader: 1 })
    expect(bestOf(text)?.evidence.join(' ')).toMatch(
      /The row under the names holds units, such as \S+, and is left out\./,
    )
  })

  test.each([
    ['a first record of letters', table('code,amount', 'm,12', 's,7', 'kg,3')],
    ['units that come again', table('quantity,unit,price', '3,kg,12.5', '4,m,2.5', '1,kg,7')],
    ['words', table('name,city', 'Ann,Rome', 'Bo,Oslo', 'Cy,Paris')],
    ['a column of units alone', table('item,unit', 'flour,kg', 'milk,l', 'cloth,m')],
    ['no row below', table('time,pressure', '[s],[bar]')],
    ['missing values at first', table('time,value', 'n/a,n/a', '1,2', '2,3')],
    ['numbers', table('1,2,3', '4,5,6', '7,8,9')],
  ])('is not: %s', (_, text) => {
    expect(paramsOf(text)?.skipRowsAfterHeader ?? 0).toBe(0)
  })

  test('is one only where each file has it', () => {
    const [withUnits, without] = [table('t,x', 's,mm', '1,2', '2,3'), table('t,x', '1,2', '2,3')]
    expect(paramsOf(withUnits, withUnits)?.skipRowsAfterHeader).toBe(1)
    expect(paramsOf(withUnits, without)?.skipRowsAfterHeader).toBe(0)
  })
})
