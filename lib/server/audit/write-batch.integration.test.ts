import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { systemPermit } from '../access/with-permit'
import { receiveEvents } from '../nodes/receive-events'
import { database } from '../platform/db/client'
import { freshDatabase } from '../testing/database'
import {
  makeActive,
  makeNode,
  makeScene,
  NODE_CONTEXT,
  nodeRequest,
  readObjects,
} from '../testing/fire/scene'
import { undelivered } from './deliver-stream'
import { platformStore } from './platform-store'
import { sealNextBatch } from './seal-batch'
import { activeStreams, type DeliveryStream } from './streams'
import { writeBatch } from './write-batch'

const signal = new AbortController().signal
const LINE = '{"message":{"msgType":"x","eventId":"e1"}}'

let drop: () => Promise<void>
let spaceId: string
let at: DeliveryStream
let batchId: string
beforeAll(async () => {
  drop = await freshDatabase()
})
afterAll(() => drop())
beforeEach(async () => {
  spaceId = (await makeScene()).spaceId
  await makeActive(spaceId, 'dku-audit-log')
  const { token } = await makeNode(spaceId, 'govern')
  await receiveEvents(nodeRequest(token, LINE), NODE_CONTEXT)
  const streams = await activeStreams(database())
  at = streams.find((stream) => stream.spaceId === spaceId && stream.nodeType === 'govern') as DeliveryStream
  await sealNextBatch(at, 0)
  batchId = (await undelivered(at)) ?? ''
})

test('workers that seal one stream at once keep its order', async () => {
  const { token } = await makeNode(spaceId, 'govern')
  const ids = Array.from({ length: 24 }, (_, index) => `n${index}`)
  const lines = ids.map((id) => JSON.stringify({ message: { msgType: 'x', eventId: id } }))
  await receiveEvents(nodeRequest(token, lines.join('\n')), NODE_CONTEXT)
  while ((await database().auditEvent.count({ where: { spaceId, batchId: null } })) > 0) {
    await Promise.all(Array.from({ length: 6 }, () => sealNextBatch(at, 0, { events: 1, rawBytes: 1 })))
  }
  const inOrder = await database().$queryRaw<{ eventId: string }[]>`
    SELECT "eventId" FROM audit_event WHERE "spaceId" = ${spaceId} ORDER BY "batchId"`
  expect(inOrder.map(({ eventId }) => eventId)).toEqual(['e1', ...ids])
})

const stored = () => database().deliveryBatch.findUniqueOrThrow({ where: { id: batchId } })
const put = async (body: Uint8Array) => {
  const path = (await stored()).key.slice(spaceId.length)
  return platformStore(systemPermit('test', signal), spaceId).put({ path, body: Buffer.from(body) })
}

test('an object that the store took without our seeing it is confirmed as it stands', async () => {
  const { body } = await stored()
  await put(body ?? new Uint8Array())
  expect(await writeBatch(at, batchId, 0, signal)).toBe(true)
  expect(await stored()).toMatchObject({ body: null, lastError: null })
  expect((await readObjects(spaceId)).map(({ lines }) => lines)).toEqual([[LINE]])
})

test('another object under its key is left alone, and the events stay', async () => {
  await put(gzipSync('foreign\n'))
  await expect(writeBatch(at, batchId, 0, signal)).rejects.toMatchObject({
    details: { reason: 'foreign-object' },
  })
  const after = await stored()
  expect(after).toMatchObject({ deliveredAt: null, attempts: 1 })
  expect(after.lastError).toContain('Another object stands under the key')
  expect(after.body).not.toBeNull()
  expect((await readObjects(spaceId)).map(({ lines }) => lines)).toEqual([['foreign']])
})

test('two attempts at once, one of them past its lease, write one object', async () => {
  const outcomes = await Promise.all([
    writeBatch(at, batchId, 0, signal),
    writeBatch(at, batchId, 0, signal, true),
  ])
  expect(outcomes).toContain(true)
  expect((await readObjects(spaceId)).map(({ lines }) => lines)).toEqual([[LINE]])
})
