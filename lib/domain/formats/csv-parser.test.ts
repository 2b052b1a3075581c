import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { propertyRuns } from '../property-runs.arbitraries'
import { CSV_STYLES, type CsvStyle } from './csv-params'
import { CsvParser, MAX_CSV_COLUMNS } from './csv-parser'
import type { CsvDialect, CsvRows } from './csv-rows'
import { parseCsv } from './parse-csv'
import { printCsv } from './print-csv'

const dialect = (style: CsvStyle, marks: Partial<CsvDialect> = {}): CsvDialect => ({
  style,
  separator: ',',
  quoteChar: '"',
  escapeChar: '\\',
  ...marks,
})
const read = (text: string, style: CsvStyle = 'excel', marks: Partial<CsvDialect> = {}) =>
  parseCsv(text, dialect(style, marks), Number.POSITIVE_INFINITY).rows

describe('parseCsv', () => {
  it.each<[string, CsvStyle, string, string[][]]>([
    [
      'plain cells',
      'excel',
      'a,b\n1,\n,2',
      [
        ['a', 'b'],
        ['1', ''],
        ['', '2'],
      ],
    ],
    ['every line end, mixed', 'excel', 'a\nb\r\nc\rd\r\n', [['a'], ['b'], ['c'], ['d']]],
    ['empty lines as nothing', 'excel', '\n\na\r\r\n\nb\n\n', [['a'], ['b']]],
    ['an empty cell in quotes as a row', 'excel', '""\n', [['']]],
    ['a separator at the end', 'excel', 'a,', [['a', '']]],
    ['quotes', 'excel', '"a,b","c\r\nd"\n"e"', [['a,b', 'c\r\nd'], ['e']]],
    ['doubled quotes', 'excel', '"a""b","""","""""",""', [['a"b', '"', '""', '']]],
    ['a quote inside of a cell', 'excel', 'a"b,"c"d"e,"f" ,g', [['a"b', 'cd"e', 'f ', 'g']]],
    ['spaces before a quote', 'excel', 'a, "b"', [['a', ' "b"']]],
    ['an open quote', 'excel', 'a,"b\nc,', [['a', 'b\nc,']]],
    ['escapes as text', 'excel', 'a\\,b', [['a\\', 'b']]],
    ['escapes', 'unix', 'a\\,b,"c\\"d\\\\",\\"e,"f""g"', [['a,b', 'c"d\\', '"e', 'f"g']]],
    ['an escape behind a quote', 'unix', '"a"\\,b', [['a,b']]],
    ['an escaped line end', 'unix', 'a\\\nb\nc', [['a\nb'], ['c']]],
    ['an escape at the end', 'unix', 'a,b\\', [['a', 'b\\']]],
    ['no quotes but escapes', 'escape_only_no_quote', '"a\\,b",c\\\\', [['"a,b"', 'c\\']]],
    ['neither', 'no_escape_no_quote', '"a\\,b"', [['"a\\', 'b"']]],
    ['a zero', 'excel', 'a\0b,\0', [['a\0b', '\0']]],
    ['nothing', 'excel', '', []],
  ])('reads %s', (_, style, text, rows) => expect(read(text, style)).toEqual(rows))

  it('takes any character as a mark', () => {
    expect(read("a;'b;''c'", 'excel', { separator: ';', quoteChar: "'" })).toEqual([['a', "b;'c"]])
    const wide = { separator: '😀', quoteChar: '🎈', escapeChar: '😁' }
    expect(read('a😀🎈b😀🎈🎈c🎈😀\ud83dd', 'excel', wide)).toEqual([['a', 'b😀🎈c', '\ud83dd']])
    expect(read('a😁😀b😀😁😁', 'escape_only_no_quote', wide)).toEqual([['a😀b', '😁']])
    expect(read('a$&b', 'excel', { separator: '&', quoteChar: '$' })).toEqual([['a$', 'b']])
    expect(read('$a$$b$', 'excel', { quoteChar: '$' })).toEqual([['a$b']])
  })

  it('gives no more rows than asked for, and says when it ends in quotes', () => {
    expect(parseCsv('a\nb\n"c', dialect('excel'), 2)).toEqual({ rows: [['a'], ['b']], endsInQuotes: false })
    expect(parseCsv('a\nb\n"c', dialect('excel'), 3)).toEqual({
      rows: [['a'], ['b'], ['c']],
      endsInQuotes: true,
    })
    expect(parseCsv('"c"', dialect('excel'), 3).endsInQuotes).toBe(false)
  })
})

describe('CsvParser', () => {
  const drain = (pieces: Iterable<string>, chosen: CsvDialect, most?: number) => {
    const parser = new CsvParser(chosen, most)
    const rows: { cells: string[]; count: number; raw: string; chars: number }[] = []
    const add = (blocks: CsvRows[]) => {
      for (const block of blocks)
        for (let row = 0; row < block.count; row++) {
          const chars = block.chars(row)
          const cells = most !== undefined && chars > most ? [] : block.cells(row)
          rows.push({ cells, count: block.cellCount(row), raw: block.raw(row), chars })
        }
    }
    for (const piece of pieces) add(parser.push(piece))
    const open = parser.openQuote
    add(parser.end())
    return { rows, open }
  }

  const mark = fc.constantFrom(',', ';', '\t', '|', '"', "'", '\\', '😀', '🎈', 'é', ' ', '$')
  const dialects = fc
    .record({
      style: fc.constantFrom(...CSV_STYLES),
      marks: fc.uniqueArray(mark, { minLength: 3, maxLength: 3 }),
    })
    .map(({ style, marks: [separator = ',', quoteChar = '"', escapeChar = '\\'] }) =>
      dialect(style, { separator, quoteChar, escapeChar }),
    )
  const texts = fc
    .array(
      fc.oneof(
        {
          weight: 8,
          arbitrary: fc.constantFrom(
            ',',
            '"',
            '""',
            '\\',
            '\n',
            '\r',
            '\r\n',
            'a',
            'bc',
            ';',
            "'",
            '\t',
            '|',
          ),
        },
        fc.constantFrom('😀', '🎈', '\ud83d', '\ude00', 'é', '$', '\0', '\ufeff'),
      ),
      { maxLength: 30 },
    )
    .map((parts) => parts.join(''))

  it('gives the same rows however a text is cut', () => {
    fc.assert(
      fc.property(
        texts,
        dialects,
        fc.array(fc.nat(5), { minLength: 1, maxLength: 8 }),
        (text, chosen, sizes) => {
          const pieces: string[] = []
          for (let at = 0, turn = 0; at < text.length; turn++) {
            const size = Math.max(sizes[turn % sizes.length] ?? 1, turn % 20 === 19 ? 1 : 0)
            pieces.push(text.slice(at, at + size))
            at += size
          }
          expect(drain(pieces, chosen, 10)).toEqual(drain([text], chosen, 10))
          const whole = drain([text], chosen)
          expect(drain(pieces, chosen)).toEqual(whole)
          // Nothing of the text is lost but the line ends.
          expect(
            whole.rows
              .map(({ raw }) => raw)
              .join('')
              .replace(/[\r\n]/g, ''),
          ).toBe(text.replace(/[\r\n]/g, ''))
          expect(whole.rows.every(({ cells, count }) => cells.length === count)).toBe(true)
        },
      ),
      propertyRuns('parser'),
    )
  })

  it('reads back what is written', () => {
    const rows = fc.array(fc.array(texts, { minLength: 1, maxLength: 4 }), { maxLength: 5 })
    const lineEnds = fc.constantFrom('\n' as const, '\r\n' as const, '\r' as const)
    fc.assert(
      fc.property(rows, dialects, lineEnds, (table, chosen, lineEnd) => {
        const printed = printCsv(table, chosen, lineEnd)
        if (!printed.ok) {
          expect(chosen.style).toMatch(/no_quote/)
          return
        }
        expect(parseCsv(printed.value, chosen, Number.POSITIVE_INFINITY)).toEqual({
          rows: table,
          endsInQuotes: false,
        })
      }),
      propertyRuns('parser'),
    )
  })

  it('says where an open quote stands', () => {
    const { open } = drain(['ab,c\nd', ',"e', 'f\n'], dialect('excel'))
    expect(open).toEqual({ at: 7, inRow: 2, cell: 1 })
    expect(drain(['"a"'], dialect('excel')).open).toBeUndefined()
  })

  it.each([9, 10, 11])('holds a row of 10 characters at a limit of %i', (most) => {
    for (const pieces of [['a,bcd,efgh\n1,2'], ['a,bcd', ',efgh', '\n1,2'], [...'a,bcd,efgh\n1,2']]) {
      const { rows } = drain(pieces, dialect('excel'), most)
      expect(rows.map(({ chars, count }) => [chars, count])).toEqual([
        [10, 3],
        [3, 2],
      ])
      expect(rows[0]?.cells).toEqual(most < 10 ? [] : ['a', 'bcd', 'efgh'])
      expect(rows[0]?.raw).toBe('a,bcd,efgh')
    }
  })

  it('counts a million cells and keeps ten thousand', () => {
    const since = process.cpuUsage()
    const { rows } = drain([',x'.repeat(500_000), ',x'.repeat(499_999), '\nend'], dialect('excel'))
    expect(rows.map(({ count }) => count)).toEqual([1_000_000, 1])
    expect(rows[0]?.cells.length).toBe(MAX_CSV_COLUMNS)
    expect(process.cpuUsage(since).user / 1000).toBeLessThan(5_000)
  })

  it('keeps only the beginning of a row that is not held', () => {
    const { rows } = drain(Array(300).fill('x,"'.repeat(100_000)), dialect('excel'))
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({ chars: 90_000_000 })
    expect(rows[0]?.raw.length).toBe(64 * 1024)
  })

  it('reads cells full of quotes and escapes in linear time', () => {
    const since = process.cpuUsage()
    for (const [style, inner] of [
      ['excel', '""'],
      ['unix', '\\\\'],
      ['unix', '""\\n'],
      ['escape_only_no_quote', '\\,'],
    ] as const) {
      const text = `${style.endsWith('no_quote') ? '' : '"'}${inner.repeat(1_000_000)}`
      expect(read(text, style)[0]?.[0]?.length).toBeGreaterThan(900_000)
      expect(drain([...inner.repeat(100_000)], dialect(style)).rows.length).toBe(1)
    }
    expect(process.cpuUsage(since).user / 1000).toBeLessThan(10_000)
  })
})

describe('printCsv', () => {
  it('says what a style cannot write', () => {
    expect(printCsv([['a'], ['b', 'c,d']], dialect('no_escape_no_quote'))).toMatchObject({
      ok: false,
      issues: [{ message: 'Row 2 has a separator or a line end in cell 2, which this style cannot write.' }],
    })
    expect(printCsv([['']], dialect('escape_only_no_quote'))).toMatchObject({ ok: false })
    expect(printCsv([[]], dialect('excel'))).toMatchObject({ ok: false })
    expect(printCsv([[''], ['$&', '"']], dialect('excel', { quoteChar: '$' }), '\r\n')).toEqual({
      ok: true,
      value: '$$\r\n$$$&$,"\r\n',
    })
  })
})
