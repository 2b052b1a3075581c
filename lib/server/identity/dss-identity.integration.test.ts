import { afterAll, beforeAll, expect, test } from 'vitest'
import { authenticate } from '../access/authenticate'
import type { Context } from '../access/caller'
import { database } from '../platform/db/client'
import { makeConnectionScene } from '../testing/connection-scene'
import { freshDatabase } from '../testing/database'
import { failureOf } from '../testing/failure-of'
import { contextOf, cookieOf, eventsOf, visitFrom } from '../testing/identity'
import { logCustomEvent } from './custom-event'
import { createDssGroup, deleteDssGroup, getDssGroup, listDssGroups, saveDssGroup } from './dss-groups'
import {
  createDssGlobalKey,
  createDssPersonalKey,
  deleteDssGlobalKey,
  deleteDssPersonalKey,
  getDssGlobalKey,
  listAllDssPersonalKeys,
  listDssGlobalKeys,
  listDssPersonalKeys,
  saveDssGlobalKey,
} from './dss-keys'
import {
  createDssUser,
  deleteDssUser,
  getDssUser,
  listDssGroupNames,
  listDssUserNames,
  listDssUsers,
  saveDssUser,
} from './dss-users'

import { listPersonalKeys } from './keys'

let drop: () => Promise<void>
let scene: Awaited<ReturnType<typeof makeConnectionScene>>
beforeAll(async () => {
  drop = await freshDatabase()
  scene = await makeConnectionScene()
})
afterAll(() => drop())

const PASSWORD = 'a long enough password'
const NEW = { login: 'nora', password: PASSWORD, displayName: 'Nora', groups: ['designers'] }

async function callerOf(secret: string): Promise<Context> {
  const found = await authenticate(visitFrom('192.0.2.1', { authorization: `Bearer ${secret}` }))
  if (!found) throw new Error('nobody')
  return contextOf(found.caller)
}

test('a user made by a program signs in with the password it chose', async () => {
  await createDssUser(scene.admin, NEW)
  expect(await getDssUser(scene.admin, 'nora')).toMatchObject({
    login: 'nora',
    displayName: 'Nora',
    email: '',
    groups: ['designers'],
    enabled: true,
  })
  expect(await cookieOf('nora', PASSWORD)).not.toBe('')
  const [event] = (await eventsOf('user-create')).slice(-1)
  expect(event).toMatchObject({ after: { login: 'nora', groups: ['designers'] }, authUser: 'ada' })
  expect(JSON.stringify(event)).not.toContain(PASSWORD)
  expect((await failureOf(createDssUser(scene.admin, NEW))).details.reason).toBe('login-taken')
  expect((await failureOf(createDssUser(scene.mira, { ...NEW, login: 'x' }))).kind).toBe('forbidden')
  const unknown = { ...NEW, login: 'other', groups: ['none'] }
  expect((await failureOf(createDssUser(scene.admin, unknown))).details.reason).toBe('group-not-found')
})

test('what is edited in place is saved, and deleting disables', async () => {
  const user = await getDssUser(scene.admin, 'nora')
  const edited = { ...user, displayName: 'Nora B', groups: ['auditors'], email: 'nora@example.com' }
  const { versionTag: _, ...told } = edited
  expect(await saveDssUser(scene.admin, 'nora', edited)).toMatchObject(told)
  const saves = (await eventsOf('user-save')).length
  await saveDssUser(scene.admin, 'nora', await getDssUser(scene.admin, 'nora'))
  expect(await eventsOf('user-save')).toHaveLength(saves)
  expect((await failureOf(saveDssUser(scene.admin, 'nora', { password: 'x' }))).details.reason).toBe(
    'password-stays',
  )
  expect((await failureOf(saveDssUser(scene.mira, 'nora', edited))).kind).toBe('forbidden')
  expect((await failureOf(getDssUser(scene.stranger, 'nora'))).kind).toBe('not_found')
  await deleteDssUser(scene.admin, 'nora')
  expect(await getDssUser(scene.admin, 'nora')).toMatchObject({ enabled: false })
  const loginsListed = async (withSettings: boolean) =>
    (await listDssUsers(scene.auditor, withSettings)).map((one) => one.login)
  expect(await loginsListed(false)).toEqual(['ada', 'mira', 'otto'])
  expect(await loginsListed(true)).toEqual(['ada', 'mira', 'nora', 'otto'])
  const again = await failureOf(createDssUser(scene.admin, NEW))
  expect(again.details).toMatchObject({
    reason: 'login-of-disabled-user',
    remedy: expect.stringContaining('Enable nora again'),
  })
  expect(await saveDssUser(scene.admin, 'nora', { enabled: true })).toMatchObject({ enabled: true })
  expect(await loginsListed(false)).toContain('nora')
  expect((await listDssUserNames(scene.mira)).map((one) => one.login)).toContain('nora')
})

test('a save of a user is all done or nothing of it', async () => {
  const whole = async (login: string) => {
    const { versionTag, ...told } = await getDssUser(scene.admin, login)
    return { ...told, fieldTags: versionTag?.fieldTags }
  }
  const before = await whole('ada')
  const half = { displayName: 'Half', enabled: false }
  expect((await failureOf(saveDssUser(scene.admin, 'ada', half))).kind).toBe('forbidden')
  expect(await whole('ada')).toEqual(before)
  expect((await eventsOf('user-disable')).at(-1)).toMatchObject({ outcome: 'denied', authUser: 'ada' })

  const both = { displayName: 'Nora Whole', enabled: false }
  expect(await saveDssUser(scene.admin, 'nora', both)).toMatchObject(both)
  const [saved] = (await eventsOf('user-save')).slice(-1)
  const [disabled] = (await eventsOf('user-disable')).slice(-1)
  expect(saved).toMatchObject({ after: { name: 'Nora Whole' } })
  expect(disabled).toMatchObject({ outcome: 'success', requestId: saved?.requestId })
  await saveDssUser(scene.admin, 'nora', { enabled: true })
})

test('groups by name', async () => {
  await createDssGroup(scene.admin, { name: 'finance' })
  await saveDssGroup(scene.admin, 'finance', { description: 'Money', admin: false })
  expect(await getDssGroup(scene.auditor, 'finance')).toMatchObject({ description: 'Money', admin: false })
  expect((await failureOf(saveDssGroup(scene.admin, 'finance', { admin: true }))).details.reason).toBe(
    'admin-stays',
  )
  expect(await listDssGroupNames(scene.mira)).toContainEqual({ name: 'finance' })
  expect((await failureOf(deleteDssGroup(scene.mira, 'finance'))).kind).toBe('forbidden')
  expect((await failureOf(getDssGroup(scene.stranger, 'finance'))).kind).toBe('not_found')
  await deleteDssGroup(scene.admin, 'finance')
  expect((await listDssGroups(scene.admin)).map((group) => group.name)).not.toContain('finance')
})

test('a global key is shown once, regrouped and revoked', async () => {
  const made = await createDssGlobalKey(scene.admin, { label: 'nightly', groups: ['designers'] })
  expect(made.key).toMatch(/^lp_key_/)
  expect(await getDssGlobalKey(scene.admin, made.id)).toMatchObject({ key: '', groups: ['designers'] })
  expect(JSON.stringify(await listDssGlobalKeys(scene.admin))).not.toContain(made.key)
  await saveDssGlobalKey(scene.admin, made.id, { label: 'daily', groups: ['auditors'] })
  expect(await getDssGlobalKey(scene.admin, made.id)).toMatchObject({ label: 'daily', groups: ['auditors'] })
  expect(await database().membership.findMany({ where: { keyId: made.id } })).toHaveLength(2)
  expect((await eventsOf('global-api-key-save')).at(-1)).toMatchObject({
    before: { label: 'nightly', groups: ['designers'] },
    after: { label: 'daily', groups: ['auditors'] },
  })
  await saveDssGlobalKey(scene.admin, made.id, { key: made.key })
  expect(
    (await failureOf(saveDssGlobalKey(scene.admin, made.id, { key: 'other' }))).details.issues,
  ).toMatchObject([{ path: ['key'] }])
  const admin = { globalPermissions: { admin: true } }
  expect((await failureOf(saveDssGlobalKey(scene.admin, made.id, admin))).details.reason).toBe('admin-stays')
  expect((await failureOf(saveDssGlobalKey(scene.auditor, made.id, {}))).kind).toBe('forbidden')
  expect((await failureOf(getDssGlobalKey(scene.mira, made.id))).kind).toBe('forbidden')
  await deleteDssGlobalKey(scene.admin, made.id)
  await expect(callerOf(made.key)).rejects.toMatchObject({ kind: 'unauthenticated' })
})

test('personal keys stay their person’s', async () => {
  const made = await createDssPersonalKey(scene.mira, {})
  expect(await listDssPersonalKeys(scene.mira)).toMatchObject([{ id: made.id, key: '', label: 'API key' }])
  expect(await listAllDssPersonalKeys(scene.auditor)).toContainEqual(
    expect.objectContaining({ id: made.id, key: '', user: 'mira' }),
  )
  expect((await failureOf(listAllDssPersonalKeys(scene.mira))).kind).toBe('forbidden')
  expect((await listPersonalKeys(scene.admin)).keys).toMatchObject([
    { id: made.id, owner: { login: 'mira' }, canEdit: false, canRevoke: true },
  ])
  expect((await listPersonalKeys(scene.auditor)).keys).toMatchObject([{ id: made.id, canRevoke: false }])
  expect((await failureOf(deleteDssPersonalKey(scene.auditor, made.id))).kind).toBe('not_found')
  expect((await failureOf(deleteDssGlobalKey(scene.admin, made.id))).kind).toBe('not_found')
  await deleteDssPersonalKey(await callerOf(made.key), made.id)
  expect(await listDssPersonalKeys(scene.mira)).toEqual([])
})

test('programs and administrators write events of their own', async () => {
  await logCustomEvent(scene.admin, 'backup-done', { files: 12 })
  const machine = await createDssGlobalKey(scene.admin, { label: 'machine' })
  await logCustomEvent(await callerOf(machine.key), 'backup-done', { msgType: 'login-success' })
  expect(await eventsOf('custom')).toMatchObject([
    { customMsgType: 'backup-done', customMsgParams: { files: 12 }, authUser: 'ada' },
    { msgType: 'custom', customMsgParams: { msgType: 'login-success' }, authSource: 'GLOBAL_API_KEY' },
  ])
  expect((await failureOf(logCustomEvent(scene.mira, 'x', {}))).kind).toBe('forbidden')
  const large = await failureOf(logCustomEvent(scene.admin, 'x', { text: 'x'.repeat(40_000) }))
  expect(large.details.reason).toBe('event-too-large')
})

const pathsOf = async (work: Promise<unknown>) =>
  (await failureOf(work)).details.issues?.map(({ path }) => path?.join('.'))

test('a key ends when it was told to, and nothing of a key is lost in silence', async () => {
  const expiresOn = Date.now() + 3_600_000
  const made = await createDssGlobalKey(scene.admin, { label: 'short', expiresOn })
  const read = await getDssGlobalKey(scene.admin, made.id)
  expect(read.expiresOn).toBe(expiresOn)
  expect((await createDssPersonalKey(scene.mira, { expiresOn })).expiresOn).toBe(expiresOn)
  expect((await createDssGlobalKey(scene.admin, { expiresOn: 0 })).expiresOn).toBe(0)
  for (const make of [
    () => createDssGlobalKey(scene.admin, { expiresOn: 1 }),
    () => createDssPersonalKey(scene.mira, { expiresOn: 1 }),
  ])
    expect(await pathsOf(make())).toEqual(['expiresOn'])
  for (const change of [{ expiresOn: 0 }, { label: '' }, { projectPrivileges: { x: 1 } }, { createdBy: 'x' }])
    expect(await pathsOf(saveDssGlobalKey(scene.admin, made.id, { ...read, ...change }))).toEqual(
      Object.keys(change),
    )
  const more = { globalPermissions: { mayWriteUnsafeCode: true } }
  for (const work of [
    () => createDssGlobalKey(scene.admin, more),
    () => saveDssGlobalKey(scene.admin, made.id, more),
  ])
    expect(await pathsOf(work())).toEqual(['globalPermissions.mayWriteUnsafeCode'])
  await saveDssGlobalKey(scene.admin, made.id, { ...made, description: 'as it came' })
  expect(await getDssGlobalKey(scene.admin, made.id)).toMatchObject({ expiresOn, description: 'as it came' })
})

test('an address is taken away, and what has no place of users and groups is refused by its path', async () => {
  const user = { ...(await getDssUser(scene.admin, 'nora')), email: 'nora@example.com' }
  await saveDssUser(scene.admin, 'nora', user)
  expect(await saveDssUser(scene.admin, 'nora', { ...user, email: '' })).toMatchObject({ email: '' })
  expect((await getDssUser(scene.admin, 'nora')).email).toBe('')
  for (const change of [
    { displayName: '' },
    { email: 'nobody' },
    { adminProperties: { a: 1 } },
    { userProfile: 'READER' },
    { other: 1 },
  ])
    expect(await pathsOf(saveDssUser(scene.admin, 'nora', { ...user, ...change }))).toEqual(
      Object.keys(change),
    )
  const made = { ...NEW, login: 'otta', userProfile: 'DESIGNER' }
  expect(await pathsOf(createDssUser(scene.admin, { ...made, email: 'nobody' }))).toEqual(['email'])
  expect(await pathsOf(createDssUser(scene.admin, { ...made, adminProperties: { a: 1 } }))).toEqual([
    'adminProperties',
  ])
  await createDssUser(scene.admin, made)
  const rights = { name: 'makers', mayCreateProjects: true }
  expect(await pathsOf(createDssGroup(scene.admin, rights))).toEqual(['mayCreateProjects'])
  await createDssGroup(scene.admin, { name: 'makers', sourceType: 'LOCAL' })
  expect(await pathsOf(saveDssGroup(scene.admin, 'makers', rights))).toEqual(['mayCreateProjects'])
})
