import { afterAll, beforeAll, expect, test } from 'vitest'
import { overview } from '#lib/domain/overview/wire'
import { deliverDue } from '../audit/deliver-due'
import { receiveEvents } from '../nodes/receive-events'
import { moveClock } from '../platform/clock'
import { config } from '../platform/config'
import { database } from '../platform/db/client'
import { freshDatabase } from '../testing/database'
import { enterNoon } from '../testing/enter-noon'
import { makeActive, makeNode, makeScene, NODE_CONTEXT, nodeRequest } from '../testing/fire/scene'
import { getOverview } from './queries'

const EAGER = { spacingMs: 0, leaseMs: 5_000 }
const signal = new AbortController().signal
let drop: () => Promise<void>
beforeAll(async () => {
  drop = await freshDatabase()
})
afterAll(async () => {
  moveClock(0)
  await drop()
})

test('unknown numbers are unknown, kept events are not waiting, and trouble is told with its reason', async () => {
  enterNoon()
  const { spaceId, admin, designer } = await makeScene()
  const { token } = await makeNode(spaceId, 'govern')
  const send = (id: string) =>
    receiveEvents(nodeRequest(token, `{"message":{"eventId":"${id}"}}`), NODE_CONTEXT)
  const read = async () => overview.parse(await getOverview(admin))
  const govern = async () => (await read()).rows.find(({ label }) => label === 'govern')

  await send('kept')
  expect((await read()).totals).toMatchObject({ eventsToday: null, waiting: null, lagP99Ms: null })
  expect(await govern()).toMatchObject({
    state: 'off',
    waiting: null,
    kept: 1,
    eventsToday: null,
    last24Hours: null,
  })

  await makeActive(spaceId, 'dku-audit-log')
  await deliverDue(signal, EAGER)
  expect(await govern()).toMatchObject({ state: 'delivering', waiting: 0, kept: null, eventsToday: 1 })
  expect((await govern())?.last24Hours?.at(-1)).toBe(1)
  const calm = await read()
  expect(calm.totals.lagP99Ms).toBeGreaterThanOrEqual(0)
  expect(calm.troubles).toEqual([])
  expect(calm.rows.find(({ label }) => label === 'design')).toMatchObject({
    state: 'idle',
    eventsToday: null,
  })
  expect(calm.extensions).toMatchObject([{ state: 'active' }, { state: 'available' }])

  const store = config().store as { writer: { accessKeyId: string } }
  const key = store.writer.accessKeyId
  store.writer.accessKeyId = 'unknown'
  await send('late')
  await deliverDue(signal, EAGER)
  store.writer.accessKeyId = key
  const [trouble] = (await read()).troubles
  expect(trouble).toMatchObject({
    label: 'govern',
    waiting: 1,
    lastError: expect.stringContaining('access key'),
  })
  expect(trouble?.nextAttemptAt).not.toBeNull()
  expect(await govern()).toMatchObject({ state: 'waiting', waiting: 1 })
  enterNoon(120_000)
  await deliverDue(signal, EAGER)
  enterNoon()
  expect((await read()).troubles).toEqual([])

  await expect(getOverview(designer)).rejects.toMatchObject({ kind: 'forbidden' })
  expect(await database().auditEvent.count({ where: { spaceId, msgType: 'delivery-report-read' } })).toBe(1)
  const other = await makeScene()
  expect((await getOverview(other.admin)).rows.every(({ lastObjectAt }) => lastObjectAt === null)).toBe(true)
})
