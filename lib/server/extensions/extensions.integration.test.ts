import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { ExtensionKey } from '#lib/domain/extensions/catalogue'
import { deliverDue } from '../audit/deliver-due'
import { sealNextBatch } from '../audit/seal-batch'
import { activeStreams } from '../audit/streams'
import { runJob } from '../jobs/run-job'
import { receiveEvents } from '../nodes/receive-events'
import { moveClock } from '../platform/clock'
import { config } from '../platform/config'
import { database } from '../platform/db/client'
import { closeQueue } from '../platform/queue'
import { cancelJob } from '../progress/commands'
import { freshDatabase } from '../testing/database'
import {
  makeNode,
  makeQueue,
  makeScene,
  NODE_CONTEXT,
  nodeRequest,
  readObjects,
  type Scene,
} from '../testing/fire/scene'
import { activateExtension, deactivateExtension } from './commands'
import { getExtension, listExtensionDependents, listExtensions } from './queries'

const signal = new AbortController().signal
const EAGER = { spacingMs: 0, leaseMs: 5_000 }
const FROM_BEGINNING = { deliverFrom: 'beginning' } as const
const store = () => config().store as { writer: { accessKeyId: string }; reader: { accessKeyId: string } }

let drop: () => Promise<void>
beforeAll(async () => {
  drop = await freshDatabase()
  await makeQueue()
})
afterAll(async () => {
  await closeQueue()
  await drop()
})

let scene: Scene
let other: Scene
beforeEach(async () => {
  scene = await makeScene()
  other = await makeScene()
})
const keys = { writer: '', reader: '' }
beforeAll(() => {
  keys.writer = store().writer.accessKeyId
  keys.reader = store().reader.accessKeyId
})
afterEach(() => {
  store().writer.accessKeyId = keys.writer
  store().reader.accessKeyId = keys.reader
  Object.assign(config(), { entitlement: 'customer' })
  moveClock(0)
})

const stored = (key: ExtensionKey) =>
  database().extension.findUniqueOrThrow({ where: { spaceId_key: { spaceId: scene.spaceId, key } } })
const runOwnJob = async (key: ExtensionKey) => runJob((await stored(key)).jobId ?? '', signal)
const activate = async (
  key: ExtensionKey,
  request: Parameters<typeof activateExtension>[2] = FROM_BEGINNING,
) => {
  await activateExtension(scene.admin, key, request)
  await runOwnJob(key)
  return getExtension(scene.admin, key)
}
const deliveredTypes = async (prefix: string) =>
  (await readObjects(prefix)).flatMap(({ lines }) =>
    lines.map((line) => JSON.parse(line).message.msgType as string),
  )
const eventTypes = async () =>
  (await database().auditEvent.findMany({ where: { spaceId: scene.spaceId }, orderBy: { seq: 'asc' } })).map(
    ({ msgType, stream, outcome }) => `${msgType} ${stream} ${outcome}`,
  )

test('activating makes the connection, writes a first event and reads it back', async () => {
  const before = await getExtension(scene.admin, 'dku-audit-log')
  expect(before).toMatchObject({
    state: 'available',
    canActivate: true,
    canDeactivate: false,
    defaultPeople: 1,
  })
  const started = await activateExtension(scene.admin, 'dku-audit-log', FROM_BEGINNING)
  expect(started).toMatchObject({ state: 'activating', canCancel: true })
  expect(started.steps[0]).toMatchObject({ title: 'Connection created', state: 'now' })
  await runOwnJob('dku-audit-log')
  const after = await getExtension(scene.admin, 'dku-audit-log')
  expect(after).toMatchObject({
    state: 'active',
    error: null,
    canDeactivate: true,
    connection: { exists: true },
  })
  expect(after.steps.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done', 'done'])
  expect(after.steps[1]?.path).toMatch(/^\/audit-logs\/design\/\d{4}\/\d\d\/\d\d\/\d\d\/.*\.ndjson\.gz$/)
  await deliverDue(signal, EAGER)
  expect(await deliveredTypes(scene.spaceId)).toEqual([
    'extension-activate',
    'admin-connection-create',
    'extension-activated',
  ])
  const connection = await database().connection.findFirstOrThrow({
    where: { spaceId: scene.spaceId, name: 'dku-audit-log' },
    include: { grants: { include: { group: true } }, switches: true, tests: true },
  })
  expect(connection).toMatchObject({
    managedBy: 'dku-audit-log',
    params: { allowedPrefixes: ['/audit-logs/'] },
  })
  expect(connection.grants.map(({ kind, group }) => [kind, group?.name])).toEqual([
    ['use', 'space_administrators'],
  ])
  expect(connection.switches).toMatchObject([{ required: true }])
  expect(connection.tests).toMatchObject([{ ok: true, trigger: 'activation' }])
  expect((await getExtension(other.admin, 'dku-audit-log')).state).toBe('available')
})

test('API node brings its group, lets it be chosen who may use it, and says its first word in its own stream', async () => {
  const { groupChoice } = await getExtension(scene.admin, 'api-node')
  expect(groupChoice?.groups).toEqual([
    { name: 'designers', people: 1, fixed: false, preset: false },
    { name: 'space_administrators', people: 1, fixed: true, preset: true },
    { name: 'deployers', people: 0, fixed: false, preset: true },
  ])
  const after = await activate('api-node', { ...FROM_BEGINNING, usableByGroups: ['designers', 'deployers'] })
  expect(after.state).toBe('active')
  expect(after.steps[1]?.path).toMatch(/^\/apinode-audit-logs\/\d{4}\//)
  const grants = await database().connectionGrant.findMany({
    where: { spaceId: scene.spaceId },
    include: { group: true },
  })
  expect(grants.map(({ group }) => group?.name).sort()).toEqual([
    'deployers',
    'designers',
    'space_administrators',
  ])
  expect(await eventTypes()).toContain('group-create instance success')
  expect(await deliveredTypes(scene.spaceId)).toEqual(['extension-activate'])
})

test('double clicks and two administrators make one activation', async () => {
  await Promise.all([1, 2, 3, 4].map(() => activateExtension(scene.admin, 'dku-audit-log', FROM_BEGINNING)))
  const { jobId } = await stored('dku-audit-log')
  expect(await database().job.count({ where: { spaceId: scene.spaceId } })).toBe(1)
  await Promise.all([runJob(jobId ?? '', signal), runJob(jobId ?? '', signal)])
  expect((await activateExtension(scene.admin, 'dku-audit-log', FROM_BEGINNING)).state).toBe('active')
  expect((await eventTypes()).filter((type) => type.startsWith('extension-activate'))).toEqual([
    'extension-activate instance success',
    'extension-activated instance success',
  ])
})

test('a worker that dies half-way leaves an activation that the next one finishes', async () => {
  await activateExtension(scene.admin, 'dku-audit-log', FROM_BEGINNING)
  const dying = new AbortController()
  const { jobId } = await stored('dku-audit-log')
  const run = runJob(jobId ?? '', dying.signal)
  const watch = setInterval(async () => {
    if (await database().deliveryBatch.findFirst({ where: { spaceId: scene.spaceId } })) dying.abort()
  }, 2)
  await run
  clearInterval(watch)
  await runJob(jobId ?? '', signal)
  expect((await getExtension(scene.admin, 'dku-audit-log')).state).toBe('active')
  await deliverDue(signal, EAGER)
  const types = await deliveredTypes(scene.spaceId)
  expect(types.filter((type) => type === 'admin-connection-create')).toHaveLength(1)
  expect(new Set(types).size).toBe(types.length)
})

test('a failure names its reason, and Retry goes on from there', async () => {
  store().reader.accessKeyId = 'unknown'
  const failed = await activate('dku-audit-log')
  expect(failed).toMatchObject({ state: 'failed', canRetry: true, canActivate: false })
  expect(failed.error?.message).toContain('does not know this access key')
  expect(failed.steps.map(({ state }) => state)).toEqual(['done', 'done', 'failed', 'todo', 'todo'])
  expect(await eventTypes()).toContain('extension-activation-failed instance failed')
  store().reader.accessKeyId = keys.reader
  expect(await activate('dku-audit-log')).toMatchObject({ state: 'active', error: null })
})

test('an activation that was canceled before it began counts as failed and can be retried', async () => {
  const { jobId } = await activateExtension(scene.admin, 'dku-audit-log', FROM_BEGINNING)
  await cancelJob(scene.admin, jobId ?? '')
  const after = await getExtension(scene.admin, 'dku-audit-log')
  expect(after).toMatchObject({ state: 'failed', canRetry: true, error: { reason: 'canceled' } })
  expect((await activate('dku-audit-log')).state).toBe('active')
})

test('a trial space is refused with the reason, and keeps what is active', async () => {
  await activate('api-node')
  Object.assign(config(), { entitlement: 'trial' })
  const shown = await getExtension(scene.admin, 'dku-audit-log')
  expect(shown).toMatchObject({ canActivate: false })
  expect(shown.refusal).toContain('only available for customers')
  await expect(activateExtension(scene.admin, 'dku-audit-log', FROM_BEGINNING)).rejects.toMatchObject({
    kind: 'forbidden',
    message: expect.stringContaining('customer entitlement'),
  })
  expect(await eventTypes()).toContain('extension-activate instance denied')
  expect((await getExtension(scene.admin, 'api-node')).state).toBe('active')
})

test('designers are refused and their attempts told', async () => {
  await expect(listExtensions(scene.designer)).rejects.toMatchObject({
    kind: 'forbidden',
    details: { ask: ['admin'] },
  })
  await expect(activateExtension(scene.designer, 'dku-audit-log', FROM_BEGINNING)).rejects.toMatchObject({
    kind: 'forbidden',
  })
  await expect(
    deactivateExtension(scene.designer, 'dku-audit-log', { reason: 'x', connection: 'keep' }),
  ).rejects.toMatchObject({ kind: 'forbidden' })
  await expect(listExtensionDependents(scene.designer, 'dku-audit-log')).rejects.toMatchObject({
    kind: 'forbidden',
  })
  expect((await eventTypes()).filter((type) => type.endsWith('denied'))).toHaveLength(4)
  await expect(getExtension(scene.admin, 'no-such')).rejects.toMatchObject({ kind: 'not_found' })
  expect((await listExtensions(scene.admin)).extensions.map(({ key }) => key)).toEqual([
    'dku-audit-log',
    'api-node',
  ])
  expect((await eventTypes()).at(-1)).toBe('extensions-list instance success')
})

test('deactivating delivers everything up to its own event, then stops; activating again delivers what waits', async () => {
  await activate('dku-audit-log')
  await listExtensions(scene.admin)
  await deactivateExtension(scene.admin, 'dku-audit-log', { reason: 'Moving', connection: 'keep' })
  await runOwnJob('dku-audit-log')
  const after = await getExtension(scene.admin, 'dku-audit-log')
  expect(after).toMatchObject({
    state: 'inactive',
    reason: 'Moving',
    connection: { exists: true },
    canActivate: true,
  })
  await deliverDue(signal, EAGER)
  expect((await deliveredTypes(scene.spaceId)).at(-1)).toBe('extension-deactivate')
  expect(await deliveredTypes(scene.spaceId)).toContain('extensions-list')
  await activate('dku-audit-log')
  await deliverDue(signal, EAGER)
  expect((await deliveredTypes(scene.spaceId)).slice(-3)).toEqual([
    'extension-deactivated',
    'extension-activate',
    'extension-activated',
  ])
})

test('what an administrator declines stays here, and that is told', async () => {
  const { token } = await makeNode(scene.spaceId, 'govern')
  await receiveEvents(nodeRequest(token, '{"message":{"eventId":"old","msgType":"old"}}'), NODE_CONTEXT)
  await activate('dku-audit-log', { deliverFrom: 'now' })
  await receiveEvents(nodeRequest(token, '{"message":{"eventId":"new","msgType":"new"}}'), NODE_CONTEXT)
  await deliverDue(signal, EAGER)
  expect(await deliveredTypes(`${scene.spaceId}/audit-logs/govern/`)).toEqual(['new'])
  const told = await database().auditEvent.findFirstOrThrow({
    where: { spaceId: scene.spaceId, msgType: 'extension-activate' },
  })
  expect(JSON.parse(told.line).message).toMatchObject({ deliverFrom: 'now', declinedEvents: 1 })
})

test('a clock that is set back after "now" declines nothing more', async () => {
  const { token } = await makeNode(scene.spaceId, 'govern')
  await activate('dku-audit-log', { deliverFrom: 'now' })
  moveClock(-3_600_000)
  await receiveEvents(nodeRequest(token, '{"message":{"eventId":"new","msgType":"new"}}'), NODE_CONTEXT)
  await deliverDue(signal, EAGER)
  expect(await deliveredTypes(`${scene.spaceId}/audit-logs/govern/`)).toEqual(['new'])
})

test('a delivery that began before a deactivation takes nothing that was recorded after it', async () => {
  await activate('dku-audit-log')
  await deliverDue(signal, EAGER)
  const before = (await activeStreams(database())).filter(({ spaceId }) => spaceId === scene.spaceId)
  await deactivateExtension(scene.admin, 'dku-audit-log', { reason: 'Moving', connection: 'keep' })
  await runOwnJob('dku-audit-log')
  for (const stream of before) expect(await sealNextBatch(stream, 0)).toBe(false)
  expect(await database().auditEvent.count({ where: { spaceId: scene.spaceId, batchId: null } })).toBe(1)
})

test('Retry keeps who may use the connection, and the "now" of the first try', async () => {
  const { token } = await makeNode(scene.spaceId, 'api')
  const query = (id: string) => `{"topic":"apinode-query","message":{"eventId":"${id}","msgType":"${id}"}}`
  store().writer.accessKeyId = 'unknown'
  await receiveEvents(nodeRequest(token, query('old')), NODE_CONTEXT)
  await activate('api-node', { deliverFrom: 'now', usableByGroups: [] })
  await receiveEvents(nodeRequest(token, query('between')), NODE_CONTEXT)
  store().writer.accessKeyId = keys.writer
  await database().connection.updateMany({
    where: { spaceId: scene.spaceId },
    data: { removedAt: new Date() },
  })
  await database().connectionGrant.updateMany({
    where: { spaceId: scene.spaceId },
    data: { until: new Date() },
  })
  expect(await activate('api-node', { deliverFrom: 'now' })).toMatchObject({ state: 'active' })
  await deliverDue(signal, EAGER)
  expect(await deliveredTypes(`${scene.spaceId}/apinode-audit-logs/`)).toContain('between')
  expect(await deliveredTypes(`${scene.spaceId}/apinode-audit-logs/`)).not.toContain('old')
  const grants = await database().connectionGrant.findMany({
    where: { spaceId: scene.spaceId, until: null },
    include: { group: true },
  })
  expect(grants.map(({ group }) => group?.name)).toEqual(['space_administrators'])
})

test('removing the connection leaves the logs and says what it concerned', async () => {
  await activate('dku-audit-log')
  expect(await listExtensionDependents(scene.admin, 'dku-audit-log')).toEqual({
    datasets: [],
    projects: 0,
    total: 0,
  })
  await deactivateExtension(scene.admin, 'dku-audit-log', { reason: 'Moving', connection: 'remove' })
  await runOwnJob('dku-audit-log')
  expect(await getExtension(scene.admin, 'dku-audit-log')).toMatchObject({
    state: 'inactive',
    connection: { exists: false },
  })
  const objects = await readObjects(scene.spaceId)
  expect(objects.length).toBeGreaterThan(0)
  expect(await eventTypes()).toContain('admin-connection-delete instance success')
})

test('a connection that was kept keeps who may use it: Confirm offers no choice', async () => {
  await activate('api-node', { ...FROM_BEGINNING, usableByGroups: ['designers'] })
  await deactivateExtension(scene.admin, 'api-node', { reason: 'Moving', connection: 'keep' })
  await runOwnJob('api-node')
  expect((await getExtension(scene.admin, 'api-node')).groupChoice).toBeNull()
  await expect(
    activateExtension(scene.admin, 'api-node', { ...FROM_BEGINNING, usableByGroups: ['deployers'] }),
  ).rejects.toMatchObject({ details: { reason: 'groups-not-chosen' } })
  expect(await activate('api-node')).toMatchObject({ state: 'active' })
  const grants = await database().connectionGrant.findMany({
    where: { spaceId: scene.spaceId, until: null },
    include: { group: true },
  })
  expect(grants.map(({ group }) => group?.name).sort()).toEqual(['designers', 'space_administrators'])
})

test('a deactivation waits out an outage and can be canceled', async () => {
  await activate('dku-audit-log')
  store().writer.accessKeyId = 'unknown'
  const { jobId } = await deactivateExtension(scene.admin, 'dku-audit-log', {
    reason: 'Moving',
    connection: 'keep',
  })
  const run = runOwnJob('dku-audit-log')
  await expect
    .poll(async () => (await database().job.findUniqueOrThrow({ where: { id: jobId ?? '' } })).message, {
      timeout: 15_000,
    })
    .toContain('access key')
  await cancelJob(scene.admin, jobId ?? '')
  await run
  expect(await getExtension(scene.admin, 'dku-audit-log')).toMatchObject({
    state: 'active',
    reason: null,
    canDeactivate: true,
  })
  expect(await eventTypes()).toContain('extension-deactivation-canceled instance success')
})
