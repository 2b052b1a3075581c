import { expect, test } from 'vitest'
import { exportColumns, exportRows } from './export-sample'
import { type Sample, sample } from './sample-wire'

function sampleOf(rows: Partial<Sample['rows'][number]>[]): Sample {
  return sample.parse({
    mode: 'first-records',
    partitions: ['NP'],
    partitionsTotal: null,
    columns: [{ name: 'amount', type: 'double' }],
    files: [{ path: '/a.json', partition: 'NP' }],
    rows: rows.map((row, index) => ({ file: 0, number: index + 1, cells: [null], ...row })),
    problems: [],
    readAt: '2026-11-23T10:00:00Z',
    durationMs: 1,
    endedBy: null,
    filesRead: 1,
    filesFound: 1,
    emptyBecause: null,
    isUnmatched: false,
  })
}
const csvOf = (given: Sample) => [...exportRows(given, 'csv')].join('').split('\r\n')

test('a record that could not be taken apart goes out with its text and why', () => {
  const given = sampleOf([{ cells: ['1'] }, { unparsed: 'Record 2 is not valid JSON.', raw: '=broken, {"a' }])
  expect(csvOf(given)).toEqual([
    'amount,_partition,_file,_record,_characters,_unparsed,_raw',
    '1,NP,/a.json,1,,,',
    `,NP,/a.json,2,,Record 2 is not valid JSON.,"'=broken, {""a"`,
    '',
  ])
  expect(JSON.parse([...exportRows(given, 'json')].join(''))).toMatchObject([
    { amount: '1', _unparsed: null, _raw: null },
    { amount: null, _unparsed: 'Record 2 is not valid JSON.', _raw: '=broken, {"a' },
  ])
  expect(exportColumns(given).slice(-2)).toEqual([
    { name: '_unparsed', type: 'string', values: [null, 'Record 2 is not valid JSON.'] },
    { name: '_raw', type: 'string', values: [null, '=broken, {"a'] },
  ])
})

test('where all were taken apart nothing more goes out', () => {
  expect(csvOf(sampleOf([{ cells: ['1'] }]))[0]).toBe('amount,_partition,_file,_record,_characters')
})

test('CSV defuses what a spreadsheet would run, and lets numbers be numbers', () => {
  const kept = ['-12.50', '-12,50', '-1', '-1e5', '-1.5E-3', '0', '12']
  const defused = ['=1+1', '-1+1', '+49 30', '-', '-A1', '@x', '-1.2.3', '\t-1', '-1\n']
  const cellsOf = (texts: string[]) =>
    texts.map((text) => [...exportRows(sampleOf([{ cells: [text] }]), 'csv')].join('').split('\r\n')[1])
  for (const [index, row] of cellsOf(kept).entries())
    expect(row).toBe(
      kept[index]?.includes(',') ? `"${kept[index]}",NP,/a.json,1,` : `${kept[index]},NP,/a.json,1,`,
    )
  for (const row of cellsOf(defused)) expect(row).toMatch(/^"?'/)
})
