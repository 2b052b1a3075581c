import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Context } from '../access/caller'
import { withPermit } from '../access/with-permit'
import { whoCanAccess } from '../datasets/connections/connection-access'
import { listDependents } from '../datasets/connections/connection-dependents'
import { previewPermissions } from '../datasets/connections/connection-permissions'
import { removeConnection } from '../datasets/connections/connection-removal'
import { moveClock, now } from '../platform/clock'
import { database } from '../platform/db/client'
import { newId } from '../platform/ids'
import {
  addConnection,
  type ConnectionScene,
  eventsAbout,
  makeConnectionScene,
  permit,
  selected,
} from '../testing/connection-scene'
import { freshDatabase } from '../testing/database'
import { failureOf } from '../testing/failure-of'
import { listActivity } from './activity'
import { connectionKind } from './connection-kind'
import { getPermissions, savePermissions } from './permissions'
import { listPermissionsHistory } from './permissions-history'
import { searchPrincipals } from './principals'
import { getConnection, listConnections } from './queries'

let drop: () => Promise<void>
let spaceId: string
let admin: Context
let mira: Context
let miraId: string
let auditor: Context
let groupId: ConnectionScene['groupId']
beforeAll(async () => {
  drop = await freshDatabase()
  ;({ spaceId, admin, mira, miraId, auditor, groupId } = await makeConnectionScene())
})
afterAll(() => drop())
afterEach(() => moveClock(0))

test('a grant is in force at once, and so is its end', async () => {
  await addConnection(admin, 'shared')
  expect((await failureOf(getConnection(mira, 'shared'))).message).toBe(
    'You need to be named in “Freely usable by” of shared.',
  )
  const designers = groupId('designers')
  await permit(admin, 'shared', selected(designers))
  expect(await getConnection(mira, 'shared')).toMatchObject({
    abilities: { canUse: true, canGovern: false },
    details: null,
    lastTest: null,
  })
  await permit(admin, 'shared', selected())
  expect((await failureOf(getConnection(mira, 'shared'))).kind).toBe('forbidden')
  const rows = await database().connectionGrant.findMany({ where: { groupId: designers } })
  expect(rows[0]).toMatchObject({ actor: 'ada', endedBy: 'ada' })
  const [given, taken] = await eventsAbout(spaceId, 'shared', 'admin-connection-permissions-save')
  expect(given).toMatchObject({ before: { grants: [] }, names: { [designers]: 'designers' } })
  expect(taken.after.grants).toEqual([])
  const { items } = await listPermissionsHistory(admin, 'shared')
  expect(items).toHaveLength(2)
  expect(items[0]).toMatchObject({ who: 'ada', before: { grants: [{ id: designers }] } })
})

test('using comes from the list alone, for administrators too', async () => {
  const use = withPermit(
    admin,
    connectionKind,
    'use',
    { name: 'shared' },
    {},
    async () => 1,
    async () => 2,
  )
  expect((await failureOf(use)).message).toBe('You need to be named in “Freely usable by” of shared.')
})

test('a grant with an end stops counting by itself', async () => {
  await addConnection(admin, 'timed')
  const until = new Date(now().getTime() + 60_000)
  await permit(admin, 'timed', {
    usableBy: 'selected',
    grants: [{ principal: 'user', id: miraId, until: until.toISOString() }],
  })
  expect((await getConnection(mira, 'timed')).abilities.canUse).toBe(true)
  moveClock(61_000)
  expect((await failureOf(getConnection(mira, 'timed'))).kind).toBe('forbidden')
  expect((await getPermissions(admin, 'timed')).state.grants).toEqual([])
})

test('work under way ends when its right does', async () => {
  await permit(admin, 'shared', selected(groupId('designers')))
  const work = withPermit(
    mira,
    connectionKind,
    'browse',
    { name: 'shared' },
    {},
    async () => null,
    (permitted) =>
      new Promise((_, reject) => {
        permitted.signal.addEventListener('abort', () => reject(permitted.signal.reason))
      }),
  )
  const startedMs = Date.now()
  await permit(admin, 'shared', selected())
  expect((await failureOf(work)).kind).toBe('forbidden')
  expect(Date.now() - startedMs).toBeLessThan(5_000)
})

test('of two administrators one sees base, theirs and yours', async () => {
  const { state: base } = await getPermissions(admin, 'shared')
  const wanted = [selected(groupId('designers')), selected(groupId('auditors'))]
  const saves = wanted.map((change) =>
    savePermissions(admin, 'shared', { base, state: { ...base, ...change } }),
  )
  const settled = await Promise.allSettled(saves)
  const lost = settled.findIndex((one) => one.status === 'rejected')
  expect(settled.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
  const { reason } = settled[lost] as PromiseRejectedResult
  expect(reason).toMatchObject({
    kind: 'conflict',
    details: {
      reason: 'changed-meanwhile',
      facts: { base, theirs: wanted[1 - lost], yours: wanted[lost], by: 'ada' },
    },
  })
  // Undo is saving the previous state.
  const { state: saved } = await getPermissions(admin, 'shared')
  await savePermissions(admin, 'shared', { base: saved, state: base })
  expect((await getPermissions(admin, 'shared')).state).toEqual(base)
})

test('saving what stands writes nothing; someone unknown is refused', async () => {
  const before = (await eventsAbout(spaceId, 'shared', 'admin-connection-permissions-save')).length
  await permit(admin, 'shared', {})
  expect(await eventsAbout(spaceId, 'shared', 'admin-connection-permissions-save')).toHaveLength(before)
  const unknown = permit(admin, 'shared', selected(newId()))
  expect((await failureOf(unknown)).details.reason).toBe('unknown-principal')
})

test('a hidden one is not there for who may not use it', async () => {
  await permit(admin, 'shared', { ...selected(), hidden: true })
  expect((await failureOf(getConnection(mira, 'shared'))).kind).toBe('not_found')
  expect((await listConnections(mira)).items.map((item) => item.name)).not.toContain('shared')
  await permit(admin, 'shared', { hidden: false })
  expect((await listConnections(mira)).items.find((item) => item.name === 'shared')).toEqual(
    expect.objectContaining({ locked: true, usableBy: null, bucket: null, health: null, description: '' }),
  )
})

test('details go to whom they are given, never with a secret; auditors read and change nothing', async () => {
  await permit(admin, 'shared', { detailsBy: 'selected', detailsGroups: [groupId('designers')] })
  const seen = await getConnection(mira, 'shared')
  expect(seen.details).toMatchObject({ store: 'own', secretSet: true })
  expect(seen.abilities).toMatchObject({ canUse: false, canReadDetails: true, canAudit: false })
  expect((await getPermissions(auditor, 'shared')).canEdit).toBe(false)
  expect((await whoCanAccess(auditor, 'shared')).total).toBe(0)
  expect((await failureOf(permit(auditor, 'shared', {}))).kind).toBe('forbidden')
  expect((await failureOf(searchPrincipals(mira, ''))).kind).toBe('forbidden')
  expect((await searchPrincipals(admin, 'DESIGN')).items.map((one) => one.name)).toEqual(['designers'])
})

test('effects are counted before saving, and datasets name who can read them', async () => {
  const projectId = newId()
  const { id: connectionId } = await database().connection.findFirstOrThrow({ where: { name: 'shared' } })
  await database().project.create({
    data: { id: projectId, spaceId, key: 'AUDIT', name: 'Audit', ownerId: miraId },
  })
  await database().projectMember.create({
    data: { id: newId(), spaceId, projectId, level: 'read', userId: miraId, actor: 'ada', from: now() },
  })
  await database().dataset.create({
    data: {
      id: newId(),
      spaceId,
      projectId,
      name: 'logs',
      nameKey: 'logs',
      connectionId,
      settings: {},
      createdBy: 'mira',
      updatedBy: 'mira',
    },
  })
  await permit(admin, 'shared', { ...selected(), readRequired: true })
  const { state } = await getPermissions(admin, 'shared')
  const effects = await previewPermissions(admin, 'shared', {
    ...state,
    ...selected(groupId('designers')),
  })
  expect(effects).toMatchObject({
    gainUse: { count: 1, names: ['mira'] },
    loseUse: { count: 0 },
    gainReading: [{ projectKey: 'AUDIT', people: { count: 1 }, datasets: { names: ['logs'] } }],
    stillLocked: [],
  })
  const access = await whoCanAccess(admin, 'shared')
  expect(access.datasets).toEqual([
    expect.objectContaining({ dataset: 'logs', readers: 0, locked: 2, withoutUse: 0 }),
  ])
  expect(await listDependents(admin, 'shared')).toMatchObject({ total: 1, projects: 1 })
})

test('a personal key appears with the rights of its owner', async () => {
  await permit(admin, 'shared', selected(groupId('designers')))
  await database().apiKey.create({
    data: {
      id: newId(),
      spaceId,
      kind: 'personal',
      ownerId: miraId,
      label: 'nightly',
      hash: newId(),
      prefix: 'lp',
      from: now(),
      createdBy: 'mira',
    },
  })
  const { entries } = await whoCanAccess(admin, 'shared')
  expect(entries.map((entry) => [entry.kind, entry.name, entry.paths[0]?.through])).toEqual([
    ['person', 'mira', 'designers'],
    ['personal-key', 'nightly', 'designers'],
  ])
  const { state } = await getPermissions(admin, 'shared')
  const effects = await previewPermissions(admin, 'shared', { ...state, ...selected() })
  expect(effects.keysStop).toEqual({ count: 1, names: ['nightly'] })
})

test('removing names the datasets, voids the secret and frees the name', async () => {
  await removeConnection(admin, 'shared', 'not needed any more')
  const [event] = (await eventsAbout(spaceId, 'shared', 'admin-connection-delete')).filter(
    (one) => one.outcome === 'success',
  )
  expect(event).toMatchObject({ reason: 'not needed any more', datasets: ['AUDIT.logs'], datasetCount: 1 })
  const row = await database().connection.findFirstOrThrow({ where: { name: 'shared' } })
  expect(row).toMatchObject({ secret: null, removedBy: 'ada', removedReason: 'not needed any more' })
  expect((await failureOf(getConnection(admin, 'shared'))).kind).toBe('not_found')
  await addConnection(admin, 'shared')
  expect((await listActivity(admin, 'shared')).items.map((item) => item.msgType)).toEqual([
    'audit-events-read',
    'admin-connection-create',
  ])
})
