import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newDefinition } from '#lib/domain/datasets/definition'
import type { Context } from '../../access/caller'
import { answerStream } from '../../http/stream-text'
import { freshDatabase } from '../../testing/database'
import { addDataset, makeDatasetScene, PROJECT } from '../../testing/dataset-scene'
import { type LoopbackServer, startServer } from '../../testing/loopback-store'
import { PACKINGS } from '../../testing/packed-lines'
import { openSlowConnection, respondListing } from '../../testing/slow-files'
import { respondObject } from '../../testing/versioned-bucket'
import { countOpenStreams } from './open-streams'
import { finishStreaming } from './read-sessions'
import { mayStreamRecords, streamRecords } from './stream-records'

/** Longer than a stream waits before it rests. */
const IDLE_MS = 4_000
const BYTE_EVERY_MS = 1_500
const BYTES_TAKEN = 8
const LARGE_BYTES = 64 * 1024

/** More than the system holds for a reader, which is some 4 MB. */
const TIMES = 40
const repeated = (packing: string) =>
  Buffer.concat(Array.from({ length: TIMES }, () => PACKINGS[packing] ?? Buffer.alloc(0)))
const OBJECTS = { lines: repeated('none'), bzip2: repeated('bzip2') }
const RECORDS = TIMES * String(PACKINGS.none).trimEnd().split('\n').length

type Name = keyof typeof OBJECTS

let drop: () => Promise<void>
let mira: Context
let store: LoopbackServer
/** What is asked of the store, by object, and its answers that are not at their end. */
const asked: Record<Name, string[]> = { lines: [], bzip2: [] }
const answering = new Set<ServerResponse>()

function answer(request: IncomingMessage, response: ServerResponse): void {
  const name: Name = request.url?.includes('bzip2') ? 'bzip2' : 'lines'
  if (request.url?.includes('list-type')) {
    respondListing(response, [`${name}/a`], OBJECTS[name].length)
    return
  }
  answering.add(response)
  response.on('close', () => answering.delete(response))
  const range = respondObject(request, response, OBJECTS[name])
  if (range !== undefined) asked[name].push(range)
}

const allowed = process.env.LAUNCHPAD_ALLOWED_ENDPOINTS

beforeAll(async () => {
  process.env.LAUNCHPAD_ALLOWED_ENDPOINTS = '127.0.0.0/8'
  drop = await freshDatabase()
  const scene = await makeDatasetScene()
  ;({ mira } = scene)
  store = await startServer(answer)
  await openSlowConnection(scene, store.endpoint)
  const { params, ...base } = newDefinition()
  for (const name of ['lines', 'bzip2'])
    await addDataset(mira, name, { ...base, params: { ...params, connection: 'slow', path: `/${name}/` } })
})
afterAll(async () => {
  process.env.LAUNCHPAD_ALLOWED_ENDPOINTS = allowed
  await store.close()
  await drop()
})

/** Serves the records of a dataset as the API does, to a socket that takes as much at a time as the test says. */
async function read(name: Name, sessionId: string) {
  const ref = { projectKey: PROJECT, name }
  const source = {
    may: (ctx: Context) => mayStreamRecords(ctx, ref),
    open: (ctx: Context) =>
      streamRecords(ctx, ref, { partitions: [], format: 'tsv-excel-noheader', sessionId }),
  }
  const server = createServer(async ({ socket }, response) => {
    const headers = { 'x-ports': `${socket.localPort}-${socket.remotePort}` }
    const request = new Request('http://a/', { headers })
    const { body } = await answerStream(request, mira, source, {}, { idleMs: IDLE_MS })
    const readable = Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0], { highWaterMark: 1 })
    readable.on('error', () => response.destroy())
    response.on('close', () => readable.destroy())
    readable.pipe(response)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const [one, many] = [Buffer.alloc(1), Buffer.alloc(LARGE_BYTES)]
  let isHungry = false
  const client = connect({
    port: (server.address() as AddressInfo).port,
    host: '127.0.0.1',
    onread: { buffer: () => (isHungry ? many : one), callback: () => isHungry },
  })
  client.on('error', () => undefined)
  client.write('GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n')
  return {
    takeByte: () => client.resume(),
    async takeAll() {
      isHungry = true
      client.resume()
      await once(client, 'close')
    },
    outcome: () => finishStreaming(mira, ref, sessionId),
    stop() {
      client.destroy()
      server.close()
      server.closeAllConnections()
    },
  }
}

test.skipIf(process.platform !== 'linux').each(['lines', 'bzip2'] as const)(
  'of a stream that went to rest, who takes nothing is ended, and who takes a byte in time is not: %s',
  async (name) => {
    const [still, slow] = [await read(name, `still ${name}`), await read(name, `slow ${name}`)]
    try {
      await expect.poll(() => asked[name].length, { timeout: 30_000 }).toBeGreaterThanOrEqual(2)
      for (let taken = 0; taken < BYTES_TAKEN; taken++) {
        await sleep(BYTE_EVERY_MS)
        slow.takeByte()
      }
      // Both let go of it long ago.
      expect(answering.size).toBe(0)
      const before = asked[name].length
      const broken = `The stream broke: Nothing was taken of the stream for ${IDLE_MS} ms.`
      await expect(still.outcome()).rejects.toMatchObject({
        message: broken,
        details: { reason: 'slow-reader' },
      })
      expect(countOpenStreams()).toBe(1)
      await slow.takeAll()
      expect(await slow.outcome()).toMatchObject({ records: RECORDS })
      expect(asked[name].length).toBeGreaterThan(before)
      expect(asked[name].at(-1)).toMatch(/^bytes=[1-9]\d*-/)
    } finally {
      still.stop()
      slow.stop()
    }
  },
  120_000,
)
