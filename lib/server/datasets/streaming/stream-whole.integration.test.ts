import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import { RECORD_FORMATS } from '#lib/domain/datasets/print-records'
import { Failure } from '#lib/domain/errors'
import * as acts from '../../access/act'
import type { Context } from '../../access/caller'
import { buildZip } from '../../testing/build-zip'
import { freshDatabase } from '../../testing/database'
import {
  addDataset,
  type DatasetScene,
  definitionOver,
  makeDatasetScene,
  messagesOf,
  PROJECT,
} from '../../testing/dataset-scene'
import { failureOf } from '../../testing/failure-of'
import { countOpenStreams, STREAMS_OF_CALLER } from './open-streams'
import { finishStreaming } from './read-sessions'
import { mayStreamRecords, type RecordsRequest, streamRecords } from './stream-records'

const MIB = 1024 * 1024
const LONG = `${'é "q"\t'.repeat(1_250_000)}end`

vi.mock(import('../../access/act'), { spy: true })

let drop: () => Promise<void>
let scene: DatasetScene
let mira: Context

beforeAll(async () => {
  drop = await freshDatabase()
  scene = await makeDatasetScene()
  ;({ mira } = scene)
})
afterAll(() => drop())

type Ref = Parameters<typeof streamRecords>[1]

async function make(name: string, files: Record<string, string>, change: Partial<DatasetDefinition> = {}) {
  for (const [file, body] of Object.entries(files)) await scene.put(`${name}/${file}`, body)
  return addDataset(mira, name, definitionOver(`/${name}/`, change))
}

const ask = (request: Partial<RecordsRequest> = {}): RecordsRequest => ({
  partitions: [],
  format: 'tsv-excel-noheader',
  sessionId: null,
  ...request,
})

async function read(ref: Ref, request: Partial<RecordsRequest> = {}, as = mira): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of await streamRecords(as, ref, ask(request))) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

const lines = (params: object) => ({ formatType: 'line', formatParams: params }) as Partial<DatasetDefinition>
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`

test.each(RECORD_FORMATS)('a record of more than 8 MiB comes whole (%s)', async (format) => {
  const name = `whole-${format}`
  const ref = await make(name, { 'a.log': `before\n${LONG}\nafter\n`, 'b.log': 'last' })
  const text = await read(ref, { format, sessionId: name })
  const expected = {
    'tsv-excel-noheader': `before\n${quoted(LONG)}\nafter\nlast\n`,
    'tsv-excel-header': `line\nbefore\n${quoted(LONG)}\nafter\nlast\n`,
    csv: `line\r\nbefore\r\n${quoted(LONG)}\r\nafter\r\nlast\r\n`,
    json: ['before', LONG, 'after', 'last'].map((line) => `${JSON.stringify({ line })}\n`).join(''),
  }[format]
  expect(text === expected).toBe(true)
  expect(await finishStreaming(mira, ref, name)).toMatchObject({ records: 4, faults: 0, warnings: [] })
})

test('what is not read of an archive is told when its stream has ended', async () => {
  const zip = buildZip([
    { name: 'README.txt', data: Buffer.from('See one.log\n') },
    { name: 'one.log', data: Buffer.from('first\nsecond\n') },
  ])
  await scene.put('archive/a.zip', zip)
  const ref = await addDataset(mira, 'archive', definitionOver('/archive/'))
  expect(await read(ref, { sessionId: 'archive' })).toBe('first\nsecond\n')
  expect(await finishStreaming(mira, ref, 'archive')).toMatchObject({
    records: 2,
    warnings: [{ reason: 'zip-entries-left-out', path: '/archive/a.zip' }],
  })
})

test('a line longer than allowed breaks the stream, or is told where such files are left out', async () => {
  const params = { maxLineChars: 5 * MIB }
  const files = { 'a.log': `before\n${LONG}\nafter\n`, 'b.log': 'next\n' }
  const strict = await make('strict', files, lines(params))
  expect((await failureOf(read(strict))).details).toMatchObject({
    reason: 'ERR_FORMAT_LINE_TOO_LARGE',
    where: '/strict/a.log',
    facts: { record: 2 },
  })
  const lax = await make('lax', files, { ...lines(params), unreadableFiles: 'warn' })
  const text = await read(lax, { sessionId: 'lax' })
  expect(text.startsWith('before\n"é ""q""\t')).toBe(true)
  expect(text.endsWith('"\nnext\n')).toBe(true)
  const finished = await finishStreaming(mira, lax, 'lax')
  expect(finished).toMatchObject({ records: 3, unreadFiles: 1 })
  expect(finished.warnings[0]).toMatchObject({ path: '/lax/a.log', reason: 'ERR_FORMAT_LINE_TOO_LARGE' })
})

test('a record of which only the beginning can be held never passes for whole', async () => {
  const big = JSON.stringify({ a: 'x'.repeat(9 * MIB) })
  const expanded = await make('expanded', { 'a.log': `{"a":1}\n${big}\n` }, lines({ expandJson: true }))
  const json = await make('json', { 'a.json': `{"a":"1"}\n${big}\n` }, {
    formatType: 'json',
    formatParams: {},
    schema: { columns: [{ name: 'a', type: 'string' }], userModified: true },
  } as Partial<DatasetDefinition>)
  for (const ref of [expanded, json])
    expect((await failureOf(read(ref))).details).toMatchObject({
      reason: 'ERR_FORMAT_LINE_TOO_LARGE',
      facts: { record: 2 },
    })
})

test('a fault before anything was given out is told at once, also to who has a session', async () => {
  const ref = await make('soon', { 'a.log': 'first\n', 'b.log': 'PAR1\0\0' })
  expect((await failureOf(read(ref, { sessionId: 'soon' }))).details.reason).toBe('looks-like-binary')
  expect((await failureOf(finishStreaming(mira, ref, 'soon'))).details.reason).toBe('looks-like-binary')
})

test('all records before a later fault are given out', async () => {
  const ref = await make('later', { 'a.log': 'line\n'.repeat(60_001), 'b.log': 'PAR1\0\0' })
  expect(await read(ref, { sessionId: 'later' })).toBe('line\n'.repeat(60_001))
  expect((await failureOf(finishStreaming(mira, ref, 'later'))).details.reason).toBe('looks-like-binary')
  const [event] = (await messagesOf(scene.spaceId, 'dataset-read-data-end', `${PROJECT}.later`)).slice(-1)
  expect(event).toMatchObject({ state: 'failed', records: 60_001, bytes: 300_005 })
})

test('one caller reads so many streams at a time, whoever leaves makes room', async () => {
  const ref = await make('many', { 'a.log': 'line\n'.repeat(400_000) })
  const begun = await Promise.all(
    Array.from({ length: STREAMS_OF_CALLER }, () => streamRecords(mira, ref, ask())),
  )
  const refused = await failureOf(read(ref, { sessionId: 'refused' }))
  expect([refused.kind, refused.details.reason]).toEqual(['limit_exceeded', 'too-many-streams'])
  expect((await failureOf(finishStreaming(mira, ref, 'refused'))).details.reason).toBe('unknown-read-session')
  await read(ref, {}, scene.admin)
  // Nobody has asked for their first chunk.
  for (const stream of begun.slice(0, 2)) await stream.return()
  expect(countOpenStreams()).toBe(STREAMS_OF_CALLER - 2)
  await read(ref)
  await Promise.all(begun.map((stream) => stream.return()))
  expect(countOpenStreams()).toBe(0)
  await expect(read(ref, { partitions: ['%%%'] })).rejects.toThrow()
  expect(countOpenStreams()).toBe(0)
})

test('a session tells that its reader was too slow', async () => {
  const ref = await make('slow', { 'a.log': 'line\n'.repeat(400_000) })
  const slow = new AbortController()
  const chunks = await streamRecords({ ...mira, signal: slow.signal }, ref, ask({ sessionId: 'slow' }))
  await chunks.next()
  slow.abort(new Failure('limit_exceeded', 'Nothing was taken.', { reason: 'slow-reader' }))
  await chunks.return()
  await sleep(50)
  expect((await failureOf(finishStreaming(mira, ref, 'slow'))).details.reason).toBe('slow-reader')
})

test('a stream that is under way is waited for with few questions', async () => {
  const ref = await make('waited', { 'a.log': 'line\n'.repeat(400_000) })
  const chunks = await streamRecords(mira, ref, ask({ sessionId: 'waited' }))
  const asked = vi.mocked(acts.readAs).mockClear()
  expect((await failureOf(finishStreaming(mira, ref, 'waited'))).details.reason).toBe('stream-running')
  expect(asked.mock.calls.length).toBeLessThanOrEqual(8)
  await chunks.return()
})

test('whether one may is asked without reading', async () => {
  const ref = await make('asked', { 'a.log': 'line\n' })
  await mayStreamRecords(mira, ref)
  expect(await messagesOf(scene.spaceId, 'dataset-read-data', `${PROJECT}.asked`)).toEqual([])
  expect((await failureOf(mayStreamRecords(scene.stranger, ref))).kind).toBe('not_found')
})
