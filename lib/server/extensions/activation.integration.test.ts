import { expect, test } from 'vitest'
import { deliverDue } from '../audit/deliver-due'
import { runJob } from '../jobs/run-job'
import { receiveEvents } from '../nodes/receive-events'
import { moveClock } from '../platform/clock'
import { config } from '../platform/config'
import { database } from '../platform/db/client'
import { cancelJob } from '../progress/commands'
import { EAGER, FROM_BEGINNING, setUpExtensions } from '../testing/fire/extension-scene'
import { makeNode, NODE_CONTEXT, nodeRequest } from '../testing/fire/scene'
import { activateExtension, deactivateExtension } from './commands'
import { getExtension, listExtensionDependents, listExtensions } from './queries'

const at = setUpExtensions()
const { stored, runOwnJob, activate, deliveredTypes, eventTypes, signal } = at

test('activating makes the connection, writes a first event and reads it back', async () => {
  const before = await getExtension(at.scene.admin, 'dku-audit-log')
  expect(before).toMatchObject({
    state: 'available',
    canActivate: true,
    canDeactivate: false,
    defaultPeople: 1,
  })
  const started = await activateExtension(at.scene.admin, 'dku-audit-log', FROM_BEGINNING)
  expect(started).toMatchObject({ state: 'activating', canCancel: true })
  expect(started.steps[0]).toMatchObject({ title: 'Connection created', state: 'now' })
  await runOwnJob('dku-audit-log')
  const after = await getExtension(at.scene.admin, 'dku-audit-log')
  expect(after).toMatchObject({
    state: 'active',
    error: null,
    canDeactivate: true,
    connection: { exists: true },
  })
  expect(after.steps.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done', 'done'])
  expect(after.steps[1]?.path).toMatch(/^\/audit-logs\/design\/\d{4}\/\d\d\/\d\d\/\d\d\/.*\.ndjson\.gz$/)
  await deliverDue(signal, EAGER)
  expect(await deliveredTypes(at.scene.spaceId)).toEqual([
    'extension-activate',
    'admin-connection-create',
    'extension-activated',
  ])
  const connection = await database().connection.findFirstOrThrow({
    where: { spaceId: at.scene.spaceId, name: 'dku-audit-log' },
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
  expect((await getExtension(at.other.admin, 'dku-audit-log')).state).toBe('available')
})

test('API node brings its group, lets it be chosen who may use it, and says its first word in its own stream', async () => {
  const { groupChoice } = await getExtension(at.scene.admin, 'api-node')
  expect(groupChoice?.groups).toEqual([
    { name: 'designers', people: 1, fixed: false, preset: false },
    { name: 'space_administrators', people: 1, fixed: true, preset: true },
    { name: 'deployers', people: 0, fixed: false, preset: true },
  ])
  const after = await activate('api-node', { ...FROM_BEGINNING, usableByGroups: ['designers', 'deployers'] })
  expect(after.state).toBe('active')
  expect(after.steps[1]?.path).toMatch(/^\/apinode-audit-logs\/\d{4}\//)
  const grants = await database().connectionGrant.findMany({
    where: { spaceId: at.scene.spaceId },
    include: { group: true },
  })
  expect(grants.map(({ group }) => group?.name).sort()).toEqual([
    'deployers',
    'designers',
    'space_administrators',
  ])
  expect(await eventTypes()).toContain('group-create instance success')
  expect(await deliveredTypes(at.scene.spaceId)).toEqual(['extension-activate'])
})

test('double clicks and two administrators make one activation', async () => {
  await Promise.all(
    [1, 2, 3, 4].map(() => activateExtension(at.scene.admin, 'dku-audit-log', FROM_BEGINNING)),
  )
  const { jobId } = await stored('dku-audit-log')
  expect(await database().job.count({ where: { spaceId: at.scene.spaceId } })).toBe(1)
  await Promise.all([runJob(jobId ?? '', signal), runJob(jobId ?? '', signal)])
  expect((await activateExtension(at.scene.admin, 'dku-audit-log', FROM_BEGINNING)).state).toBe('active')
  expect((await eventTypes()).filter((type) => type.startsWith('extension-activate'))).toEqual([
    'extension-activate instance success',
    'extension-activated instance success',
  ])
})

test('a worker that dies half-way leaves an activation that the next one finishes', async () => {
  await activateExtension(at.scene.admin, 'dku-audit-log', FROM_BEGINNING)
  const dying = new AbortController()
  const { jobId } = await stored('dku-audit-log')
  const run = runJob(jobId ?? '', dying.signal)
  const watch = setInterval(async () => {
    if (await database().deliveryBatch.findFirst({ where: { spaceId: at.scene.spaceId } })) dying.abort()
  }, 2)
  await run
  clearInterval(watch)
  await runJob(jobId ?? '', signal)
  expect((await getExtension(at.scene.admin, 'dku-audit-log')).state).toBe('active')
  await deliverDue(signal, EAGER)
  const types = await deliveredTypes(at.scene.spaceId)
  expect(types.filter((type) => type === 'admin-connection-create')).toHaveLength(1)
  expect(new Set(types).size).toBe(types.length)
})

test('a failure names its reason, and Retry goes on from there', async () => {
  at.keys.reader.accessKeyId = 'unknown'
  const failed = await activate('dku-audit-log')
  expect(failed).toMatchObject({ state: 'failed', canRetry: true, canActivate: false })
  expect(failed.error?.message).toContain('does not know this access key')
  expect(failed.steps.map(({ state }) => state)).toEqual(['done', 'done', 'failed', 'todo', 'todo'])
  expect(await eventTypes()).toContain('extension-activation-failed instance failed')
  at.keys.reader.accessKeyId = at.known.reader
  expect(await activate('dku-audit-log')).toMatchObject({ state: 'active', error: null })
})

test('an activation that was canceled before it began counts as failed and can be retried', async () => {
  const { jobId } = await activateExtension(at.scene.admin, 'dku-audit-log', FROM_BEGINNING)
  await cancelJob(at.scene.admin, jobId ?? '')
  const after = await getExtension(at.scene.admin, 'dku-audit-log')
  expect(after).toMatchObject({ state: 'failed', canRetry: true, error: { reason: 'canceled' } })
  expect((await activate('dku-audit-log')).state).toBe('active')
})

test('a trial space is refused with the reason, and keeps what is active', async () => {
  await activate('api-node')
  Object.assign(config(), { entitlement: 'trial' })
  const shown = await getExtension(at.scene.admin, 'dku-audit-log')
  expect(shown).toMatchObject({ canActivate: false })
  expect(shown.refusal).toContain('only available for customers')
  await expect(activateExtension(at.scene.admin, 'dku-audit-log', FROM_BEGINNING)).rejects.toMatchObject({
    kind: 'forbidden',
    message: expect.stringContaining('customer entitlement'),
  })
  expect(await eventTypes()).toContain('extension-activate instance denied')
  expect((await getExtension(at.scene.admin, 'api-node')).state).toBe('active')
})

test('designers are refused and their attempts told', async () => {
  await expect(listExtensions(at.scene.designer)).rejects.toMatchObject({
    kind: 'forbidden',
    details: { ask: ['admin'] },
  })
  await expect(activateExtension(at.scene.designer, 'dku-audit-log', FROM_BEGINNING)).rejects.toMatchObject({
    kind: 'forbidden',
  })
  await expect(
    deactivateExtension(at.scene.designer, 'dku-audit-log', { reason: 'x', connection: 'keep' }),
  ).rejects.toMatchObject({ kind: 'forbidden' })
  await expect(listExtensionDependents(at.scene.designer, 'dku-audit-log')).rejects.toMatchObject({
    kind: 'forbidden',
  })
  expect((await eventTypes()).filter((type) => type.endsWith('denied'))).toHaveLength(4)
  await expect(getExtension(at.scene.admin, 'no-such')).rejects.toMatchObject({ kind: 'not_found' })
  expect((await listExtensions(at.scene.admin)).extensions.map(({ key }) => key)).toEqual([
    'dku-audit-log',
    'api-node',
  ])
  expect((await eventTypes()).at(-1)).toBe('extensions-list instance success')
})

test('what an administrator declines stays here, and that is told', async () => {
  const { token } = await makeNode(at.scene.spaceId, 'govern')
  await receiveEvents(nodeRequest(token, '{"message":{"eventId":"old","msgType":"old"}}'), NODE_CONTEXT)
  await activate('dku-audit-log', { deliverFrom: 'now' })
  await receiveEvents(nodeRequest(token, '{"message":{"eventId":"new","msgType":"new"}}'), NODE_CONTEXT)
  await deliverDue(signal, EAGER)
  expect(await deliveredTypes(`${at.scene.spaceId}/audit-logs/govern/`)).toEqual(['new'])
  const told = await database().auditEvent.findFirstOrThrow({
    where: { spaceId: at.scene.spaceId, msgType: 'extension-activate' },
  })
  expect(JSON.parse(told.line).message).toMatchObject({ deliverFrom: 'now', declinedEvents: 1 })
})

test('a clock that is set back after "now" declines nothing more', async () => {
  const { token } = await makeNode(at.scene.spaceId, 'govern')
  await activate('dku-audit-log', { deliverFrom: 'now' })
  moveClock(-3_600_000)
  await receiveEvents(nodeRequest(token, '{"message":{"eventId":"new","msgType":"new"}}'), NODE_CONTEXT)
  await deliverDue(signal, EAGER)
  expect(await deliveredTypes(`${at.scene.spaceId}/audit-logs/govern/`)).toEqual(['new'])
})

test('Retry keeps who may use the connection, and the "now" of the first try', async () => {
  const { token } = await makeNode(at.scene.spaceId, 'api')
  const query = (id: string) => `{"topic":"apinode-query","message":{"eventId":"${id}","msgType":"${id}"}}`
  at.keys.writer.accessKeyId = 'unknown'
  await receiveEvents(nodeRequest(token, query('old')), NODE_CONTEXT)
  await activate('api-node', { deliverFrom: 'now', usableByGroups: [] })
  await receiveEvents(nodeRequest(token, query('between')), NODE_CONTEXT)
  at.keys.writer.accessKeyId = at.known.writer
  await database().connection.updateMany({
    where: { spaceId: at.scene.spaceId },
    data: { removedAt: new Date() },
  })
  await database().connectionGrant.updateMany({
    where: { spaceId: at.scene.spaceId },
    data: { until: new Date() },
  })
  expect(await activate('api-node', { deliverFrom: 'now' })).toMatchObject({ state: 'active' })
  await deliverDue(signal, EAGER)
  expect(await deliveredTypes(`${at.scene.spaceId}/apinode-audit-logs/`)).toContain('between')
  expect(await deliveredTypes(`${at.scene.spaceId}/apinode-audit-logs/`)).not.toContain('old')
  const grants = await database().connectionGrant.findMany({
    where: { spaceId: at.scene.spaceId, until: null },
    include: { group: true },
  })
  expect(grants.map(({ group }) => group?.name)).toEqual(['space_administrators'])
})
