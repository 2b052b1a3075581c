import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type FormatSettings, formatLabel, formatSchema, sampleCells } from '#lib/domain/formats/catalogue'
import { detectFormat } from '#lib/domain/formats/detect/detect-format'
import type { ObjectStore } from '#lib/server/platform/object-store/types'
import { buildZip } from '#lib/server/testing/build-zip'
import { gather, openTestStore } from '#lib/server/testing/loopback-store'
import { readTable } from '#lib/server/testing/read-table'
import { startS3 } from '../../embedded/s3/server.mjs'
import { countRecords } from './count-records'
import { previewObject } from './preview-object'

// All that a newcomer adds: a file, and a line of the registry.
vi.mock('#lib/domain/formats/registry', async (importOriginal) => ({
  FORMATS: {
    ...(await importOriginal<typeof import('#lib/domain/formats/registry')>()).FORMATS,
    ltsv: (await import('#lib/server/testing/labeled-values')).labeledValuesFormat,
  },
}))

const lines = Array.from(
  { length: 300 },
  (_, n) => `time:2026-11-23T10:00:${String(n % 60).padStart(2, '0')}Z\thost:web-${n % 3}\tstatus:${200 + n}`,
)
const text = `${lines.join('\n')}\nno label here\nhost:web-1\tuser:Jürgen\n`
const settings = formatSchema.parse({ type: 'ltsv', params: { charset: 'utf8' } }) as FormatSettings

let dir: string
let s3: Awaited<ReturnType<typeof startS3>>
let store: ObjectStore

beforeAll(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'one-file-format-'))
  s3 = await startS3({ dir, keys: [{ accessKeyId: 'AKTEST', secretAccessKey: 'secret' }], buckets: ['logs'] })
  store = openTestStore(s3.endpoint, { timeouts: { idleMs: 5_000, answerMs: 10_000 } })
})

afterAll(async () => {
  await s3?.close()
  await rm(dir, { recursive: true, force: true })
})

describe('a format of lines that is one object and one line of the registry', () => {
  it('is offered and detected, with its times', () => {
    expect(formatLabel('ltsv')).toBe('Labeled values')
    const samples = [{ path: '/a', text, whole: true, looksLike: null }]
    expect(detectFormat(samples)[0]).toMatchObject({ format: settings, columns: ['time', 'host', 'status'] })
    expect(sampleCells(samples, settings).map(({ name, cells }) => [name, cells[0]])).toEqual([
      ['time', '2026-11-23T10:00:00Z'],
      ['host', 'web-0'],
      ['status', '200'],
    ])
  })

  it('is read in any charset, packed in anything, however the bytes are cut', async () => {
    const whole = await readTable(Buffer.from(text), settings)
    expect(whole.columns).toEqual(['time', 'host', 'status', 'user'])
    expect(whole.rows.at(0)).toEqual(['2026-11-23T10:00:00Z', 'web-0', '200'])
    expect(whole.rows.slice(-2)).toEqual([[], [null, 'web-1', null, 'Jürgen']])
    expect(whole.unparsed).toEqual({ 300: 'The line has a part without a label.' })
    expect(whole.problems).toMatchObject([
      { reason: 'unmatched-lines', record: 301, excerpt: 'no label here' },
    ])
    expect(await readTable(Buffer.from(text), settings, { sizes: [7, 1, 4] })).toEqual(whole)
    const latin1 = formatSchema.parse({ type: 'ltsv', params: { charset: 'latin1' } })
    const other = await readTable(gzipSync(Buffer.from(text, 'latin1')), latin1)
    expect(other).toEqual(whole)
  })

  it('has the columns of all files of an archive, each where it was first', async () => {
    const archive = buildZip([
      { name: 'a.log', data: Buffer.from('a:1\tb:2\n') },
      { name: 'b.log', data: Buffer.from('c:3\ta:4\n') },
    ])
    const { columns, rows } = await readTable(archive, settings)
    expect(columns).toEqual(['a', 'b', 'c'])
    expect(rows).toEqual([
      ['1', '2'],
      ['4', null, '3'],
    ])
  })

  it('is previewed and counted as all others are', async () => {
    await store.put({ path: '/a.log.gz', body: gzipSync(text), onlyIfAbsent: false })
    const preview = await previewObject({ store, path: '/a.log.gz', format: settings })
    expect(preview).toMatchObject({ records: 100, truncatedBy: 'records', compression: 'gzip', problems: [] })
    const counts = await gather(countRecords({ store, paths: ['/a.log.gz'], format: settings }))
    expect(counts).toMatchObject([{ path: '/a.log.gz', records: 302 }])
  })

  it('holds its lines to the limits', async () => {
    const short = formatSchema.parse({ type: 'ltsv', params: { maxLineChars: 10 } })
    const { failure } = await readTable(Buffer.from('a:1\nlonger:than ten\n'), short)
    expect(failure?.details).toMatchObject({ reason: 'ERR_FORMAT_LINE_TOO_LARGE', facts: { record: 2 } })
  })
})
