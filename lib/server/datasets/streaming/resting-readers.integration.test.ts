import { readFileSync } from 'node:fs'
import { constants, gzipSync, zstdCompressSync } from 'node:zlib'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { csvParamsSchema } from '#lib/domain/formats/csv-params'
import { jsonParamsSchema } from '#lib/domain/formats/json-params'
import type { Context } from '../../access/caller'
import { buildZip } from '../../testing/build-zip'
import { freshDatabase } from '../../testing/database'
import { addDataset, definitionOver, makeDatasetScene, PROJECT } from '../../testing/dataset-scene'
import { countHeldBytes } from '../../testing/held-bytes'
import { streamRecords } from './stream-records'

const READERS = 10
/** A reading rests some seconds after the last of it was taken. */
const UNTIL_ALL_REST = { timeout: 30_000, interval: 500 }
const MOST_BYTES = 1024 * 1024

let drop: () => Promise<void>
let mira: Context

const count = (length: number) => Array.from({ length }, (_, n) => n)
const common = { charset: 'utf8', compress: '' }
const columnsOf = (...names: string[]) => ({
  columns: names.map((name) => ({ name, type: 'string' })),
  userModified: true,
})
const linesOf = (records: number) => count(records).map((n) => `${n} ${(n * 2_654_435_761) % 4_294_967_296}`)

const packed = (records: number, write: (line: string) => string) =>
  gzipSync(linesOf(records).map(write).join('\n'))

/** Streams of bzip2 whose blocks may be of the largest size. */
function bzip2(): Buffer {
  const url = new URL('../../reader/fixtures/compressed/bzip2-objects.bz2', import.meta.url)
  const stream = Buffer.from(readFileSync(url))
  stream.write('BZh9')
  return Buffer.concat(Array.from({ length: 4 }, () => stream))
}

/** One frame that refers back over 8 MiB. */
const zstd = () =>
  zstdCompressSync(linesOf(600_000).join('\n'), {
    params: { [constants.ZSTD_c_windowLog]: 23, [constants.ZSTD_c_compressionLevel]: 1 },
  })

function parquet(): Buffer {
  const rows = linesOf(70_000)
  const names = ['a', 'b', 'c', 'd']
  const data = names.map((name) => rows.map((row) => `${name} ${row}`))
  return Buffer.from(
    parquetWriteBuffer({
      columnData: names.map((name, place) => ({ name, data: data[place] ?? [], type: 'STRING' })),
      rowGroupSize: rows.length,
    }),
  )
}

const zip = () =>
  buildZip(
    count(3_000).map((n) => ({
      name: `${'folder/'.repeat(20)}${n}.log`,
      data: Buffer.from(`${n} ${'text '.repeat(80)}\n`),
    })),
  )

const CASES = {
  bzip2: { bytes: bzip2, name: 'a.bz2', definition: {} },
  zstd: { bytes: zstd, name: 'a.zst', definition: {} },
  parquet: {
    bytes: parquet,
    name: 'a.parquet',
    definition: { formatType: 'parquet', formatParams: {}, schema: columnsOf('a', 'b', 'c', 'd') },
  },
  'many entries of zip': { bytes: zip, name: 'a.zip', definition: {} },
  'small JSON': {
    bytes: () => packed(100_000, (line) => `{"n":${line.slice(0, 1)}}`),
    name: 'a.json.gz',
    definition: { formatType: 'json', formatParams: jsonParamsSchema.parse({}), schema: columnsOf('n') },
  },
  'JSON in small lines': {
    bytes: () => packed(100_000, (line) => `{"n":${line.slice(0, 1)}}`),
    name: 'a.json.gz',
    definition: {
      formatParams: { ...common, maxLineChars: 0, expandJson: true, expandDepth: 1 },
      schema: columnsOf('n'),
    },
  },
  'small CSV': {
    bytes: () => packed(200_000, (line) => `${line.slice(0, 1)},`),
    name: 'a.csv.gz',
    definition: {
      formatType: 'csv',
      formatParams: csvParamsSchema.parse({ parseHeaderRow: false }),
      schema: columnsOf('col_0', 'col_1'),
    },
  },
  'small lines of a pattern': {
    bytes: () => packed(100_000, (line) => line.slice(0, 2)),
    name: 'a.log.gz',
    definition: {
      formatType: 'regexp',
      formatParams: { ...common, pattern: '(?<n>\\d)(?<rest>.*)', unmatchedLines: 'fail' },
      schema: columnsOf('n', 'rest'),
    },
  },
}

beforeAll(async () => {
  drop = await freshDatabase()
  const scene = await makeDatasetScene()
  ;({ mira } = scene)
  for (const [index, { bytes, name, definition }] of Object.values(CASES).entries()) {
    await scene.put(`case_${index}/${name}`, bytes())
    await addDataset(mira, `case_${index}`, { ...definitionOver(`/case_${index}/`), ...definition })
  }
})
afterAll(() => drop())

async function readOn(stream: AsyncGenerator<Buffer, void>): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString()
}

test.each(Object.keys(CASES).map((of, index) => ({ of, index })))(
  'readers who stand still hold little of $of, and are given the rest when they go on',
  async ({ index }) => {
    const open = () =>
      streamRecords(
        mira,
        { projectKey: PROJECT, name: `case_${index}` },
        { partitions: [], format: 'csv', sessionId: null },
      )
    const text = await readOn(await open())
    const before = await countHeldBytes()
    const first = await open()
    const firstText = String((await first.next()).value)
    const others: AsyncGenerator<Buffer, void>[] = []
    for (let reader = 0; reader < READERS; reader++) {
      const stream = await open()
      await stream.next()
      others.push(stream)
    }
    const heldByEach = async () => ((await countHeldBytes()) - before) / (READERS + 1)
    await expect.poll(heldByEach, UNTIL_ALL_REST).toBeLessThan(MOST_BYTES)
    for (const stream of others) await stream.return()
    const got = `${firstText}${await readOn(first)}`
    // Of texts of megabytes no difference is printed.
    expect(got === text).toBe(true)
  },
  120_000,
)
