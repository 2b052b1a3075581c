import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { receiveEvents } from '../nodes/receive-events'
import { moveClock, now } from '../platform/clock'
import { database } from '../platform/db/client'
import { freshDatabase } from '../testing/database'
import { enterNoon } from '../testing/enter-noon'
import {
  makeActive,
  makeNode,
  makeScene,
  NODE_CONTEXT,
  nodeRequest,
  readObjects,
} from '../testing/fire/scene'
import { deliverDue } from './deliver-due'
import type { Pace } from './deliver-stream'

const EAGER: Pace = { spacingMs: 0, leaseMs: 5_000 }
const signal = new AbortController().signal
const event = (id: string, extra = {}) =>
  JSON.stringify({ message: { msgType: 'dataset-save', eventId: id, ...extra } })

let drop: () => Promise<void>
beforeAll(async () => {
  drop = await freshDatabase()
})
afterAll(() => drop())
afterEach(() => moveClock(0))

describe('from a node to the store', () => {
  let spaceId: string
  beforeEach(async () => {
    spaceId = (await makeScene()).spaceId
  })
  const send = (token: string, body: string | Buffer, headers = {}) =>
    receiveEvents(nodeRequest(token, body, headers), NODE_CONTEXT)

  test('lines arrive as they were sent, by node type and hour of receipt', async () => {
    enterNoon()
    await makeActive(spaceId, 'dku-audit-log')
    const { token } = await makeNode(spaceId, 'automation')
    const odd =
      '{"severity":"INFO", "message":{"eventId":"e2","big":12345678901234567890.10,"half":"\\ud800","__proto__":1}}'
    expect(
      await send(token, gzipSync(`${event('e1')}\n${odd}\r\n\n`), { 'content-encoding': 'gzip' }),
    ).toEqual({
      accepted: 2,
      duplicates: 0,
      conflicts: 0,
    })
    await deliverDue(signal, EAGER)
    const [object, ...more] = await readObjects(spaceId)
    expect(more).toEqual([])
    const hour = now().toISOString().slice(0, 13).replace(/[-T]/g, '/')
    expect(object?.key).toMatch(
      new RegExp(`^${spaceId}/audit-logs/automation/${hour}/[0-9a-f-]{36}\\.ndjson\\.gz$`),
    )
    expect(object?.lines).toEqual([event('e1'), odd])
    const batch = await database().deliveryBatch.findFirstOrThrow({ where: { spaceId } })
    expect(batch).toMatchObject({ events: 2, body: null, lastError: null, attempts: 1 })
    expect(batch.lagMs).toBeGreaterThanOrEqual(0)
  })

  test('queries of API nodes go their own way, and each stream waits for its own extension', async () => {
    await makeActive(spaceId, 'api-node')
    const { token } = await makeNode(spaceId, 'api')
    const query = '{"topic":"apinode-query","message":{"msgType":"query","eventId":"q1"}}'
    await send(token, `[${query},\n${event('e1')}]`)
    await deliverDue(signal, EAGER)
    const objects = await readObjects(spaceId)
    expect(objects.map(({ key }) => key.split('/')[1])).toEqual(['apinode-audit-logs'])
    expect(objects[0]?.lines).toEqual([query])
    await makeActive(spaceId, 'dku-audit-log')
    await deliverDue(signal, EAGER)
    expect((await readObjects(`${spaceId}/audit-logs/api/`))[0]?.lines).toEqual([event('e1')])
  })

  test('a retried request is counted and not kept twice, with or without ids', async () => {
    await makeActive(spaceId, 'dku-audit-log')
    const { token } = await makeNode(spaceId, 'govern')
    const bare = '{"message":{"msgType":"login"}}'
    const body = `${bare}\n${bare}\n${event('e1')}`
    expect(await send(token, body)).toEqual({ accepted: 3, duplicates: 0, conflicts: 0 })
    expect(await send(token, body)).toEqual({ accepted: 0, duplicates: 3, conflicts: 0 })
    await deliverDue(signal, EAGER)
    expect((await readObjects(spaceId)).flatMap(({ lines }) => lines)).toEqual([bare, bare, event('e1')])
  })

  test('the same id with another body keeps both and is told', async () => {
    const { token, nodeId } = await makeNode(spaceId, 'govern')
    await send(token, event('e1'))
    expect(await send(token, `${event('e1', { forged: true })}\n${event('e2')}`)).toEqual({
      accepted: 2,
      duplicates: 0,
      conflicts: 1,
    })
    expect(await send(token, event('e1', { forged: true }))).toEqual({
      accepted: 0,
      duplicates: 1,
      conflicts: 0,
    })
    expect(await send(token, `${event('e3')}\n${event('e3', { forged: true })}`)).toMatchObject({
      accepted: 2,
      conflicts: 1,
    })
    expect(await database().node.findUniqueOrThrow({ where: { id: nodeId } })).toMatchObject({ conflicts: 2 })
    const told = await database().auditEvent.findMany({ where: { spaceId, msgType: 'node-event-conflict' } })
    expect(told).toHaveLength(2)
    expect(told[0]).toMatchObject({ objectId: nodeId, nodeId: 'launchpad', nodeType: 'design' })
  })

  test('a malformed line is named and nothing of its request is kept', async () => {
    const { token } = await makeNode(spaceId, 'design')
    await expect(send(token, `${event('e1')}\n\n{"message":`)).rejects.toMatchObject({
      kind: 'validation_failed',
      message: 'Line 3 is not a JSON object on one line.',
    })
    expect(await database().auditEvent.count({ where: { spaceId } })).toBe(0)
  })

  test('type and identity come from the token', async () => {
    const { token, nodeId } = await makeNode(spaceId, 'deployer')
    await send(token, event('e1', { nodeId: 'someone-else', nodeType: 'design' }))
    expect(await database().auditEvent.findFirstOrThrow({ where: { spaceId } })).toMatchObject({
      nodeId,
      nodeType: 'deployer',
    })
  })

  test('a token that is wrong or has ended is refused; an ended one is told', async () => {
    const { token, nodeId } = await makeNode(spaceId, 'design')
    await expect(send('lp_node_wrong', event('e1'))).rejects.toMatchObject({ kind: 'unauthenticated' })
    await database().node.update({ where: { id: nodeId }, data: { revokedAt: new Date() } })
    await expect(send(token, event('e1'))).rejects.toMatchObject({ kind: 'unauthenticated' })
    const [told] = await database().auditEvent.findMany({ where: { spaceId } })
    expect(told).toMatchObject({
      msgType: 'node-authentication-failure',
      outcome: 'denied',
      objectId: nodeId,
    })
  })

  test('bombs, foreign encodings and broken text are refused', async () => {
    const { token } = await makeNode(spaceId, 'design')
    const gzip = { 'content-encoding': 'gzip' }
    await expect(send(token, gzipSync(Buffer.alloc(101 * 1024 * 1024)), gzip)).rejects.toMatchObject({
      details: { reason: 'limit' },
    })
    await expect(send(token, gzipSync(event('e1')).subarray(0, 20), gzip)).rejects.toMatchObject({
      details: { reason: 'not-gzip' },
    })
    await expect(send(token, event('e1'), { 'content-encoding': 'br' })).rejects.toMatchObject({
      kind: 'validation_failed',
    })
    await expect(send(token, Buffer.from(`${event('e1')}\n"\xff"`, 'latin1'))).rejects.toThrow(
      'Line 2 is not UTF-8',
    )
  })
})
