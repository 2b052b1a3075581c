import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Context } from '../../access/caller'
import { freshDatabase } from '../../testing/database'
import { addDataset, definitionOver, makeDatasetScene, PROJECT } from '../../testing/dataset-scene'
import { countHeldBytes } from '../../testing/held-bytes'
import { streamRecords } from './stream-records'

/** So many that what else the process loads meanwhile counts for little. */
const READERS = 14
const RECORDS = 2
const CELL = 'a "large", plain '.repeat(100_000)
const MOST_BYTES = 1024 * 1024

let drop: () => Promise<void>
let mira: Context

const columns = [
  { name: 'n', type: 'string' },
  { name: 'text', type: 'string' },
]
const common = { charset: 'utf8', compress: '' }
const csvParams = { ...common, style: 'excel', separator: ',', quoteChar: '"', escapeChar: '\\' }
const nameOf = (name: string) => ({ projectKey: PROJECT, name })
const [csv, json, line, pattern] = [nameOf('csv'), nameOf('json'), nameOf('line'), nameOf('pattern')]
const schema = { columns, userModified: true }
const rows = Array.from({ length: RECORDS }, (_, n) => `${n},"${CELL.replaceAll('"', '""')}"\n`)
const objects = Array.from({ length: RECORDS }, (_, n) => `${JSON.stringify({ n: String(n), text: CELL })}\n`)

beforeAll(async () => {
  drop = await freshDatabase()
  const scene = await makeDatasetScene()
  ;({ mira } = scene)
  await scene.put('csv/a.csv', `n,text\n${rows.join('')}`)
  await scene.put('json/a.json', objects.join(''))
  await addDataset(mira, 'csv', {
    ...definitionOver('/csv/'),
    formatType: 'csv',
    formatParams: { ...csvParams, parseHeaderRow: true, skipRowsBeforeHeader: 0, skipRowsAfterHeader: 0 },
    schema,
  })
  await addDataset(mira, 'json', {
    ...definitionOver('/json/'),
    formatType: 'json',
    formatParams: common,
    schema,
  })
  await addDataset(mira, 'line', {
    ...definitionOver('/json/'),
    formatParams: { ...common, maxLineChars: 0, expandJson: true, expandDepth: 1 },
    schema,
  })
  await addDataset(mira, 'pattern', {
    ...definitionOver('/json/'),
    formatType: 'regexp',
    formatParams: { ...common, pattern: '(?<text>.*)', unmatchedLines: 'fail' },
    schema,
  })
})
afterAll(() => drop())

const open = (ref: typeof csv, format: 'csv' | 'json') =>
  streamRecords(mira, ref, { partitions: [], format, sessionId: null })

async function readOn(stream: AsyncGenerator<Buffer, void>): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

test.each([
  ['rows of CSV', csv, 'csv', `n,text\r\n${rows.join('').replaceAll('"\n', '"\r\n')}`],
  ['values of JSON', json, 'json', objects.join('')],
  ['JSON in lines', line, 'json', objects.join('')],
  [
    'lines of a pattern',
    pattern,
    'json',
    objects.map((object) => `${JSON.stringify({ text: object.trim() })}\n`).join(''),
  ],
] as const)(
  'readers who take nothing of large %s hold little, and hold nobody up',
  async (_, ref, format, text) => {
    // Once before, so that what is only ever loaded once is not counted.
    await readOn(await open(ref, format))
    const before = await countHeldBytes()
    // Each of them stands in the middle of a record: were it a record's turn that they hold, most would wait for ever.
    const stalled = await Promise.all(Array.from({ length: READERS }, () => open(ref, format)))
    const firsts = await Promise.all(stalled.map((stream) => stream.next()))
    expect(firsts.map(({ done }) => done)).toEqual(stalled.map(() => false))
    expect(((await countHeldBytes()) - before) / READERS).toBeLessThan(MOST_BYTES)
    const [first, ...others] = stalled
    for (const stream of others) await stream.return()
    const got = `${firsts[0]?.value}${first && (await readOn(first))}`
    // Of texts of megabytes no difference is printed.
    expect(got === text).toBe(true)
  },
  120_000,
)
