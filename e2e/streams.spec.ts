import { on } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { PutObjectCommand } from '@aws-sdk/client-s3'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { lineDefinition, storeParams, usableByGroups } from './support/definitions'
import { send, signInByHttp, succeed } from './support/http'
import { setPermissions } from './support/matrix/scene'
import { expect, test } from './support/test'
import { DEBUGGER_ON_ANY_PORT, heldBytesOfWeb } from './support/web-heap'
import { pidOfWeb } from './support/web-memory'

/** Readers of streams over bare sockets: who asks for the head alone, takes nothing, or leaves. */
test.use({ start: { command: ['demo', '--empty'], env: DEBUGGER_ON_ANY_PORT } })

const DATA = '/dip/publicapi/projects/FLOW/datasets/long/data/'
/** As many as one caller may read at a time. */
const PLACES = 16
const COLUMNS = ['a', 'b', 'c', 'd']

let key: string
let home: string

test.beforeAll(async ({ launchpad, behind }) => {
  const { writer } = behind
  home = launchpad.home
  key = launchpad.demo().admin.apiKey
  const put = (Key: string, Body: string | Buffer) =>
    writer.client.send(new PutObjectCommand({ Bucket: writer.bucket, Key: `flow/${Key}`, Body }))
  for (const name of ['a', 'b']) await put(`long/${name}.log`, 'a line of a long file\n'.repeat(1_000_000))
  await put('cut/a.log', 'whole\n'.repeat(40_000))
  await put('cut/b.log.gz', gzipSync('cut\n'.repeat(100_000)).subarray(0, 300))
  await put('tables/a.parquet', makeTable())
  const as = await signInByHttp(launchpad.url, launchpad.demo().admin)
  const make = (path: string, body: object) => succeed(launchpad.url, { method: 'POST', path, body, as })
  await make('/api/connections', {
    name: 'flow',
    params: storeParams(writer, '/flow/'),
    secret: writer.secretAccessKey,
  })
  await setPermissions(launchpad.url, as, 'flow', { ...usableByGroups([]), usableBy: 'everyone' })
  await make('/api/projects', { key: 'FLOW', name: 'Flow' })
  for (const name of ['long', 'cut'])
    await make('/api/projects/FLOW/datasets', { name, definition: lineDefinition('flow', `/${name}/`) })
  const schema = { columns: COLUMNS.map((name) => ({ name, type: 'string' })), userModified: true }
  const definition = {
    ...lineDefinition('flow', '/tables/'),
    formatType: 'parquet',
    formatParams: {},
    schema,
  }
  await make('/api/projects/FLOW/datasets', { name: 'tables', definition })
})

/** One row group of many pages, of which more is to be sent than sockets take. */
function makeTable(): Buffer {
  const rows = Array.from({ length: 150_000 }, (_, n) => `${n} ${(n * 2_654_435_761) % 4_294_967_296}`)
  const columnData = COLUMNS.map((name) => ({ name, data: rows, type: 'STRING' as const }))
  return Buffer.from(parquetWriteBuffer({ columnData, rowGroupSize: rows.length }))
}

/** Sends a request, and reads no further than the first bytes of the answer, or than those that hold `until`. */
async function begin(origin: string, method: string, target: string, { token = key, until = '' } = {}) {
  const { hostname, port, host } = new URL(origin)
  const socket: Socket = connect(Number(port), hostname)
  socket.on('error', () => undefined)
  socket.write(`${method} ${target} HTTP/1.1\r\nhost: ${host}\r\nauthorization: Bearer ${token}\r\n\r\n`)
  let text = ''
  for await (const bytes of on(socket, 'data', { close: ['close'] })) {
    text += (bytes as [Buffer])[0].toString('latin1')
    if (text.includes(until)) break
  }
  socket.pause()
  return { socket, status: Number(text.slice(9, 12)), text }
}

test('HEAD opens no stream, however often', async ({ launchpad, behind }) => {
  const targets = [DATA, '/api/projects/FLOW/datasets/long/data', `${DATA}?readSessionId=head`]
  for (let turn = 0; turn < 100; turn++) {
    const { socket, status } = await begin(launchpad.url, 'HEAD', targets[turn % targets.length] ?? DATA)
    expect(status).toBe(200)
    socket.destroy()
  }
  const [read] = await behind.query(
    `SELECT count(*)::int AS events FROM audit_event WHERE "msgType" = 'dataset-read-data'`,
  )
  expect(read).toEqual({ events: 0 })
  const as = { token: key }
  expect((await send(launchpad.url, { method: 'GET', path: '/api/health' })).status).toBe(200)
  expect((await send(launchpad.url, { method: 'GET', path: DATA, as })).text).toHaveLength(44_000_000)
  const session = `${DATA.replace('data/', 'finish-streaming/')}?readSessionId=head`
  expect((await send(launchpad.url, { method: 'GET', path: session, as })).status).toBe(404)
  expect((await begin(launchpad.url, 'HEAD', DATA, { token: 'lp_key_wrong' })).status).toBe(401)
})

test('readers who take nothing are a few, hold nobody up, and make room as they leave', async ({
  launchpad,
}) => {
  const stalled = await Promise.all(Array.from({ length: PLACES }, () => begin(launchpad.url, 'GET', DATA)))
  expect(stalled.map(({ status }) => status)).toEqual(stalled.map(() => 200))
  const more = await begin(launchpad.url, 'GET', DATA, { until: 'too-many-streams' })
  expect(more.status).toBe(429)
  expect(more.text).toMatch(/retry-after: \d/i)
  expect(more.text).toContain('too-many-streams')
  const as = { token: key }
  const body = { connection: 'flow', path: '/' }
  expect((await send(launchpad.url, { method: 'POST', path: '/api/files/browse', body, as })).status).toBe(
    200,
  )
  for (const { socket } of [...stalled, more]) socket.destroy()
  await expect
    .poll(async () => (await begin(launchpad.url, 'GET', DATA)).status, { timeout: 5_000 })
    .toBe(200)
})

test('readers who take nothing of Parquet hold little of it', async ({ launchpad }) => {
  const path = DATA.replace('long', 'tables')
  // Once to its end, so that what is only ever loaded once is not counted.
  await send(launchpad.url, { method: 'GET', path, as: { token: key } })
  const before = await heldBytesOfWeb(home)
  const stalled = await Promise.all(Array.from({ length: 6 }, () => begin(launchpad.url, 'GET', path)))
  expect(stalled.map(({ status }) => status)).toEqual(stalled.map(() => 200))
  // They come to their turns one after the other before all of them stand still.
  await expect
    .poll(async () => ((await heldBytesOfWeb(home)) - before) / stalled.length, {
      timeout: 60_000,
      intervals: [3_000],
    })
    .toBeLessThan(1024 * 1024)
  for (const { socket } of stalled) socket.destroy()
})

test('a stream that breaks off is logged in one line, with its request', async ({ launchpad }) => {
  const headers = { authorization: `Bearer ${key}` }
  const response = await fetch(`${launchpad.url}/dip/publicapi/projects/FLOW/datasets/cut/data/`, { headers })
  expect(response.status).toBe(200)
  await expect(response.text()).rejects.toThrow()
  const requestId = response.headers.get('x-request-id') ?? ''
  const logs = path.join(home, 'logs')
  const read = () => readdirSync(logs).map((name) => readFileSync(path.join(logs, name), 'utf8'))
  await expect
    .poll(() => read().some((text) => text.split('\n').some((line) => isLoggedAs(line, requestId))))
    .toBe(true)
  expect(read().join('')).not.toContain('failed to pipe response')
})

function isLoggedAs(line: string, requestId: string): boolean {
  if (!line.includes('a stream broke off')) return false
  return (JSON.parse(line) as { requestId?: string }).requestId === requestId
}

test('what is not done is refused, and a hundred thousand ids fit into a body', async ({ launchpad }) => {
  const as = { token: key }
  const query = { columns: 'line', sampling: '{"maxRecords":1}' }
  const refused = await send(launchpad.url, { method: 'GET', path: DATA, query, as })
  expect(refused.status).toBe(422)
  expect(refused.text).toMatch(/columns/)
  expect(refused.text).toMatch(/sampling/)
  const partitions = Array.from({ length: 100_000 }, (_, n) => `design-${n}|2026-11-22`)
  const address = '/api/projects/FLOW/datasets/cut/data'
  const asked = { method: 'POST', path: address, body: { partitions }, as }
  const { status, text } = await send(launchpad.url, asked)
  expect([status, text]).toEqual([422, expect.stringContaining('not partitioned')])
  const all = await send(launchpad.url, { ...asked, body: { partitions: ['ALL'], format: 'csv' } }).catch(
    String,
  )
  expect(all).toMatch(/aborted|ECONNRESET|socket hang up/)
})

for (const [signal, reason] of [
  ['SIGTERM', 'server-stopped'],
  ['SIGKILL', 'stream-lost'],
] as const) {
  test(`a stream that a server broke as it ended is told as that by the next one: ${signal}`, async ({
    launchpad,
  }) => {
    const { socket, status } = await begin(launchpad.url, 'GET', `${DATA}?readSessionId=${signal}`)
    expect(status).toBe(200)
    const before = pidOfWeb(home)
    process.kill(before, signal)
    const isAnother = () => {
      try {
        return pidOfWeb(home) !== before
      } catch {
        // It is being started.
        return false
      }
    }
    await expect.poll(isAnother, { timeout: 60_000 }).toBe(true)
    const as = { token: key }
    const health = () => send(launchpad.url, { method: 'GET', path: '/api/health' }).then((to) => to.status)
    await expect.poll(() => health().catch(String), { timeout: 60_000 }).toBe(200)
    const path = DATA.replace('data/', 'finish-streaming/')
    const told = await send(launchpad.url, { method: 'GET', path, query: { readSessionId: signal }, as })
    expect(JSON.parse(told.text)).toMatchObject({ errorType: reason })
    socket.destroy()
  })
}
