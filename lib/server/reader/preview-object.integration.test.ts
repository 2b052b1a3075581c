import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { csvFormatSchema } from '#lib/domain/formats/csv'
import { jsonFormatSchema } from '#lib/domain/formats/json'
import { DEFAULT_LINE_FORMAT } from '#lib/domain/formats/line'
import { type Preview, previewSchema } from '#lib/domain/formats/wire'
import type { ObjectStore } from '#lib/server/platform/object-store/types'
import { buildZip } from '#lib/server/testing/build-zip'
import { gather, openTestStore } from '#lib/server/testing/loopback-store'
import { startS3 } from '../../embedded/s3/server.mjs'
import { countRecords } from './count-records'
import { previewObject } from './preview-object'

let dir: string
let s3: Awaited<ReturnType<typeof startS3>>
let store: ObjectStore

beforeAll(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'preview-'))
  s3 = await startS3({ dir, keys: [{ accessKeyId: 'AKTEST', secretAccessKey: 'secret' }], buckets: ['logs'] })
  store = openTestStore(s3.endpoint, { timeouts: { idleMs: 5_000, answerMs: 10_000 } })
})

afterAll(async () => {
  await s3?.close()
  await rm(dir, { recursive: true, force: true })
})

const lines = Array.from({ length: 500 }, (_, n) => `{"n":${n}}`)
const text = `${lines.join('\n')}\n`

async function preview(name: string, body: Buffer, maxRecords?: number): Promise<Preview> {
  await store.put({ path: name, body, onlyIfAbsent: false })
  const request = { store, path: name, format: DEFAULT_LINE_FORMAT }
  return previewSchema.parse(
    await previewObject(maxRecords === undefined ? request : { ...request, maxRecords }),
  )
}

describe('previewObject', () => {
  it('shows the first records of a gz object and what was used', async () => {
    const shown = await preview('/a/b.ndjson.gz', gzipSync(text))
    expect(shown).toMatchObject({
      usedPath: '/a/b.ndjson.gz',
      compression: 'gzip',
      charset: 'utf8',
      records: 100,
      truncatedBy: 'records',
      replacedBytes: 0,
      problems: [],
      columns: [{ name: 'line', type: 'string' }],
    })
    expect(shown.rows[99]).toEqual({ number: 100, cells: ['{"n":99}'] })
  })

  it('has the columns of the records that it shows, and none of those read ahead', async () => {
    const body = `${'{"n":1}\n'.repeat(2_001)}{"n":2,"late":3}\n`
    await store.put({ path: '/late.json', body: Buffer.from(body), onlyIfAbsent: false })
    const format = jsonFormatSchema.parse({ type: 'json', params: {} })
    const namesOf = async (maxRecords: number) =>
      (await previewObject({ store, path: '/late.json', format, maxRecords })).columns.map(({ name }) => name)
    expect(await namesOf(10)).toEqual(['n'])
    expect(await namesOf(2_001)).toEqual(['n'])
    expect(await namesOf(2_002)).toEqual(['n', 'late'])
  })

  it('says when the object is shown whole', async () => {
    expect(await preview('/whole', Buffer.from(text), 500)).toMatchObject({
      records: 500,
      truncatedBy: null,
      compression: 'none',
    })
    expect(await preview('/empty.gz', Buffer.alloc(0))).toMatchObject({
      records: 0,
      truncatedBy: null,
      problems: [],
    })
  })

  it('has no columns of what is no text, and reads tables beside it in an archive', async () => {
    const inner = buildZip([{ name: 'q.csv', data: Buffer.from('id\n9\n'.repeat(99)), method: 0 }])
    const csv = csvFormatSchema.parse({ type: 'csv', params: { separator: ',' } })
    const shown = async (name: string, entries: { name: string; data: Buffer }[]) => {
      await store.put({ path: name, body: buildZip(entries), onlyIfAbsent: false })
      return previewObject({ store, path: name, format: csv })
    }
    const alone = await shown('/alone.zip', [{ name: 'inner.zip', data: inner }])
    expect(alone).toMatchObject({ looksLike: 'a zip archive', columns: [], rows: [] })
    const tables = ['a', 'b'].map((name) => ({ name: `${name}.csv`, data: Buffer.from('id\n1\n') }))
    expect(await shown('/beside.zip', [...tables, { name: 'inner.zip', data: inner }])).toMatchObject({
      looksLike: null,
      columns: [{ name: 'id' }],
      records: 2,
      problems: [{ reason: 'zip-entries-left-out' }],
    })
  })

  it('names binary content instead of showing it', async () => {
    const parquet = Buffer.concat([Buffer.from('PAR1\x15\x04'), Buffer.alloc(100, 0xff)])
    expect(await preview('/x.parquet', parquet)).toMatchObject({
      rows: [],
      problems: [{ reason: 'looks-like-binary', message: 'This looks like Parquet' }],
    })
    const xz = await preview('/x.xz', Buffer.from('fd377a585a0000', 'hex'))
    expect(xz).toMatchObject({
      rows: [],
      truncatedBy: 'failure',
      problems: [{ message: 'This looks like xz, which cannot be read yet' }],
    })
  })

  it('takes a log with a stray NUL as text, and tells of it', async () => {
    const log = `${'10:00 INFO ready\n'.repeat(3)}10:01 INFO\0\0\n${'10:02 INFO on\n'.repeat(20)}a\0\n`
    const shown = await preview('/nul.log', Buffer.from(log))
    expect(shown).toMatchObject({
      looksLike: null,
      records: 25,
      problems: [{ reason: 'nul-byte', record: 4, count: 2, excerpt: '10:01 INFO␀␀' }],
    })
    expect(shown.problems[0]?.message).toMatch(/^NUL byte: /)
    expect(shown.rows[3]?.cells).toEqual(['10:01 INFO\0\0'])
  })

  it('shows the files of a zip archive one behind the other', async () => {
    const zip = buildZip([
      { name: 'b/', data: Buffer.alloc(0) },
      { name: 'b/one.log', data: Buffer.from(text) },
      { name: 'a.log', data: Buffer.from('the last') },
    ])
    const shown = await preview('/x.zip', zip, 1_000)
    expect(shown).toMatchObject({ compression: 'zip', records: 501, truncatedBy: null, problems: [] })
    expect(shown.rows.at(-1)).toEqual({ number: 501, cells: ['the last'], entry: 'a.log' })
  })

  it('shows what stands before a fault, and the fault with its place', async () => {
    const whole = gzipSync(text)
    const cut = await preview('/cut.gz', whole.subarray(0, whole.length - 20), 1_000)
    expect(cut.records).toBeGreaterThan(0)
    expect(cut).toMatchObject({
      truncatedBy: 'failure',
      problems: [
        { reason: 'ERR_DATASET_TRUNCATED_COMPRESSED_DATA', path: '/cut.gz', offset: whole.length - 20 },
      ],
    })
    const bomb = await preview('/bomb.gz', gzipSync(Buffer.alloc(80 * 1024 * 1024, 'x')))
    expect(bomb).toMatchObject({ records: 0, truncatedBy: 'bytes-out' })
    expect(await preview('/latin', Buffer.from('caf\xe9\nok', 'latin1'))).toMatchObject({
      records: 2,
      replacedBytes: 1,
      problems: [{ reason: 'undecodable-bytes', offset: 3 }],
    })
  })

  it('sends no more cells than a page can hold of records that all have names of their own', async () => {
    const names = (record: number) => Array.from({ length: 10 }, (_, at) => [`${record}.${at}`, 1])
    const records = Array.from({ length: 1_000 }, (_, record) =>
      JSON.stringify(Object.fromEntries(names(record))),
    )
    await store.put({ path: '/sparse.json', body: Buffer.from(records.join('\n')), onlyIfAbsent: false })
    const format = jsonFormatSchema.parse({ type: 'json', params: {} })
    const preview = await previewObject({ store, path: '/sparse.json', format, maxRecords: 1_000 })
    const cells = preview.rows.reduce((sum, row) => sum + row.cells.length, 0)
    expect(cells).toBeGreaterThan(1_000_000)
    expect(cells).toBeLessThan(1_100_000)
    expect(preview.truncatedBy).toBe('records')
  })

  it('says why bytes give no record, and which charset would', async () => {
    const csv = csvFormatSchema.parse({ type: 'csv', params: { separator: ';', parseHeaderRow: true } })
    const read = async (body: string | Buffer, params: Partial<typeof csv.params> = {}) => {
      await store.put({ path: '/quiet.csv', body: Buffer.from(body), onlyIfAbsent: false })
      const format = { ...csv, params: { ...csv.params, ...params } }
      const { rows, problems } = await previewObject({ store, path: '/quiet.csv', format })
      expect(rows).toEqual([])
      return problems
    }
    const wide = await read('id;name\n1;Ann\n2;Bo\n3;Cy\n', { charset: 'utf-16le' })
    expect(wide).toEqual([
      {
        reason: 'other-charset',
        message: 'Read as utf-16le the file holds a header and no record, but it looks like utf8.',
        path: '/quiet.csv',
        fixes: [{ label: 'Read as utf8', params: { charset: 'utf8' } }],
      },
    ])
    expect(await read('id;name\n')).toEqual([])
    expect(await read('id;name\n', { charset: 'windows-1252' })).toEqual([])
    expect(await read('a\nb\n', { skipRowsBeforeHeader: 5 })).toMatchObject([
      { reason: 'no-record', message: 'No record: the settings of the format leave out all of the text.' },
    ])
    expect(await read(gzipSync(''))).toMatchObject([{ reason: 'no-record', path: '/quiet.csv' }])
    expect(await read('\n\n')).toMatchObject([{ reason: 'empty-lines' }])
    const json = jsonFormatSchema.parse({ type: 'json', params: {} })
    await store.put({ path: '/blank.json', body: Buffer.from('  \n'), onlyIfAbsent: false })
    expect((await previewObject({ store, path: '/blank.json', format: json })).problems).toMatchObject([
      { reason: 'no-record', message: 'No record: the 3 bytes hold nothing but blanks and line ends.' },
    ])
  })

  it('throws what comes before the first byte', async () => {
    const request = { store, path: '/none', format: DEFAULT_LINE_FORMAT }
    await expect(previewObject(request)).rejects.toMatchObject({
      kind: 'not_found',
      details: { where: '/none' },
    })
  })
})

it('counts the records of many objects', async () => {
  const paths = Array.from({ length: 30 }, (_, n) => `/many/${n}.gz`)
  for (const name of paths) await store.put({ path: name, body: gzipSync(text) })
  const counts = await gather(countRecords({ store, paths, format: DEFAULT_LINE_FORMAT }))
  expect(counts.map((count) => count.path).sort()).toEqual([...paths].sort())
  expect(counts.every((count) => count.records === 500 && count.bytesOut === text.length)).toBe(true)
})
