import type { IncomingMessage, ServerResponse } from 'node:http'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type LoopbackServer, openTestStore, startServer } from '#lib/server/testing/loopback-store'
import { readParquet } from '#lib/server/testing/read-parquet'
import { countRecords } from '../count-records'
import { previewObject } from '../preview-object'

const ROWS = 200_000
const FORMAT = { type: 'parquet', params: {} } as const

/** One row group of many pages, as large as quick tests allow. */
function largeFile(): Buffer {
  const rows = Array.from({ length: ROWS }, (_, index) => index)
  const text = (index: number) =>
    `${index.toString(36)}-${((index * 2_654_435_761) % 4_294_967_296).toString(36)}`
  const written = parquetWriteBuffer({
    columnData: [
      { name: 'id', data: rows, type: 'INT32' },
      { name: 'text', data: rows.map(text), type: 'STRING' },
      { name: 'more', data: rows.map((index) => text(index * 7)), type: 'STRING' },
    ],
    rowGroupSize: ROWS,
    pageSize: 32 * 1024,
  })
  return Buffer.from(written)
}

describe('a large Parquet file in a bucket', () => {
  const file = largeFile()
  let server: LoopbackServer
  let requests: string[] = []

  function answer(request: IncomingMessage, response: ServerResponse): void {
    const headers = {
      etag: '"1"',
      'last-modified': 'Sun, 22 Nov 2026 00:00:00 GMT',
      'accept-ranges': 'bytes',
    }
    if (request.method === 'HEAD') {
      response.writeHead(200, { ...headers, 'content-length': file.length }).end()
      return
    }
    const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '')
    requests.push(range?.[0] ?? 'whole')
    const start = Number(range?.[1] ?? 0)
    const bytes = file.subarray(start, Number(range?.[2] ?? file.length - 1) + 1)
    const contentRange = `bytes ${start}-${start + bytes.length - 1}/${file.length}`
    response
      .writeHead(206, { ...headers, 'content-length': bytes.length, 'content-range': contentRange })
      .end(bytes)
  }

  beforeAll(async () => {
    server = await startServer(answer)
  })
  afterAll(() => server.close())

  it('is previewed by a few ranges', async () => {
    requests = []
    const store = openTestStore(server.endpoint)
    const preview = await previewObject({ store, path: '/large.parquet', format: FORMAT, maxRecords: 1_000 })
    expect(preview).toMatchObject({
      records: 1_000,
      truncatedBy: 'records',
      problems: [],
      sizeBytes: file.length,
    })
    expect(preview.columns).toEqual([
      { name: 'id', type: 'int' },
      { name: 'text', type: 'string' },
      { name: 'more', type: 'string' },
    ])
    expect(preview.rows[999]?.cells[0]).toBe('999')
    expect(file.length).toBeGreaterThan(5_000_000)
    expect(requests.length).toBeLessThanOrEqual(8)
    const bytes = requests
      .map((range) => /(\d+)-(\d+)/.exec(range))
      .map((found) => Number(found?.[2]) - Number(found?.[1]) + 1)
    expect(bytes.reduce((sum, length) => sum + length, 0)).toBeLessThan(512 * 1024)
  })

  it('is counted by its metadata alone', async () => {
    requests = []
    const store = openTestStore(server.endpoint)
    const counts = []
    for await (const count of countRecords({ store, paths: ['/large.parquet'], format: FORMAT }))
      counts.push(count)
    expect(counts).toMatchObject([{ path: '/large.parquet', records: ROWS, replacedBytes: 0 }])
    expect(requests).toHaveLength(1)
  })

  it('reads the same whole', async () => {
    const { cells, failure } = await readParquet(file)
    expect(failure).toBeUndefined()
    expect(cells).toHaveLength(ROWS)
    expect(cells.every(([id], index) => id === String(index))).toBe(true)
  })
})

describe('records that go on in the next page', () => {
  it('are read whole', async () => {
    const lists = Array.from({ length: 300 }, (_, row) =>
      Array.from({ length: (row * row) % 37 }, (_entry, index) => `item ${row} ${index}`),
    )
    const written = parquetWriteBuffer({
      columnData: [{ name: 'items', data: lists }],
      schema: [
        { name: 'root', num_children: 1 },
        { name: 'items', num_children: 1, repetition_type: 'OPTIONAL', converted_type: 'LIST' },
        { name: 'list', num_children: 1, repetition_type: 'REPEATED' },
        { name: 'element', type: 'BYTE_ARRAY', repetition_type: 'OPTIONAL', converted_type: 'UTF8' },
      ],
      pageSize: 200,
    })
    const { cells, failure } = await readParquet(Buffer.from(written))
    expect(failure).toBeUndefined()
    expect(cells.map(([cell]) => JSON.parse(cell ?? 'null'))).toEqual(lists)
  })
})
