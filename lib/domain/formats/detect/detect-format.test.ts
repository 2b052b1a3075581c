import { describe, expect, test } from 'vitest'
import { detectFormat } from './detect-format'
import { detectTimestamps } from './detect-timestamps'
import { cutToLines, firstLines, type TextSample } from './text-sample'

const sample = (text: string, change: Partial<TextSample> = {}): TextSample => ({
  path: '/a',
  text,
  whole: true,
  looksLike: null,
  ...change,
})

describe('candidates', () => {
  test('there are none where there is nothing to look at', () => {
    expect(detectFormat([])).toEqual([])
    expect(detectFormat([sample(''), sample(' \n\n')])).toEqual([])
    expect(detectFormat([sample('', { looksLike: { id: 'png', name: 'a PNG image' } })])).toEqual([])
  })

  test('objects behind one another on a line are not said to stand on several', () => {
    const [best] = detectFormat([sample('{"a":1}{"a":2}{"a":3}')])
    expect(best?.evidence[0]).toBe('All 3 values are JSON objects, one behind another.')
  })

  test('Parquet is told by its first bytes, and outvoted by texts', () => {
    const parquet = sample('', { looksLike: { id: 'parquet', name: 'Parquet' } })
    expect(detectFormat([parquet, parquet])[0]).toMatchObject({
      format: { type: 'parquet' },
      evidence: ['All 2 files begin with PAR1, as Parquet does.'],
      lostBecause: null,
    })
    const json = sample('{"a":1}\n{"a":2}\n')
    const closed = sample('', { looksLike: { id: 'parquet', name: 'encrypted Parquet' } })
    expect(detectFormat([parquet, closed])[0]?.evidence).toEqual([
      '1 of 2 files begins with PAR1, as Parquet does.',
      '1 of 2 files is encrypted Parquet, which cannot be read.',
    ])
    const mixed = detectFormat([parquet, json, json, json])
    expect(mixed.map(({ format }) => format.type)).toEqual(['json', 'line', 'parquet'])
    expect(mixed[2]?.lostBecause).toBe('Only 1 of 4 files is Parquet.')
  })

  test('say what was seen, and why the others lost', () => {
    const [first, ...others] = detectFormat([sample('id;name\n1;Ann, Mrs\n2;Bo\n3;Cy\n')])
    expect(first).toMatchObject({
      label: 'Separated values, semicolon',
      columns: ['id', 'name'],
      evidence: [
        'All 4 rows have 2 cells.',
        'The first row of the table holds names, unlike those below it.',
      ],
      lostBecause: null,
    })
    for (const other of others) expect(other.lostBecause).toMatch(/\.$/)
  })

  test('say in what files differ', () => {
    const usual = 'nr;name;betrag\n1;Ann;2\n2;Bo;3\n'
    const evidenceOf = (...texts: string[]) =>
      detectFormat(texts.map((text, index) => sample(text, { path: `/${index}` })))[0]?.evidence
    expect(evidenceOf(usual, usual, 'nr;name;betrag;land\n1;Ann;2;DE\n')).toEqual([
      '2 files have 3 columns, 1 has 4.',
      'Not all files have the same columns: land is in some of them only.',
      'All 3 files begin with a row of names.',
    ])
    expect(evidenceOf(usual, 'betrag;nr;name\n2;1;Ann\n3;2;Bo\n')).toContain(
      'The columns stand in another order in some files; they are found by their names.',
    )
    expect(evidenceOf(usual, usual, '1;Ann;2\n2;Bo;3\n')).toContain(
      '2 of 3 files begin with a row of names. /2 begins with data instead, whose first row would be read as names.',
    )
    expect(evidenceOf(usual, 'nr,name,betrag\n1,Ann,2\n', usual)).toContain(
      '/1 is separated by comma and would not be read rightly.',
    )
    expect(evidenceOf(usual, `${usual}3;C`)).toContain('/1 ends within a row.')
    expect(evidenceOf(usual, usual)?.[0]).toBe('All 6 rows of the 2 files have 3 cells.')
  })

  test('say of rows above a table and of its header what does not contradict', () => {
    const evidenceOf = (text: string) => detectFormat([sample(text)])[0]?.evidence.slice(1)
    expect(evidenceOf('Report of May\n1;Ann;2\n2;Bo;3\n4;Cy;9\n')).toEqual([
      'The first row stands above the table and is left out.',
      'The first row of the table is data like the rows below it: no row names the columns.',
    ])
    expect(evidenceOf('Report of May\nby us\nnr;name;n\n1;Ann;2\n2;Bo;3\n4;Cy;9\n')).toEqual([
      'The first 2 rows stand above the table and are left out.',
      'The first row of the table holds names, unlike those below it.',
    ])
  })

  test('an audit log is kept by line, JSON close behind', () => {
    const line = JSON.stringify({
      logger: 'dku.audit.generic',
      message: { msgType: 'login' },
      timestamp: 't',
    })
    const [first, second] = detectFormat([sample(`${line}\n${line}\n`)])
    expect(first).toMatchObject({
      layout: 'DSS audit log',
      format: { type: 'line', params: { expandJson: false } },
    })
    expect(second).toMatchObject({ layout: 'DSS audit log', format: { type: 'json' } })
    expect((first?.confidence ?? 0) - (second?.confidence ?? 0)).toBeLessThan(0.05)
  })

  test('a file of another kind among many lowers the confidence only', () => {
    const csv = sample('a,b\n1,2\n3,4\n')
    const [first] = detectFormat([csv, csv, csv, csv, sample('{"a":1}\n{"a":2}\n')])
    expect(first?.format).toMatchObject({ type: 'csv', params: { separator: ',' } })
  })

  test.each([
    ['{"a":NaN,"b":1}\n', 'It begins like JSON and is none, in /x at line 1, character 6: '],
    ['[\n  // all\n  {id: 1},\n]\n', 'It begins like JSON and is none, in /x at line 2, character 3: '],
    ['[main]\nkey=value\n', 'Any text can be read line by line.'],
    ['{started}\n', 'It begins like JSON and is none'],
  ])('say of %j why it is no JSON, if it looks like it', (text, told) => {
    const [first] = detectFormat([{ path: '/x', text: text.repeat(3), whole: true, looksLike: null }])
    expect(first?.format.type).toBe('line')
    expect(first?.evidence[0]).toContain(told)
  })

  test.each([
    ['| id | name |\n|----|:----:|\n', 1],
    ['| id | name |\n|    |      |\n', 0],
    ['| id | name |\n|----|    2 |\n', 0],
  ])('leave the rule of a Markdown table out: %j', (start, skipRowsAfterHeader) => {
    const rows = Array.from({ length: 9 }, (_, row) => `| ${row} | n${row} |\n`).join('')
    expect(detectFormat([sample(start + rows)])[0]?.format).toMatchObject({
      type: 'csv',
      params: { separator: '|', parseHeaderRow: true, skipRowsAfterHeader },
    })
  })

  test('take the charset that was found', () => {
    expect(detectFormat([sample('a;b\n1;2\n')], 'windows-1252')[0]?.format.params).toMatchObject({
      charset: 'windows-1252',
    })
  })
})

describe('times', () => {
  const times = (text: string) => {
    const samples = [sample(text)]
    const [first] = detectFormat(samples)
    return first === undefined ? [] : detectTimestamps(samples, first.format)
  }

  test('are told by how all values of a column are written', () => {
    expect(times('at,n\n2026-02-19T15:05:02.441+0000,1\n2026-02-19T15:05:03.001+0100,2\n')).toEqual([
      { column: 'at', layout: "yyyy-MM-dd'T'HH:mm:ss.SSSXX", example: '2026-02-19T15:05:02.441+0000' },
    ])
    expect(times('{"eventTime":"2026-11-22T10:00:00Z","n":1795000000}\n')).toMatchObject([
      { column: 'eventTime', layout: "yyyy-MM-dd'T'HH:mm:ssXXX" },
    ])
    expect(times('{"ts":1795000000123,"id":1795000000123}\n')).toMatchObject([
      { column: 'ts', layout: 'epoch milliseconds' },
    ])
    expect(
      times('10.0.0.1 - - [22/Nov/2026:10:00:00 +0000] "GET / HTTP/1.1" 200 12\n'.repeat(3)),
    ).toMatchObject([{ layout: 'dd/MMM/yyyy:HH:mm:ss Z' }])
    expect(times('day,n\n2026-11-22 10:00:00,1\n2026-11-23 10:00:00,2\n')).toMatchObject([
      { layout: 'yyyy-MM-dd HH:mm:ss' },
    ])
  })

  test('tell the day from the month by a number above 12, or say that nothing tells', () => {
    expect(times('d,n\n03/04/2026,1\n25/04/2026,2\n')).toEqual([
      { column: 'd', layout: 'dd/MM/yyyy', example: '03/04/2026' },
    ])
    expect(times('d,n\n03/04/2026,1\n04/25/2026,2\n')).toMatchObject([{ layout: 'MM/dd/yyyy' }])
    expect(times('d,n\n03/04/2026,1\n04/05/2026,2\n')).toMatchObject([
      { layout: 'dd/MM/yyyy', ambiguousWith: 'MM/dd/yyyy' },
    ])
    expect(times('d,n\n13/04/2026,1\n04/25/2026,2\n')).toEqual([])
    expect(times('d;n\n03.04.2026 10:00;1\n04.05.2026 11:00;2\n')).toEqual([
      { column: 'd', layout: 'dd.MM.yyyy HH:mm', example: '03.04.2026 10:00' },
    ])
  })
})

describe('a sample', () => {
  test('ends with a whole line, at N-1, N and N+1 characters', () => {
    expect(cutToLines('ab\ncd', true, 5)).toEqual({ text: 'ab\ncd', whole: true })
    expect(cutToLines('ab\ncd', true, 4)).toEqual({ text: 'ab\n', whole: false })
    expect(cutToLines('ab\ncd\n', true, 5)).toEqual({ text: 'ab\n', whole: false })
    expect(cutToLines('ab\ncd', false, 5)).toEqual({ text: 'ab\n', whole: false })
    expect(cutToLines('abcdef', true, 5)).toEqual({ text: 'abcde', whole: false })
  })

  test('has lines whatever ends them', () => {
    expect(firstLines('a\r\nb\rc\n\nd')).toEqual(['a', 'b', 'c', '', 'd'])
    expect(firstLines('a\nb\n', 1)).toEqual(['a'])
  })
})
