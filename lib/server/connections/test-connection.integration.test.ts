import { afterAll, beforeAll, expect, test } from 'vitest'
import { asSystem, type Context } from '../access/caller'
import { now } from '../platform/clock'
import { database } from '../platform/db/client'
import { newId } from '../platform/ids'
import {
  addConnection,
  eventsAbout,
  makeConnectionScene,
  storeParams,
  storeSecret,
} from '../testing/connection-scene'
import { freshDatabase } from '../testing/database'
import { failureOf } from '../testing/failure-of'
import { takeDueConnections } from './due-connections'
import { getConnection } from './queries'
import { checkConnection, testConnection, testDraft } from './test-connection'

let drop: () => Promise<void>
let spaceId: string
let admin: Context
beforeAll(async () => {
  drop = await freshDatabase()
  ;({ spaceId, admin } = await makeConnectionScene())
})
afterAll(() => drop())

test('each step has an outcome, and the last one is kept', async () => {
  await addConnection(admin, 'good')
  const result = await testConnection(admin, 'good', { write: true })
  expect(Object.fromEntries(result.steps.map((step) => [step.step, step.outcome]))).toMatchObject({
    reachable: 'ok',
    credentials: 'ok',
    list: 'ok',
    write: 'ok',
  })
  expect(result.ok).toBe(true)
  expect((await getConnection(admin, 'good')).health).toMatchObject({
    state: 'healthy',
    message: 'Healthy',
  })
  expect(await eventsAbout(spaceId, 'good', 'fsprovider-test')).toHaveLength(1)
})

test('a wrong secret, a missing bucket and an endpoint that is not allowed are failed steps', async () => {
  await addConnection(admin, 'wrong', 'not-the-secret')
  const wrong = await testConnection(admin, 'wrong', { write: false })
  expect(wrong.ok).toBe(false)
  const missing = await testDraft(admin, {
    params: { ...storeParams(), bucket: 'no-such-bucket' },
    secret: storeSecret(),
    write: false,
  })
  expect(missing.steps.find((step) => step.step === 'list')?.outcome).toBe('failed')
  expect(missing.steps.find((step) => step.step === 'write')).toMatchObject({ outcome: 'not-tested' })
  const metadata = testDraft(admin, {
    params: { ...storeParams(), endpoint: 'http://[::ffff:a9fe:a9fe]' },
    secret: 's',
    write: false,
  })
  expect((await failureOf(metadata)).details.issues?.[0]?.path).toEqual(['params', 'endpoint'])
})

test('a draft uses the stored secret until it voids it', async () => {
  const draft = { params: { ...storeParams(), root: '/landing/' } }
  expect((await testConnection(admin, 'good', { draft, write: false })).trigger).toBe('draft')
  const moved = { params: { ...storeParams(), accessKeyId: 'AKIAOTHERACCOUNT' } }
  const result = await testConnection(admin, 'good', { draft: moved, write: false })
  expect(result.steps.find((step) => step.step === 'credentials')).toMatchObject({ outcome: 'failed' })
  expect((await getConnection(admin, 'good')).health?.state).toBe('healthy')
})

test('the repeated check takes each connection once and writes no event', async () => {
  await addConnection(admin, 'due')
  const [first, second] = await Promise.all([takeDueConnections(), takeDueConnections()])
  const { id } = await database().connection.findFirstOrThrow({ where: { name: 'due' } })
  expect([...first, ...second].filter((one) => one.id === id)).toHaveLength(1)
  const system = asSystem('check-connections', spaceId, newId(), new AbortController().signal, now())
  expect((await checkConnection(system, id, 'schedule')).ok).toBe(true)
  expect(await eventsAbout(spaceId, 'due', 'fsprovider-test')).toHaveLength(0)
  expect((await takeDueConnections()).map((one) => one.id)).not.toContain(id)
})
