import { describe, expect, it } from 'vitest'
import { type CsvFormat, csvFormatSchema } from '#lib/domain/formats/csv'
import { readTable, toObjects } from '#lib/server/testing/read-table'

const csv = (params: Partial<CsvFormat['params']> = {}): CsvFormat =>
  csvFormatSchema.parse({ type: 'csv', params })
const read = (text: string, params: Partial<CsvFormat['params']> = {}, options = {}) =>
  readTable(Buffer.from(text), csv(params), options)
const reasons = (outcome: { problems: { reason: string }[] }) => outcome.problems.map(({ reason }) => reason)
const KEEP = { limits: { recordFaults: 'keep' as const } }

describe('readCsv', () => {
  it('names the columns by the header, or by their places', async () => {
    const text = '\ufeffname ,,name,constructor,__proto__\na,b,c,d,e\n'
    const outcome = await read(text)
    expect(outcome.columns).toEqual(['name', 'col_1', 'name_2', 'constructor', '__proto__'])
    expect(outcome.rows).toEqual([['a', 'b', 'c', 'd', 'e']])
    expect(outcome.problems).toMatchObject([{ reason: 'column-name-twice', column: 'name_2' }])
    expect(toObjects(outcome)).toHaveLength(1)
    expect(await read('a,b\n', { parseHeaderRow: false })).toMatchObject({
      columns: ['col_0', 'col_1'],
      rows: [['a', 'b']],
      problems: [],
    })
    expect(await read('a,b\n')).toMatchObject({ columns: ['a', 'b'], rows: [], problems: [] })
    expect(await read('')).toMatchObject({ columns: [], rows: [], problems: [] })
  })

  it('never gives a name of the header away', async () => {
    expect((await read('a,a,a_2,,col_3,a,\n1,2,3,4,5,6,7,8')).columns).toEqual([
      'a',
      'a_3',
      'a_2',
      'col_3_2',
      'col_3',
      'a_4',
      'col_6',
      'col_7',
    ])
  })

  it('tells of a header that comes again, and leaves it out when asked', async () => {
    const text = 'id,name\n7,Meyer\nid,name\n8,Ott\n\nid,name\n'
    const told = await read(text)
    expect(told.rows).toHaveLength(4)
    expect(told.problems).toMatchObject([
      {
        reason: 'repeated-header',
        record: 2,
        count: 2,
        fixes: [{ label: 'Skip rows that repeat the header', params: { skipRepeatedHeaders: true } }],
      },
      { reason: 'repeated-header', record: 4 },
      { reason: 'empty-lines', count: 1 },
    ])
    const skipped = await read(text, { skipRepeatedHeaders: true })
    expect(skipped.rows).toEqual([
      ['7', 'Meyer'],
      ['8', 'Ott'],
    ])
    expect(skipped.problems).toMatchObject([
      { reason: 'repeated-header', message: 'Rows that repeat the header are left out.', count: 2 },
      { reason: 'repeated-header' },
      { reason: 'empty-lines', count: 1 },
    ])
    // A single name may well be a value.
    expect((await read('id\n1\nid\n')).problems).toEqual([])
  })

  it('tells of what psql prints beside the rows, and leaves it out when asked', async () => {
    const text = ' id | name \n----+------\n  1 | Ann  \n  2 | (3 rows)\n(2 rows)\n'
    const told = await read(text, { separator: '|' })
    expect(told.rows).toHaveLength(4)
    expect(told.problems).toMatchObject([
      {
        reason: 'line-beside-rows',
        record: 1,
        count: 2,
        fixes: [{ label: 'Skip rule lines and row counts', params: { skipLinesBesideRows: true } }],
      },
      { reason: 'line-beside-rows', record: 4 },
    ])
    const skipped = await read(text, { separator: '|', skipLinesBesideRows: true })
    expect(skipped.rows).toEqual([
      ['  1 ', ' Ann  '],
      ['  2 ', ' (3 rows)'],
    ])
    expect(skipped.problems).toMatchObject([
      { reason: 'line-beside-rows', message: 'Rule lines and row counts are left out.', count: 2 },
      { reason: 'line-beside-rows' },
    ])
    // In a table of one column it may well be a value.
    const one = await read('mark\n---\n(2 rows)\n', { skipLinesBesideRows: true })
    expect(one).toMatchObject({ rows: [['---'], ['(2 rows)']], problems: [] })
  })

  it('reads files without a header by position, where names are told', async () => {
    const params = { headerNames: ['id', 'name'], skipRowsAfterHeader: 1 }
    const columns = ['id', 'name']
    expect(await read('7,Meyer\n8,Ott\n', params)).toMatchObject({
      columns,
      rows: [
        ['7', 'Meyer'],
        ['8', 'Ott'],
      ],
      problems: [],
    })
    const headed = await read('name, id,late\nunits\nAda,1,x\n', params)
    expect(headed).toMatchObject({ columns: ['name', 'id', 'late'], rows: [['Ada', '1', 'x']] })
    const inOtherLetters = await read('ID,Name\nunits\n1,Ada\n', params)
    expect(inOtherLetters).toMatchObject({ columns: ['ID', 'Name'], rows: [['1', 'Ada']] })
    expect(await read('1,2,3\n', params)).toMatchObject({ columns: ['id', 'name', 'col_2'] })
    expect(await read('', params)).toMatchObject({ columns: [], rows: [] })
  })

  it('skips rows before and behind the header, empty ones too', async () => {
    const text = 'Report\n\n"of\ntoday"\na,b\nunits\n\n1,2\n\n3,4\n\n'
    const outcome = await read(text, { skipRowsBeforeHeader: 3, skipRowsAfterHeader: 2 })
    expect(outcome).toMatchObject({
      columns: ['a', 'b'],
      rows: [
        ['1', '2'],
        ['3', '4'],
      ],
      skipped: 2,
    })
    expect(outcome.problems).toMatchObject([{ reason: 'empty-lines', count: 2 }])
    const headless = await read('x\n1,2', { skipRowsBeforeHeader: 1, parseHeaderRow: false })
    expect(headless).toMatchObject({ columns: ['col_0', 'col_1'], rows: [['1', '2']] })
    expect(await read('x\n1,2', { skipRowsBeforeHeader: 5 })).toMatchObject({ columns: [], rows: [] })
  })

  it('keeps ragged rows, and tells of them', async () => {
    const outcome = await read('a,b\n1\n1,2\n1,2,3,4\n5,6\n')
    expect(outcome.columns).toEqual(['a', 'b', 'col_2', 'col_3'])
    expect(toObjects(outcome)).toEqual([
      { a: '1' },
      { a: '1', b: '2' },
      { a: '1', b: '2', col_2: '3', col_3: '4' },
      { a: '5', b: '6' },
    ])
    expect(outcome.rows[0]).toEqual(['1', undefined])
    expect(outcome.problems).toMatchObject([
      { reason: 'ragged-rows', record: 1, count: 1, excerpt: '1' },
      { reason: 'ragged-rows', record: 3, count: 1 },
    ])
    const many = await read(`a,b\n${'1\n'.repeat(100)}`)
    expect(many.problems).toHaveLength(20)
    expect(many.problems[0]).toMatchObject({ count: 100 })
  })

  it('judges rows by the header, also behind one that is too wide', async () => {
    const outcome = await read(`a,b\n${'1,2\n'.repeat(3_000)}1,2,LOST\n${'1,2\n'.repeat(1_999)}7\n8\n`)
    expect(outcome.rows[3_000]).toEqual(['1', '2', 'LOST'])
    expect(outcome.problems.map(({ message, record, count }) => [message, record, count])).toEqual([
      ['The record has 3 cells for 2 columns: the further one is read as col_2.', 3_001, 1],
      ['The record has 1 cell for 2 columns: the last ones are absent.', 5_001, 2],
      ['The record has 1 cell for 2 columns: the last ones are absent.', 5_002, undefined],
    ])
    const widths = Array.from({ length: 40 }, (_, cells) => 'x,'.repeat(cells + 3)).join('\n')
    const wild = await read(`a,b\n${widths}\n${'1,2\n'.repeat(40)}`)
    expect(wild.problems.reduce((sum, { count = 0 }) => sum + count, 0)).toBe(40)
    expect(wild.problems.length).toBeLessThanOrEqual(40)
  })

  it('tells only of the records that were taken', async () => {
    for (const maxRecords of [1, 2, 3]) {
      const outcome = await read('a,b\n1,2\n3\n4,5,6\n', {}, { limits: { maxRecords } })
      expect(outcome.rows).toHaveLength(maxRecords)
      expect(outcome.columns).toHaveLength(maxRecords < 3 ? 2 : 3)
      expect(outcome.problems).toHaveLength(maxRecords - 1)
    }
  })

  it('says where a quote is never closed', async () => {
    const text = 'a,é\n1,2\n3,"é4\n5,6\n'
    const wanted = {
      reason: 'ERR_DATASET_CSV_UNTERMINATED_QUOTE',
      where: '/a',
      offset: 11,
      facts: { record: 2 },
    }
    const failed = await read(text)
    expect(failed.failure?.details).toMatchObject(wanted)
    expect(failed.rows).toEqual([['1', '2']])
    expect((await read(`\ufeff${text}`)).failure?.details.offset).toBe(14)
    const latin1 = await readTable(Buffer.from(text, 'latin1'), csv({ charset: 'latin1' }))
    expect(latin1.failure?.details.offset).toBe(10)
    const utf16 = await readTable(Buffer.from(`\ufeff${text}`, 'utf16le'), csv(), { sizes: [5] })
    expect(utf16.failure?.details.offset).toBe(22)
    const kept = await read(text, {}, KEEP)
    expect(kept.failure).toBeUndefined()
    expect(kept.texts).toEqual(['1,2', '3,"é4\n5,6\n'])
    expect(kept.rows[1]).toEqual([])
    expect(kept.problems).toMatchObject([
      {
        record: 2,
        offset: 11,
        column: 'é',
        excerpt: '"é4\n5,6\n',
        fixes: [{ label: 'Read without quotes', params: { style: 'no_escape_no_quote' } }],
      },
    ])
    const fixed = await read(text, kept.problems[0]?.fixes?.[0]?.params)
    expect(fixed.rows).toEqual([
      ['1', '2'],
      ['3', '"é4'],
      ['5', '6'],
    ])
  })

  it('says so of rows that are no records as well, and takes no name from an open header', async () => {
    for (const [place, text, params] of [
      ['A row before the header', '"note\na,b\n1,2\n', { skipRowsBeforeHeader: 1 }],
      ['The header row', 'a,"b\n1,2\n', {}],
      ['A row behind the header', 'a,b\n"units\n1,2\n', { skipRowsAfterHeader: 1 }],
    ] as const) {
      const failed = await read(text, params)
      expect(failed.failure?.details.reason).toBe('ERR_DATASET_CSV_UNTERMINATED_QUOTE')
      expect(failed.failure?.message).toMatch(new RegExp(`^${place} has a quote`))
      const kept = await read(text, params, KEEP)
      expect(reasons(kept)).toEqual(['ERR_DATASET_CSV_UNTERMINATED_QUOTE'])
      expect(kept.rows).toEqual([])
      expect(kept.columns.length).toBeLessThanOrEqual(2)
      expect(kept.columns.join('')).not.toContain('\n')
    }
  })

  it('takes \\N for no value where characters are escaped, outside of quotes alone', async () => {
    const text = 'a\t\\N\tc\\N\n"\\N"\t\\NN\t\\N\n'
    const rowsIn = async (style: CsvFormat['params']['style']) =>
      (await read(text, { style, separator: '\t', parseHeaderRow: false })).rows
    expect(await rowsIn('escape_only_no_quote')).toEqual([
      ['a', null, 'cN'],
      ['"N"', 'NN', null],
    ])
    expect(await rowsIn('unix')).toEqual([
      ['a', null, 'cN'],
      ['N', 'NN', null],
    ])
    expect(await rowsIn('excel')).toEqual([
      ['a', '\\N', 'c\\N'],
      ['\\N', '\\NN', '\\N'],
    ])
  })

  it('says that Excel was told the separator', async () => {
    const text = 'sep=;\r\na;b\r\n1,5;2\r\n'
    const [problem] = (await read(text)).problems
    expect(problem).toMatchObject({ reason: 'separator-declared' })
    expect(await read(text, problem?.fixes?.[0]?.params)).toMatchObject({
      columns: ['a', 'b'],
      rows: [['1,5', '2']],
      problems: [],
    })
  })
})
