import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { takeFirst } from '../platform/take-first'
import { contextOf } from '../testing/identity'
import { declare } from './declare'
import { acceptsGzip, answerStream, BODY_ENCODING, type StreamOptions, streamText } from './stream-text'

const CHUNK = 'x'.repeat(64 * 1024)

/** A source without end that tells how much was taken of it and whether it was left. */
function endless() {
  const told = { bytes: 0, leftAt: 0 }
  async function* give() {
    try {
      for (;;) {
        told.bytes += CHUNK.length
        yield CHUNK
      }
    } finally {
      told.leftAt = performance.now()
    }
  }
  return { told, texts: give() }
}

const PATIENT = { timeout: 30_000 }

/** Waits until a source was left. */
const untilLeft = (told: { leftAt: number }) => expect.poll(() => told.leftAt, PATIENT).toBeGreaterThan(0)

/** Serves one stream over a loopback socket that is read as the test says. */
async function serve(texts: AsyncGenerator<string, void>, options: StreamOptions = {}) {
  const server = createServer((_, response) => {
    const { body } = streamText(texts, {}, options)
    if (!body) return
    const readable = Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0], { highWaterMark: 1 })
    readable.on('error', () => response.destroy())
    response.on('close', () => readable.destroy())
    readable.pipe(response)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  socket.on('error', () => undefined)
  socket.write('GET / HTTP/1.1\r\nhost: a\r\n\r\n')
  const stop = () => {
    socket.destroy()
    server.close()
    server.closeAllConnections()
  }
  return { socket, stop }
}

/** Waits until nothing more is taken, and gives what was. */
async function settled(told: { bytes: number }): Promise<number> {
  for (let before = -1; before !== told.bytes; ) {
    before = told.bytes
    await sleep(200)
  }
  return told.bytes
}

test('holds no more than a chunk for who takes nothing, and goes on when they do', async () => {
  const { told, texts } = endless()
  const response = streamText(texts, {})
  const reader = response.body?.getReader()
  await reader?.read()
  expect(await settled(told)).toBeLessThanOrEqual(2 * CHUNK.length)
  await reader?.read()
  expect(await settled(told)).toBeLessThanOrEqual(3 * CHUNK.length)
  await reader?.cancel()
  expect(told.leftAt).toBeGreaterThan(0)
})

test('takes no more than sockets and 1 MiB hold from a source whose reader is slow', async () => {
  const { told, texts } = endless()
  const { socket, stop } = await serve(texts)
  let received = 0
  socket.on('data', (bytes: Buffer) => {
    received += bytes.length
  })
  await sleep(300)
  socket.pause()
  const taken = await settled(told)
  // What the system's two socket buffers hold is neither ours nor read yet.
  const inSockets = 16 * 1024 * 1024
  expect(taken - received).toBeLessThan(1024 * 1024 + inSockets)
  await sleep(500)
  expect(told.bytes).toBe(taken)
  socket.resume()
  await expect.poll(() => told.bytes, PATIENT).toBeGreaterThan(taken)
  stop()
})

test.each([false, true])('ends after the idle time without a byte taken (gzip: %s)', async (gzip) => {
  const { told, texts } = endless()
  const response = streamText(texts, {}, { idleMs: 300, gzip })
  const reader = response.body?.getReader()
  await reader?.read()
  await untilLeft(told)
  await expect(reader?.read()).rejects.toThrow('Nothing was taken of the stream for 300 ms.')
})

test('an answer whose body nobody asks for ends, and so does what it was made of', async () => {
  const { told, texts } = endless()
  const slow: string[] = []
  const begun = await takeFirst(texts)
  streamText(begun, {}, { unaskedMs: 100, onSlow: ({ details }) => slow.push(String(details.reason)) })
  await untilLeft(told)
  expect(slow).toEqual(['slow-reader'])
})

test.each([false, true])('leaving before the first byte reaches the source (gzip: %s)', async (gzip) => {
  const { told, texts } = endless()
  await streamText(await takeFirst(texts), {}, { gzip }).body?.cancel()
  await untilLeft(told)
})

test('HEAD is answered without a body, and opens none', async () => {
  const { told, texts } = endless()
  const head = new Request('http://a/', { method: 'HEAD' })
  const route = declare('public', { summary: 'A stream' }, async () => streamText(await takeFirst(texts), {}))
  const answered = await route(head, { params: Promise.resolve({}) })
  expect([answered.status, answered.body]).toEqual([200, null])
  await untilLeft(told)
  let [asked, opened] = [0, 0]
  const source = {
    may: async () => asked++,
    open: async () => {
      opened++
      return endless().texts
    },
  }
  await answerStream(head, contextOf({ kind: 'user', spaceId: 's', userId: 'u' }), source, {})
  expect([asked, opened]).toEqual([1, 0])
})

test('a text larger than a piece is given out in pieces', async () => {
  async function* large() {
    yield 'x'.repeat(1_000_000)
  }
  const reader = streamText(large(), {}).body?.getReader()
  const first = await reader?.read()
  expect(first?.value?.length).toBeLessThanOrEqual(192 * 1024)
  await reader?.cancel()
})

test('a reader that vanishes ends the source within 5 s', async () => {
  const { told, texts } = endless()
  const { socket, stop } = await serve(texts)
  await once(socket, 'data')
  socket.pause()
  await settled(told)
  const since = performance.now()
  socket.destroy()
  while (told.leftAt === 0 && performance.now() - since < 5_000) await sleep(20)
  expect(told.leftAt).toBeGreaterThan(0)
  stop()
})

async function* few() {
  yield 'one\n'
  yield 'zwölf\n'
}

async function* broken() {
  yield 'one\n'
  throw new Error('broken')
}

test('packs for those who asked', async () => {
  const packed = streamText(few(), { 'content-type': 'text/csv' }, { gzip: true })
  expect(packed.headers.get(BODY_ENCODING)).toBe('gzip')
  expect(gunzipSync(Buffer.from(await packed.arrayBuffer())).toString()).toBe('one\nzwölf\n')
  const plain = streamText(few(), {})
  expect(plain.headers.get(BODY_ENCODING)).toBeNull()
  expect(plain.headers.get('cache-control')).toBe('no-store, no-transform')
  expect(await plain.text()).toBe('one\nzwölf\n')
})

test.each([false, true])(
  'a source that breaks breaks the stream, by a name that Next leaves alone (gzip: %s)',
  async (gzip) => {
    const reading = streamText(broken(), {}, { gzip }).text()
    await expect(reading).rejects.toMatchObject({ name: 'AbortError', message: 'broken' })
  },
)

test.each([
  ['gzip', true],
  ['br, gzip;q=0.5', true],
  ['gzip;q=0', false],
  ['gzip; q=0.0', false],
  ['identity', false],
  ['', false],
])('accept-encoding %s', (text, wanted) => {
  expect(acceptsGzip(new Request('http://a', { headers: { 'accept-encoding': text } }))).toBe(wanted)
})
