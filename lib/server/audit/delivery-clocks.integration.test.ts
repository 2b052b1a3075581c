import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { receiveEvents } from '../nodes/receive-events'
import { moveClock } from '../platform/clock'
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
import { deliverDue } from './deliver-due'

const HOUR_MS = 3_600_000
const signal = new AbortController().signal

let drop: () => Promise<void>
let spaceId: string
let token: string
beforeAll(async () => {
  drop = await freshDatabase()
})
afterAll(() => drop())
beforeEach(async () => {
  spaceId = (await makeScene()).spaceId
  await makeActive(spaceId, 'dku-audit-log')
  token = (await makeNode(spaceId, 'govern')).token
})
afterEach(() => moveClock(0))

const send = (id: string, by = token) =>
  receiveEvents(nodeRequest(by, JSON.stringify({ message: { msgType: 'x', eventId: id } })), NODE_CONTEXT)
const deliver = (spacingMs = 0) => deliverDue(signal, { spacingMs, leaseMs: 5_000 })
/** The ids of each object, in the order of the objects' ids. */
const delivered = async () =>
  (await readObjects(spaceId))
    .map(({ key, lines }) => ({ id: key.split('/').at(-1) ?? '', hour: key.split('/').at(-2), lines }))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ hour, lines }) => [hour, ...lines.map((line) => JSON.parse(line).message.eventId as string)])

test('an event received by a clock that is ahead is neither held up nor overtaken', async () => {
  moveClock(30_000)
  await send('first')
  moveClock(0)
  await send('second')
  await deliver()
  expect((await delivered()).flatMap(([, ...ids]) => ids)).toEqual(['first', 'second'])
})

test('a clock that is set back stops neither the next object nor the next attempt', async () => {
  moveClock(2 * HOUR_MS)
  await send('before')
  await deliver(10_000)
  moveClock(0)
  await send('after')
  await deliver(10_000)
  expect((await delivered()).flatMap(([, ...ids]) => ids)).toEqual(['before', 'after'])
  await send('refused')
  const batches = database().deliveryBatch
  await deliver(0)
  await batches.updateMany({
    where: { spaceId },
    data: { deliveredAt: null, body: new Uint8Array([1]), nextAttemptAt: new Date(Date.now() + HOUR_MS) },
  })
  await deliver(0)
  expect(await batches.count({ where: { spaceId, attempts: 2 } })).toBeGreaterThan(0)
})

test('events go by the hour of their receipt, and each node keeps its order over a clock that goes back', async () => {
  const { token: other } = await makeNode(spaceId, 'govern')
  const start = Date.now()
  const untilHourMs = HOUR_MS - (start % HOUR_MS)
  moveClock(untilHourMs + 1_000)
  await send('a1')
  await send('b1', other)
  moveClock(untilHourMs - 60_000)
  await send('a2')
  moveClock(untilHourMs + 2_000)
  await send('a3')
  await send('b2', other)
  await deliver()
  const hourOf = (ms: number) => new Date(ms).toISOString().slice(11, 13)
  const [before, after] = [hourOf(start), hourOf(start + untilHourMs)]
  expect(await delivered()).toEqual([
    [after, 'a1', 'b1', 'b2'],
    [before, 'a2'],
    [after, 'a3'],
  ])
})
