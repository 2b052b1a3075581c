import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DssConnection, SECRET_MARK } from '#lib/domain/connections/dss-json'
import { removeConnection } from '../datasets/connections/connection-removal'
import { database } from '../platform/db/client'
import {
  addConnection,
  eventsAbout,
  makeConnectionScene,
  permit,
  storeParams,
  storeSecret,
} from '../testing/connection-scene'
import { freshDatabase } from '../testing/database'
import { failureOf } from '../testing/failure-of'
import { getDssConnectionInfo, testDssConnection } from './dss-connection-info'
import {
  createDssConnection,
  getDssConnection,
  listDssConnectionNames,
  listDssConnections,
  saveDssConnection,
} from './dss-connections'
import { getPermissions } from './permissions'

let drop: () => Promise<void>
let scene: Awaited<ReturnType<typeof makeConnectionScene>>
beforeAll(async () => {
  drop = await freshDatabase()
  scene = await makeConnectionScene()
})
afterAll(() => drop())

const lake = (name: string) => ({
  name,
  type: 'EC2' as const,
  usableBy: 'ALLOWED' as const,
  allowedGroups: ['designers'],
  params: {
    accessKey: storeParams().accessKeyId,
    secretKey: storeSecret(),
    regionOrEndpoint: storeParams().endpoint,
    usePathMode: true,
    chbucket: storeParams().bucket,
    hdfsInterface: 'S3A',
  },
})

test('a client makes a connection, lists it and tests it', async () => {
  await createDssConnection(scene.admin, lake('lake'))
  const all = await listDssConnections(scene.admin)
  expect(all.lake).toMatchObject({
    type: 'EC2',
    usableBy: 'ALLOWED',
    allowedGroups: ['designers'],
    params: { secretKey: SECRET_MARK, hdfsInterface: 'S3A' },
    detailsReadability: { readableBy: 'NONE', allowedGroups: [] },
    allowManagedFolders: false,
  })
  expect(JSON.stringify(all)).not.toContain(storeSecret())
  expect(await testDssConnection(scene.admin, 'lake')).toMatchObject({ connectionOK: true })
  expect(await listDssConnectionNames(scene.mira, 'EC2')).toEqual(['lake'])
  expect(await listDssConnectionNames(scene.auditor, 'all')).toEqual([])
  expect(await listDssConnectionNames(scene.mira, 'PostgreSQL')).toEqual([])
})

test('sent back unchanged, it stays as it is and tells nothing', async () => {
  const settings = await getDssConnection(scene.admin, 'lake')
  const before = await eventsAbout(scene.spaceId, 'lake', 'admin-connection-save')
  // Each answer is a reading of its own.
  const versionTag = { ...settings.versionTag, reading: expect.any(String) }
  expect(await saveDssConnection(scene.admin, 'lake', settings)).toEqual({ ...settings, versionTag })
  expect(await eventsAbout(scene.spaceId, 'lake', 'admin-connection-save')).toEqual(before)
  await saveDssConnection(scene.admin, 'lake', { ...settings, description: 'Raw', allowKnowledgeBanks: true })
  expect(await testDssConnection(scene.admin, 'lake')).toMatchObject({ connectionOK: true })
  expect((await eventsAbout(scene.spaceId, 'lake', 'admin-connection-save')).at(-1)).toMatchObject({
    after: { description: 'Raw', kept: { top: { allowKnowledgeBanks: true } } },
  })
})

test('group grants change alone: people, ends and the read switch stay, and ALL keeps the groups', async () => {
  const until = new Date(Date.now() + 86_400_000).toISOString()
  const designers = scene.groupId('designers')
  await permit(scene.admin, 'lake', {
    readRequired: true,
    grants: [
      { principal: 'group', id: designers, until },
      { principal: 'user', id: scene.miraId, until: null },
    ],
  })
  const stateOf = async () => (await getPermissions(scene.admin, 'lake')).state
  const before = await stateOf()
  const read = await getDssConnection(scene.admin, 'lake')
  await saveDssConnection(scene.admin, 'lake', { ...read, allowedGroups: ['designers', 'auditors'] })
  expect(await stateOf()).toMatchObject({
    readRequired: true,
    grants: expect.arrayContaining([
      ...before.grants,
      expect.objectContaining({ id: scene.groupId('auditors') }),
    ]),
  })
  const stale = await failureOf(saveDssConnection(scene.admin, 'lake', { ...read, allowedGroups: [] }))
  expect(stale).toMatchObject({ kind: 'conflict', details: { reason: 'changed-meanwhile' } })

  const selected = await stateOf()
  const open = await saveDssConnection(scene.admin, 'lake', {
    ...(await getDssConnection(scene.admin, 'lake')),
    usableBy: 'ALL',
  })
  expect(open).toMatchObject({ usableBy: 'ALL', allowedGroups: [] })
  const back = await saveDssConnection(scene.admin, 'lake', { ...open, usableBy: 'ALLOWED' })
  expect(back).toMatchObject({ usableBy: 'ALLOWED', allowedGroups: ['auditors', 'designers'] })
  expect(await stateOf()).toEqual(selected)
})

test('what cannot be is refused whole', async () => {
  const refusal = async (change: DssConnection) =>
    (await failureOf(saveDssConnection(scene.admin, 'lake', change))).details.reason
  expect(await refusal({ allowedGroups: ['nobody'] })).toBe('group-not-found')
  expect(await refusal({ name: 'other' })).toBe('name-stays')
  expect(await refusal({ params: { chbucket: '..' } })).toBe('bucket-name')
  expect((await failureOf(createDssConnection(scene.admin, lake('lake')))).details.reason).toBe('name-taken')
  const marked = { ...lake('other'), params: { ...lake('other').params, secretKey: SECRET_MARK } }
  expect((await failureOf(createDssConnection(scene.admin, marked))).details.reason).toBe('secret-missing')
})

test('groups beside a list that does not count, and keys that nobody keeps, are refused by their path', async () => {
  const read = await getDssConnection(scene.admin, 'lake')
  const pathsOf = async (work: Promise<unknown>) =>
    (await failureOf(work)).details.issues?.map(({ path }) => path?.join('.'))
  const save = (change: object) => saveDssConnection(scene.admin, 'lake', { ...read, ...change })
  for (const allowedGroups of [['nobody'], ['space_administrators']]) {
    expect(await pathsOf(save({ usableBy: 'ALL', allowedGroups }))).toEqual(['allowedGroups'])
    const made = { ...lake('open-to-all'), usableBy: 'ALL' as const, allowedGroups }
    expect(await pathsOf(createDssConnection(scene.admin, made))).toEqual(['allowedGroups'])
    const details = { readableBy: 'NONE', allowedGroups }
    expect(await pathsOf(save({ detailsReadability: details }))).toEqual(['detailsReadability.allowedGroups'])
  }
  const unknown = { ...read.detailsReadability, more: 1 }
  expect(await pathsOf(save({ detailsReadability: unknown }))).toEqual(['detailsReadability.more'])
  expect(await pathsOf(save({ managedBy: 'dku-audit-log' }))).toEqual(['managedBy'])
  expect(await getDssConnection(scene.admin, 'lake')).toEqual({ ...read, versionTag: expect.any(Object) })
})

test('settings and permissions are saved together or not at all', async () => {
  const eventCount = () =>
    database().auditEvent.count({ where: { msgType: { startsWith: 'admin-connection' } } })
  const connections = () =>
    database().connection.findMany({ include: { grants: true }, orderBy: { name: 'asc' } })
  const before = { connections: await connections(), events: await eventCount() }
  const orphan = { ...lake('orphan'), allowedGroups: ['nobody'] }
  expect((await failureOf(createDssConnection(scene.admin, orphan))).details.reason).toBe('group-not-found')
  const half = { description: 'Half', allowedGroups: ['nobody'] }
  expect((await failureOf(saveDssConnection(scene.admin, 'lake', half))).details.reason).toBe(
    'group-not-found',
  )
  const read = await getDssConnection(scene.admin, 'lake')
  const stale = {
    ...read,
    ...{ description: 'Half', usableBy: 'ALL' as const, versionTag: null, permissionsTag: 'of another time' },
  }
  expect((await failureOf(saveDssConnection(scene.admin, 'lake', stale))).kind).toBe('conflict')
  // The database itself gives up between the two.
  await database()
    .$executeRaw`CREATE FUNCTION refuse_grant() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no room'; END $$`
  await database()
    .$executeRaw`CREATE TRIGGER refuse_grant BEFORE INSERT ON connection_grant FOR EACH ROW EXECUTE FUNCTION refuse_grant()`
  try {
    await expect(createDssConnection(scene.admin, lake('orphan'))).rejects.toThrow()
    const more = { description: 'Half', allowedGroups: ['designers', 'auditors', 'space_administrators'] }
    await expect(saveDssConnection(scene.admin, 'lake', more)).rejects.toThrow()
  } finally {
    await database().$executeRaw`DROP TRIGGER refuse_grant ON connection_grant`
  }
  expect({ connections: await connections(), events: await eventCount() }).toEqual(before)
})

test('two writers meet a conflict, in settings or lists; who saves twice what they read once does not', async () => {
  await createDssConnection(scene.admin, lake('twice'))
  const [mine, theirs] = [
    await getDssConnection(scene.admin, 'twice'),
    await getDssConnection(scene.admin, 'twice'),
  ]
  await saveDssConnection(scene.admin, 'twice', { ...theirs, description: 'theirs' })
  const lists = { ...mine, allowedGroups: ['designers', 'auditors'] }
  expect(await failureOf(saveDssConnection(scene.admin, 'twice', lists))).toMatchObject({ kind: 'conflict' })
  const twice = { ...theirs, description: 'theirs', allowedGroups: ['auditors', 'designers'] }
  await saveDssConnection(scene.admin, 'twice', twice)
  const params = { ...twice.params, chroot: 'raw', secretKey: storeSecret() }
  await saveDssConnection(scene.admin, 'twice', { ...twice, params })
  const last = await saveDssConnection(scene.admin, 'twice', { ...twice, params, allowWrite: true })
  expect(last).toMatchObject({ description: 'theirs', allowWrite: true, params: { chroot: '/raw/' } })
  expect(await failureOf(saveDssConnection(scene.admin, 'twice', mine))).toMatchObject({ kind: 'conflict' })
})

test('a group that was taken off does not come back with the text of who had read it', async () => {
  await createDssConnection(scene.admin, { ...lake('taken'), allowedGroups: ['auditors', 'designers'] })
  const read = await getDssConnection(scene.admin, 'taken')
  await saveDssConnection(scene.admin, 'taken', { ...read, allowedGroups: ['designers'] })
  const more = { ...read, allowedGroups: ['auditors', 'designers', 'space_administrators'] }
  expect(await failureOf(saveDssConnection(scene.admin, 'taken', more))).toMatchObject({ kind: 'conflict' })
  expect(await getDssConnection(scene.admin, 'taken')).toMatchObject({ allowedGroups: ['designers'] })
})

test('what was read of a connection that is gone is not saved over the one that has its name now', async () => {
  const { admin } = scene
  await createDssConnection(admin, lake('anew'))
  const text = await getDssConnection(admin, 'anew')
  await removeConnection(admin, 'anew', 'to be made anew')
  await createDssConnection(admin, { ...lake('anew'), allowedGroups: [] })
  expect(await failureOf(saveDssConnection(admin, 'anew', text))).toMatchObject({
    kind: 'conflict',
    details: { reason: 'changed-meanwhile' },
  })
  expect(await getDssConnection(admin, 'anew')).toMatchObject({ allowedGroups: [] })
})

test('one save of both tells both, each once', async () => {
  await createDssConnection(scene.admin, lake('both'))
  await saveDssConnection(scene.admin, 'both', { description: 'Both', allowedGroups: ['auditors'] })
  const created = await eventsAbout(scene.spaceId, 'both', 'admin-connection-create')
  const saved = await eventsAbout(scene.spaceId, 'both', 'admin-connection-save')
  const lists = await eventsAbout(scene.spaceId, 'both', 'admin-connection-permissions-save')
  expect([created.length, saved.length, lists.length]).toEqual([1, 1, 2])
  expect(lists.map(({ requestId }) => requestId).at(-1)).toBe(saved.at(-1)?.requestId)
})

test('administrators govern; others learn no more than on the pages', async () => {
  const denied = [
    () => listDssConnections(scene.auditor),
    () => getDssConnection(scene.mira, 'lake'),
    () => saveDssConnection(scene.mira, 'lake', { description: 'mine' }),
    () => createDssConnection(scene.mira, lake('own')),
    () => getDssConnectionInfo(scene.mira, 'lake'),
  ]
  for (const act of denied) expect((await failureOf(act())).kind).toBe('forbidden')
  expect((await eventsAbout(scene.spaceId, 'lake', 'connection-details-read')).at(-1)).toMatchObject({
    outcome: 'denied',
    authUser: 'mira',
  })
  expect((await failureOf(getDssConnection(scene.stranger, 'lake'))).kind).toBe('not_found')
  expect(await listDssConnections(scene.stranger)).toEqual({})
})

test('details go to whom they are readable by, and never a credential', async () => {
  await addConnection(scene.admin, 'open')
  await saveDssConnection(scene.admin, 'open', {
    detailsReadability: { readableBy: 'ALLOWED', allowedGroups: ['designers'] },
  })
  const info = await getDssConnectionInfo(scene.mira, 'open')
  expect(info).toMatchObject({
    credentialsMode: 'KEYPAIR',
    resolvedParams: { chbucket: storeParams().bucket },
  })
  expect(info.params).toMatchObject({ credentialWithheld: expect.stringContaining('never given out') })
  expect(JSON.stringify(info)).not.toMatch(/accessKey|secretKey|resolvedAWSCredential/)
})
