import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { propertyRuns } from '../property-runs.arbitraries'
import { printRecords, RECORD_FORMATS, type RecordFormat } from './print-records'

const FORMULAS = ['-5', '+1', '=1+1', '@sum', "'x"]

describe('records as programs read them', () => {
  test.each(RECORD_FORMATS)('values stay as they are (%s)', (format) => {
    const printed = printRecords(format, FORMULAS).record(FORMULAS)
    if (format === 'json')
      expect(JSON.parse(printed)).toEqual(Object.fromEntries(FORMULAS.map((one) => [one, one])))
    else expect(printed.trimEnd().split(format === 'csv' ? ',' : '\t')).toEqual(FORMULAS)
  })

  test.each([
    ['tsv-excel-noheader', '', '""\n'],
    ['tsv-excel-noheader', null, '""\n'],
    ['tsv-excel-header', undefined, '""\n'],
    ['csv', '', '""\r\n'],
    ['csv', 'a', 'a\r\n'],
    ['json', '', '{"only":""}\n'],
    ['json', undefined, '{}\n'],
  ] as const)('a record of one cell is never an empty line (%s, %j)', (format, cell, line) => {
    expect(printRecords(format, ['only']).record([cell])).toBe(line)
  })

  test('more cells may all be empty', () => {
    expect(printRecords('tsv-excel-noheader', ['a', 'b']).record(['', null])).toBe('\t\n')
    expect(printRecords('csv', ['a', 'b']).record(['x,"y"', 'z'])).toBe('"x,""y""",z\r\n')
  })

  const texts = fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 5 })
  test.each(RECORD_FORMATS)('parts of a text make the record that the whole would (%s)', (format) => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 0, max: 2 }), (parts, place) => {
        const printer = printRecords(format, ['a', 'b', 'c'])
        const { before, part, after } = printer.inParts(place)
        const cells = [0, 1, 2].map((at) => (at === place ? parts.join('') : undefined))
        const printed = before + parts.map(part).join('') + after
        expect(printed).toBe(format === 'json' ? printer.record(cells) : quoted(format, cells))
      }),
      propertyRuns(500),
    )
  })
})

/** The record with its text in quotes, whether it needs them or not. */
function quoted(format: RecordFormat, cells: (string | undefined)[]): string {
  const written = cells.map((cell) => (cell === undefined ? '' : `"${cell.replaceAll('"', '""')}"`))
  return written.join(format === 'csv' ? ',' : '\t') + (format === 'csv' ? '\r\n' : '\n')
}
