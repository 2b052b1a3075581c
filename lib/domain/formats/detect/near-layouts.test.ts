import { expect, test } from 'vitest'
import { detectFormat } from './detect-format'
import { detectTimestamps } from './detect-timestamps'

const sample = (text: string, path = '/a') => ({ path, text, whole: true, looksLike: null })
const best = (text: string, path?: string) => detectFormat([sample(text, path)])[0]

const ACCESS = '10.0.0.9 - - [21/Nov/2026:09:00:00 +0000] "GET /a HTTP/1.1" 200 17 "-" "curl/8.5.0"'

test('an access log with more fields says which layout it begins like, and how many fields follow', () => {
  const found = best(`${ACCESS} "10.1.1.1" rt=0.1 uct="0.0, 0.1"\n`.repeat(9))
  expect(found?.evidence).toEqual([
    'All 9 lines are written like nginx/Apache combined.',
    'They go on with 3 more fields, in further.',
  ])
  expect(found?.columns.slice(-3)).toEqual(['referrer', 'user_agent', 'further'])
})

test('an access log of several hosts has the host in a column of its own', () => {
  const found = best(`www.example.org:443 ${ACCESS}\n`.repeat(9))
  expect(found).toMatchObject({ layout: 'nginx/Apache combined, behind a host', format: { type: 'regexp' } })
  expect(found?.evidence[1]).toBe('They have www.example.org:443 before it, in vhost.')
})

test('a layout that is known whole is not taken for the beginning of another', () => {
  expect(best(`${ACCESS}\n`.repeat(9))?.layout).toBe('nginx/Apache combined')
})

test('syslog with ISO times, and errors of Apache, are called by their names', () => {
  const time = '2026-11-22T10:00:00.123456+01:00'
  expect(best(`${time} web-1 app[7]: message 1\n`.repeat(9))).toMatchObject({
    layout: 'syslog with ISO times',
    columns: ['time', 'host', 'program', 'pid', 'message'],
  })
  expect(best(`${time} INFO main: started\n`.repeat(9))?.layout).toBe(null)
  const error =
    '[Sun Nov 22 10:00:00.123456 2026] [core:error] [pid 3:tid 4] [client 192.0.2.4:10] AH00124: x\n'
  expect(best(error.repeat(9))).toMatchObject({ layout: 'Apache errors', format: { type: 'regexp' } })
})

const CEF = String.raw`CEF:0|Acme\|Sons|Wall|4.2|100|worm stopped|10|src=10.0.0.1 dst=2.1.2.2 msg=a\=b c`
const LEEF = 'LEEF:2.0|Acme|Wall|4.2|deny|^|src=10.0.0.1^dst=2.1.2.2^sev=5'
const EVENT = ['vendor', 'product', 'product_version']

test.each([
  ['CEF', CEF, [...EVENT, 'signature_id', 'name', 'severity', 'extension']],
  ['CEF', `<134>Nov 22 10:00:00 fw-1 ${CEF}`, [...EVENT, 'signature_id', 'name', 'severity', 'extension']],
  ['CEF', `2026-11-22T10:00:00Z fw-1 ${CEF}`, [...EVENT, 'signature_id', 'name', 'severity', 'extension']],
  ['LEEF', LEEF, [...EVENT, 'event_id', 'delimiter', 'extension']],
  ['LEEF', `Nov 22 10:00:00 fw-1 ${LEEF}`, [...EVENT, 'event_id', 'delimiter', 'extension']],
])('%s is called by its name: %s', (layout, line, columns) => {
  const found = best(`${line}\n`.repeat(9))
  expect(found).toMatchObject({ layout, format: { type: 'regexp', params: { unmatchedLines: 'keep' } } })
  expect(found?.columns.slice(-columns.length)).toEqual(columns)
  expect(found?.evidence).toEqual([`All 9 lines are written like ${layout}.`])
})

test('cells without a value as COPY writes them ask for escapes, with and without quotes', () => {
  const copied = '1\tAnn\t\\N\n2\tBo\\tB\t2026-11-22\n3\t\\N\t\\N\n4\tDi\tx\n'
  const params = { separator: '\t', style: 'escape_only_no_quote', parseHeaderRow: false }
  const found = best(copied)
  expect(found).toMatchObject({ format: { type: 'csv', params } })
  expect(found?.evidence).toContain('Cells of \\N alone have no value, as databases write them.')
  const quoted = '"1","Ann",\\N\n"2","Bo","x"\n"3",\\N,"y"\n'
  expect(best(quoted)?.format.params).toMatchObject({ separator: ',', style: 'unix' })
  const paths = 'id;path\n1;C:\\New\n2;\\\\N\n3;D:\\x\n'
  expect(best(paths)?.format.params).toMatchObject({ separator: ';', style: 'excel' })
})

test('the lines of auditd are called by their name', () => {
  expect(best('type=CWD msg=audit(1795255200.001:7): cwd="/root"\n'.repeat(9))?.layout).toBe('auditd')
  expect(best('level=info msg="it is up" took=3ms\n'.repeat(9))?.layout).toBe('logfmt')
})

test('rows that are written like the first one are not said to be unlike it', () => {
  const found = best('Oak,Brown\nElm,Grey\nPine,Green\nAsh,Grey\nFir,Green\n')
  expect(found?.evidence).toContain(
    'The first row of the table is data like the rows below it: no row names the columns.',
  )
  const named = best('City,Country\nRome,Italy\nOslo,Norway\nBern,Switzerland\n')
  expect(named?.format.params).toMatchObject({ parseHeaderRow: true })
  expect(named?.evidence.join(' ')).toContain('although the rows below it are written alike')
})

test.each([
  ['email\na@example.org\nb@example.org\n', '/mails.csv', true, 'Separated values, one column'],
  ['100017\n100030\n100043\n', '/ids.csv.gz', false, 'Separated values, one column'],
  ['100017\n100030\n100043\n', '/ids.txt', undefined, 'One record per line'],
  ['id,name,amount\n', '/empty.csv', true, 'Separated values, comma'],
])('what a file is called counts where nothing else does: %j in %s', (text, path, header, label) => {
  const found = best(text, path)
  expect(found?.label).toBe(label)
  expect(found?.format.type === 'csv' ? found.format.params.parseHeaderRow : undefined).toBe(header)
})

test('an array of arrays is named, with what to do', () => {
  expect(best('[["id","name"],[1,"Ann"],[2,"Bo"]]')?.evidence[0]).toMatch(
    /^The text is a JSON array of arrays/,
  )
})

test('the line of dashes of psql is left out', () => {
  const rows = Array.from({ length: 12 }, (_, n) => `  ${n + 10} | Ana  \n`).join('')
  const found = best(` id  | name \n-----+------\n${rows}(12 rows)\n`)
  expect(found?.format.params).toMatchObject({
    separator: '|',
    skipRowsAfterHeader: 1,
    skipLinesBesideRows: true,
  })
  expect(found?.evidence.join(' ')).toContain('The line of dashes under the names is left out.')
  expect(found?.evidence.join(' ')).toContain('Rule lines and row counts, as psql prints them, are left out.')
})

test('a sum beneath a table does not hide its dates', () => {
  const rows = Array.from({ length: 22 }, (_, n) => `${String(n + 1).padStart(2, '0')}.11.2026;${n},50`)
  const file = sample(`Datum;Betrag\n${rows.join('\n')}\nSumme;253,00\n`)
  const [found] = detectFormat([file])
  expect(found && detectTimestamps([file], found.format)).toMatchObject([
    { column: 'Datum', layout: 'dd.MM.yyyy' },
  ])
})
