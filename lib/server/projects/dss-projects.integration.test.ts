import { afterAll, beforeAll, expect, test } from 'vitest'
import { authenticate } from '../access/authenticate'
import type { Context } from '../access/caller'
import { listDssConnectionNames } from '../connections/dss-connections'
import { whoCanAccess } from '../datasets/connections/connection-access'
import { createGlobalKey, listGlobalKeys, revokeKey } from '../identity/keys'
import { database } from '../platform/db/client'
import { addConnection, makeConnectionScene, permit, selected } from '../testing/connection-scene'
import { freshDatabase } from '../testing/database'
import { failureOf } from '../testing/failure-of'
import { contextOf, eventsOf, visitFrom } from '../testing/identity'
import { deleteProject } from './commands'
import { getDssPermissions, saveDssPermissions } from './dss-permissions'
import { getDssMetadata, saveDssMetadata } from './dss-project-settings'
import { createDssProject, getDssProject, listDssProjects } from './dss-projects'
import { createDssZone, listDssZones } from './dss-zones'
import { handOverProject } from './hand-over'
import { createProjectKey, listProjectKeys } from './project-keys'
import { getProject, listProjects } from './queries'

let drop: () => Promise<void>
let scene: Awaited<ReturnType<typeof makeConnectionScene>>
beforeAll(async () => {
  drop = await freshDatabase()
  scene = await makeConnectionScene()
})
afterAll(() => drop())

async function callerOf(secret: string): Promise<Context> {
  const found = await authenticate(visitFrom('192.0.2.1', { authorization: `Bearer ${secret}` }))
  if (!found) throw new Error('nobody')
  return contextOf(found.caller)
}

test('a project is made for its owner, with members and what only DSS knows', async () => {
  await createDssProject(scene.admin, {
    projectKey: 'AUDIT',
    name: 'Audit',
    owner: 'mira',
    settings: { flowBuildSettings: {} },
    tags: ['logs'],
    permissions: [{ group: 'auditors', readProjectContent: true }],
  })
  expect(await listDssProjects(scene.mira)).toMatchObject([
    { projectKey: 'AUDIT', name: 'Audit', ownerLogin: 'mira', tags: ['logs'], isProjectAdmin: true },
  ])
  expect(await getDssMetadata(scene.auditor, 'AUDIT')).toMatchObject({ settings: { flowBuildSettings: {} } })
  const input = { projectKey: 'OTHER', name: 'Other' }
  expect(await getDssProject(scene.mira, 'AUDIT')).toEqual((await listDssProjects(scene.mira))[0])
  expect((await failureOf(getDssProject(scene.stranger, 'AUDIT'))).kind).toBe('not_found')
  expect((await failureOf(createDssProject(scene.mira, { ...input, owner: 'otto' }))).kind).toBe('forbidden')
  expect((await failureOf(createDssProject(scene.admin, { ...input, owner: 'none' }))).details.reason).toBe(
    'unknown-owner',
  )
  const disable = (disabledAt: Date | null) =>
    database().user.updateMany({ where: { login: 'otto' }, data: { disabledAt } })
  await disable(new Date())
  expect((await failureOf(createDssProject(scene.admin, { ...input, owner: 'otto' }))).details.reason).toBe(
    'unknown-owner',
  )
  await disable(null)
  const lines = [{ group: 'none', admin: true }]
  const unknown = await failureOf(createDssProject(scene.admin, { ...input, permissions: lines }))
  expect(unknown.details.reason).toBe('unknown-principal')
  expect((await listDssProjects(scene.admin)).map((one) => one.projectKey)).toEqual(['AUDIT'])
})

test('metadata is saved by who may write, with its event', async () => {
  const metadata = await getDssMetadata(scene.mira, 'AUDIT')
  await saveDssMetadata(scene.mira, 'AUDIT', { ...metadata, label: 'Audit logs', tags: ['a'] })
  expect(await getDssMetadata(scene.mira, 'AUDIT')).toEqual({
    ...metadata,
    label: 'Audit logs',
    tags: ['a'],
    metadataTag: expect.any(Object),
  })
  expect(await eventsOf('project-save')).toMatchObject([
    { before: { label: 'Audit', tags: ['logs'] }, after: { label: 'Audit logs', tags: ['a'] } },
  ])
  await saveDssMetadata(scene.mira, 'AUDIT', await getDssMetadata(scene.mira, 'AUDIT'))
  expect(await eventsOf('project-save')).toHaveLength(1)
  expect((await failureOf(saveDssMetadata(scene.auditor, 'AUDIT', {}))).kind).toBe('forbidden')
  expect((await failureOf(getDssMetadata(scene.stranger, 'AUDIT'))).kind).toBe('not_found')
})

test('two who edit the same metadata meet a conflict; who saves twice what they read once does not', async () => {
  const mine = await getDssMetadata(scene.mira, 'AUDIT')
  const theirs = await getDssMetadata(scene.admin, 'AUDIT')
  await saveDssMetadata(scene.admin, 'AUDIT', { ...theirs, tags: ['a', 'theirs'] })
  const before = await eventsOf('project-save')
  for (const change of [{ label: 'Mine' }, { tags: ['a', 'mine'] }, { tags: [] }])
    expect(await failureOf(saveDssMetadata(scene.mira, 'AUDIT', { ...mine, ...change }))).toMatchObject({
      kind: 'conflict',
      details: { reason: 'changed-meanwhile', where: 'tags' },
    })
  expect(await eventsOf('project-save')).toEqual(before)
  const next = { ...scene.admin, startedAt: new Date() }
  await saveDssMetadata(next, 'AUDIT', { ...theirs, tags: ['a', 'theirs', 'more'], shortDesc: 'Logs' })
  expect(await getDssMetadata(scene.mira, 'AUDIT')).toMatchObject({ tags: ['a', 'theirs', 'more'] })
  const { metadataTag: _, ...untagged } = mine
  await saveDssMetadata(scene.mira, 'AUDIT', untagged)
  expect(await getDssMetadata(scene.mira, 'AUDIT')).toMatchObject({ tags: ['a'] })
  const row = await database().project.findFirstOrThrow({ where: { key: 'AUDIT' } })
  expect(row.metadata).not.toHaveProperty('metadataTag')
})

test('metadata and permissions copied from another project are no conflict', async () => {
  await createDssProject(scene.mira, { projectKey: 'COPY', name: 'Copy' })
  await saveDssMetadata(scene.mira, 'COPY', { tags: ['own'] })
  const metadata = await getDssMetadata(scene.mira, 'AUDIT')
  await saveDssMetadata(scene.mira, 'COPY', { ...metadata, label: 'Copy' })
  expect(await getDssMetadata(scene.mira, 'COPY')).toMatchObject({ tags: metadata.tags })
  const permissions = await getDssPermissions(scene.mira, 'COPY')
  await saveDssPermissions(scene.mira, 'AUDIT', {
    ...permissions,
    versionTag: { ...permissions.versionTag, versionNumber: 77 },
    permissions: [...permissions.permissions, { group: 'auditors', readProjectContent: true }],
  })
  await deleteProject(scene.mira, 'COPY')
})

test('of two who save at the same moment one meets the other', async () => {
  const read = await getDssMetadata(scene.mira, 'AUDIT')
  const saves = ['one', 'two', 'three'].map((tag) => ({ ...read, tags: [tag] }))
  const done = await Promise.allSettled(saves.map((one) => saveDssMetadata(scene.mira, 'AUDIT', one)))
  expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
})

test('permissions round-trip; two writers meet a conflict', async () => {
  const read = await getDssPermissions(scene.mira, 'AUDIT')
  expect(read).toMatchObject({
    owner: 'mira',
    permissions: expect.arrayContaining([
      expect.objectContaining({ user: 'mira', admin: true }),
      expect.objectContaining({ group: 'auditors', admin: false, writeProjectContent: false }),
    ]),
  })
  await saveDssPermissions(scene.mira, 'AUDIT', read)
  const untouched = await eventsOf('project-permissions-save')
  expect(untouched).toEqual([])
  const added = {
    ...read,
    permissions: [...read.permissions, { group: 'designers', writeProjectContent: true }],
  }
  await saveDssPermissions(scene.mira, 'AUDIT', added)
  expect((await getProject(scene.mira, 'AUDIT')).members).toHaveLength(3)
  const stale = await failureOf(saveDssPermissions(scene.admin, 'AUDIT', read))
  expect(stale).toMatchObject({ kind: 'conflict', details: { reason: 'changed-meanwhile' } })
  await saveDssPermissions(scene.mira, 'AUDIT', added)
  const ada = { user: 'ada', readProjectContent: true }
  // Of rights the version alone decides, so that nobody who was taken off comes back with an older text.
  const more = { ...added, permissions: [...added.permissions, ada] }
  expect((await failureOf(saveDssPermissions(scene.mira, 'AUDIT', more))).kind).toBe('conflict')
  const again = await getDssPermissions(scene.mira, 'AUDIT')
  await saveDssPermissions(scene.mira, 'AUDIT', { ...again, permissions: [...again.permissions, ada] })
  expect((await getProject(scene.mira, 'AUDIT')).members).toHaveLength(4)
  expect((await failureOf(saveDssPermissions(scene.auditor, 'AUDIT', added))).kind).toBe('forbidden')
})

test('a group that was taken off does not come back with the text of who had read it', async () => {
  const read = await getDssPermissions(scene.mira, 'AUDIT')
  const withoutAuditors = read.permissions.filter(({ group }) => group !== 'auditors')
  await saveDssPermissions(scene.admin, 'AUDIT', { ...read, permissions: withoutAuditors })
  const more = [...read.permissions, { user: 'otto', readProjectContent: true }]
  for (const ctx of [scene.admin, scene.mira])
    expect(await failureOf(saveDssPermissions(ctx, 'AUDIT', { ...read, permissions: more }))).toMatchObject({
      kind: 'conflict',
      details: { where: 'permissions' },
    })
  await saveDssPermissions(scene.mira, 'AUDIT', { ...read, versionTag: null })
})

test('a refusal names the field as it was sent, and a line that gives another right changes nothing', async () => {
  const read = await getDssPermissions(scene.mira, 'AUDIT')
  const line = { group: 'designers', readProjectContent: true, exportDatasetsData: false }
  const permissions = [...read.permissions, line]
  const at = `permissions.${read.permissions.length}.exportDatasetsData`
  const pathsOf = async (work: Promise<unknown>) =>
    (await failureOf(work)).details.issues?.map(({ path }) => path?.join('.'))
  expect(await pathsOf(saveDssPermissions(scene.mira, 'AUDIT', { ...read, permissions }))).toEqual([at])
  expect(await getDssPermissions(scene.mira, 'AUDIT')).toEqual(read)
  const made = createDssProject(scene.admin, { projectKey: 'LINES', name: 'Lines', permissions: [line] })
  expect(await pathsOf(made)).toEqual(['permissions.0.exportDatasetsData'])
  expect(await pathsOf(saveDssMetadata(scene.mira, 'AUDIT', { label: '' }))).toEqual(['label'])
})

test('a project is handed over by its owner or an administrator of the space, in one step with its permissions', async () => {
  const read = await getDssPermissions(scene.mira, 'AUDIT')
  const before = await getProject(scene.mira, 'AUDIT')
  expect(before).toMatchObject({ owner: { login: 'mira' }, can: { handOver: true } })
  const unknown = { ...read, owner: 'nobody', permissions: [] }
  expect((await failureOf(saveDssPermissions(scene.mira, 'AUDIT', unknown))).details.reason).toBe(
    'unknown-owner',
  )
  expect(await getProject(scene.mira, 'AUDIT')).toEqual(before)
  const others = read.permissions.filter(({ user }) => user !== 'mira')
  const handed = { ...read, owner: 'otto', permissions: others }
  await saveDssPermissions(scene.mira, 'AUDIT', handed)
  const events = (await eventsOf('project-permissions-save')).length
  await saveDssPermissions(scene.admin, 'AUDIT', handed)
  expect(await eventsOf('project-permissions-save')).toHaveLength(events)
  const after = await getProject(scene.auditor, 'AUDIT')
  expect(after).toMatchObject({ owner: { login: 'otto' }, level: 'admin', can: { handOver: true } })
  expect(after.members.map(({ name }) => name)).not.toContain('mira')
  expect((await eventsOf('project-owner-change')).at(-1)).toMatchObject({
    projectKey: 'AUDIT',
    before: { owner: 'mira' },
    after: { owner: 'otto' },
  })
  const { version } = after
  const mira = { version, userId: scene.miraId }
  expect((await failureOf(handOverProject(scene.mira, 'AUDIT', mira))).kind).toBe('forbidden')
  expect((await failureOf(handOverProject(scene.stranger, 'AUDIT', mira))).kind).toBe('not_found')
  const stale = await failureOf(handOverProject(scene.admin, 'AUDIT', { ...mira, version: version - 1 }))
  expect(stale.kind).toBe('conflict')
  await handOverProject(scene.admin, 'AUDIT', { ...mira, reason: 'Otto moved on' })
  const back = await getProject(scene.mira, 'AUDIT')
  expect(back).toMatchObject({ owner: { login: 'mira' }, level: 'admin', version: version + 1 })
  expect(back.members).toEqual(
    expect.arrayContaining([expect.objectContaining({ id: scene.miraId, level: 'admin', until: null })]),
  )
  expect((await eventsOf('project-owner-change')).at(-1)).toMatchObject({ reason: 'Otto moved on' })
  await handOverProject(scene.mira, 'AUDIT', { version: back.version, userId: scene.miraId })
  expect(
    (await eventsOf('project-owner-change')).filter(({ outcome }) => outcome === 'success'),
  ).toHaveLength(2)
  await saveDssPermissions(scene.mira, 'AUDIT', { permissions: read.permissions })
  expect(await getProject(scene.auditor, 'AUDIT')).toMatchObject({ level: 'read', can: { handOver: false } })
})

test('a project that a global key makes is its groups’ own, and nobody else’s', async () => {
  const groupIds = [scene.groupId('designers'), scene.groupId('auditors')]
  const fields = { label: 'builder', description: '', expiresAt: null, groupIds }
  const builder = await callerOf((await createGlobalKey(scene.admin, { ...fields, admin: false })).secret)
  for (const owner of ['ada', 'mira']) {
    const refused = await failureOf(createDssProject(builder, { projectKey: 'THEIRS', name: 'T', owner }))
    expect(refused).toMatchObject({ kind: 'forbidden', details: { reason: 'owner-not-you' } })
  }
  await createDssProject(builder, { projectKey: 'BUILT', name: 'Built' })
  expect(await getProject(builder, 'BUILT')).toMatchObject({
    owner: { name: 'key:builder', login: null },
    level: 'admin',
    members: [{ principal: 'group', name: 'designers', level: 'admin' }],
  })
  const permissions = [{ group: 'designers', readProjectContent: true, writeProjectContent: true }]
  await createDssProject(builder, { projectKey: 'LESS', name: 'Less', permissions })
  expect(await getProject(builder, 'LESS')).toMatchObject({ level: 'write' })
})

test('there is the default zone alone', async () => {
  expect(await listDssZones(scene.auditor, 'AUDIT')).toMatchObject([{ id: 'default' }])
  const refusal = await failureOf(createDssZone(scene.mira, 'AUDIT'))
  expect(refusal).toMatchObject({ kind: 'forbidden', message: expect.stringContaining('no other zones') })
})

test('a project key uses what is shared with its groups, lent by who is in them, and has no office by them', async () => {
  await addConnection(scene.admin, 'shared')
  await permit(scene.admin, 'shared', selected(scene.groupId('designers')))
  const fields = { label: 'lent', description: '', expiresAt: null, level: 'write' as const }
  const names = async (secret: string) => listDssConnectionNames(await callerOf(secret), 'EC2')
  const plain = await createProjectKey(scene.mira, 'AUDIT', { ...fields, groupIds: [] })
  expect(await names(plain.secret)).toEqual([])
  const lent = await createProjectKey(scene.mira, 'AUDIT', {
    ...fields,
    groupIds: [scene.groupId('designers')],
  })
  expect(lent.groups).toMatchObject([{ name: 'designers' }])
  expect(await names(lent.secret)).toEqual(['shared'])
  expect((await whoCanAccess(scene.admin, 'shared', 'lent')).entries).toMatchObject([
    { kind: 'project-key', second: 'key of project AUDIT', paths: [{ through: 'designers' }] },
  ])
  const byLent = await callerOf(lent.secret)
  const elsewhere = { projectKey: 'MINE', name: 'Mine' }
  expect((await failureOf(createDssProject(byLent, elsewhere))).kind).toBe('forbidden')

  const foreign = { ...fields, groupIds: [scene.groupId('auditors')] }
  expect(await failureOf(createProjectKey(scene.mira, 'AUDIT', foreign))).toMatchObject({
    kind: 'forbidden',
    details: { reason: 'group-not-yours', where: 'auditors' },
  })
  const all = { ...fields, groupIds: [scene.groupId('auditors'), scene.groupId('space_administrators')] }
  const byAdmin = await createProjectKey(scene.admin, 'AUDIT', all)
  const office = await callerOf(byAdmin.secret)
  expect((await failureOf(listGlobalKeys(office))).kind).toBe('forbidden')
  expect((await listProjects(office)).projects.map((one) => one.key)).toEqual(['AUDIT'])

  for (const { id } of [plain, lent, byAdmin]) await revokeKey(scene.mira, id)
  expect((await whoCanAccess(scene.admin, 'shared', 'lent')).entries).toEqual([])
})

test('a project key opens one project as far as its level, until it is revoked or the project removed', async () => {
  await createDssProject(scene.mira, { projectKey: 'SECOND', name: 'Second' })
  const fields = { label: 'export', description: '', expiresAt: null, groupIds: [] }
  const key = await createProjectKey(scene.mira, 'AUDIT', { ...fields, level: 'read' })
  const caller = await callerOf(key.secret)
  expect((await listProjects(caller)).projects.map((one) => one.key)).toEqual(['AUDIT'])
  expect((await failureOf(getProject(caller, 'SECOND'))).kind).toBe('not_found')
  expect((await failureOf(saveDssMetadata(caller, 'AUDIT', {}))).kind).toBe('forbidden')
  expect((await failureOf(listProjectKeys(caller, 'AUDIT'))).kind).toBe('forbidden')
  expect((await eventsOf('project-api-key-create')).at(-1)).toMatchObject({
    projectKey: 'AUDIT',
    after: { label: 'export', level: 'read' },
  })
  const { keys } = await listProjectKeys(scene.mira, 'AUDIT')
  expect(keys).toMatchObject([{ id: key.id, kind: 'project', level: 'read', canRevoke: true }])
  expect(JSON.stringify(keys)).not.toContain(key.secret)

  const chief = await createProjectKey(scene.mira, 'AUDIT', { ...fields, level: 'admin' })
  const chiefCaller = await callerOf(chief.secret)
  await saveDssMetadata(chiefCaller, 'AUDIT', { shortDesc: 'by key' })
  expect((await eventsOf('project-save')).at(-1)).toMatchObject({ authSource: 'PROJECT_API_KEY' })
  const more = await failureOf(createProjectKey(chiefCaller, 'AUDIT', { ...fields, level: 'read' }))
  expect(more.kind).toBe('forbidden')
  expect((await failureOf(createProjectKey(scene.auditor, 'AUDIT', { ...fields, level: 'read' }))).kind).toBe(
    'forbidden',
  )
  await revokeKey(scene.mira, key.id)
  await expect(callerOf(key.secret)).rejects.toMatchObject({ kind: 'unauthenticated' })
  expect((await eventsOf('project-api-key-delete')).at(-1)).toMatchObject({ objectId: key.id })
  await deleteProject(scene.mira, 'AUDIT')
  await expect(callerOf(chief.secret)).rejects.toMatchObject({ kind: 'unauthenticated' })
})
