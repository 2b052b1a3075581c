import { expect, test } from 'vitest'
import { deliverDue } from '../audit/deliver-due'
import { sealNextBatch } from '../audit/seal-batch'
import { activeStreams } from '../audit/streams'
import { database } from '../platform/db/client'
import { cancelJob } from '../progress/commands'
import { EAGER, FROM_BEGINNING, setUpExtensions } from '../testing/fire/extension-scene'
import { readObjects } from '../testing/fire/scene'
import { activateExtension, deactivateExtension } from './commands'
import { getExtension, listExtensionDependents, listExtensions } from './queries'

const at = setUpExtensions()
const { runOwnJob, activate, deliveredTypes, eventTypes, signal } = at

test('deactivating delivers everything up to its own event, then stops; activating again delivers what waits', async () => {
  await activate('dku-audit-log')
  await listExtensions(at.scene.admin)
  await deactivateExtension(at.scene.admin, 'dku-audit-log', { reason: 'Moving', connection: 'keep' })
  await runOwnJob('dku-audit-log')
  const after = await getExtension(at.scene.admin, 'dku-audit-log')
  expect(after).toMatchObject({
    state: 'inactive',
    reason: 'Moving',
    connection: { exists: true },
    canActivate: true,
  })
  await deliverDue(signal, EAGER)
  expect((await deliveredTypes(at.scene.spaceId)).at(-1)).toBe('extension-deactivate')
  expect(await deliveredTypes(at.scene.spaceId)).toContain('extensions-list')
  await activate('dku-audit-log')
  await deliverDue(signal, EAGER)
  expect((await deliveredTypes(at.scene.spaceId)).slice(-3)).toEqual([
    'extension-deactivated',
    'extension-activate',
    'extension-activated',
  ])
})

test('a delivery that began before a deactivation takes nothing that was recorded after it', async () => {
  await activate('dku-audit-log')
  await deliverDue(signal, EAGER)
  const before = (await activeStreams(database())).filter(({ spaceId }) => spaceId === at.scene.spaceId)
  await deactivateExtension(at.scene.admin, 'dku-audit-log', { reason: 'Moving', connection: 'keep' })
  await runOwnJob('dku-audit-log')
  for (const stream of before) expect(await sealNextBatch(stream, 0)).toBe(false)
  expect(await database().auditEvent.count({ where: { spaceId: at.scene.spaceId, batchId: null } })).toBe(1)
})

test('removing the connection leaves the logs and says what it concerned', async () => {
  await activate('dku-audit-log')
  expect(await listExtensionDependents(at.scene.admin, 'dku-audit-log')).toEqual({
    datasets: [],
    projects: 0,
    total: 0,
  })
  await deactivateExtension(at.scene.admin, 'dku-audit-log', { reason: 'Moving', connection: 'remove' })
  await runOwnJob('dku-audit-log')
  expect(await getExtension(at.scene.admin, 'dku-audit-log')).toMatchObject({
    state: 'inactive',
    connection: { exists: false },
  })
  const objects = await readObjects(at.scene.spaceId)
  expect(objects.length).toBeGreaterThan(0)
  expect(await eventTypes()).toContain('admin-connection-delete instance success')
})

test('a connection that was kept keeps who may use it: Confirm offers no choice', async () => {
  await activate('api-node', { ...FROM_BEGINNING, usableByGroups: ['designers'] })
  await deactivateExtension(at.scene.admin, 'api-node', { reason: 'Moving', connection: 'keep' })
  await runOwnJob('api-node')
  expect((await getExtension(at.scene.admin, 'api-node')).groupChoice).toBeNull()
  await expect(
    activateExtension(at.scene.admin, 'api-node', { ...FROM_BEGINNING, usableByGroups: ['deployers'] }),
  ).rejects.toMatchObject({ details: { reason: 'groups-not-chosen' } })
  expect(await activate('api-node')).toMatchObject({ state: 'active' })
  const grants = await database().connectionGrant.findMany({
    where: { spaceId: at.scene.spaceId, until: null },
    include: { group: true },
  })
  expect(grants.map(({ group }) => group?.name).sort()).toEqual(['designers', 'space_administrators'])
})

test('a deactivation waits out an outage and can be canceled', async () => {
  await activate('dku-audit-log')
  at.keys.writer.accessKeyId = 'unknown'
  const { jobId } = await deactivateExtension(at.scene.admin, 'dku-audit-log', {
    reason: 'Moving',
    connection: 'keep',
  })
  const run = runOwnJob('dku-audit-log')
  await expect
    .poll(async () => (await database().job.findUniqueOrThrow({ where: { id: jobId ?? '' } })).message, {
      timeout: 15_000,
    })
    .toContain('access key')
  await cancelJob(at.scene.admin, jobId ?? '')
  await run
  expect(await getExtension(at.scene.admin, 'dku-audit-log')).toMatchObject({
    state: 'active',
    reason: null,
    canDeactivate: true,
  })
  expect(await eventTypes()).toContain('extension-deactivation-canceled instance success')
})
