import { afterAll, beforeAll, expect, test } from 'vitest'
import { AUDITORS, DESIGNERS, SPACE_ADMINISTRATORS } from '#lib/domain/access/subject'
import type { Context } from '../access/caller'
import { moveClock } from '../platform/clock'
import { database } from '../platform/db/client'
import { newId } from '../platform/ids'
import { freshDatabase } from '../testing/database'
import { ADMIN_PASSWORD, contextOf, cookieOf, eventsOf, foundSpace, visitFrom } from '../testing/identity'
import { acceptInvite, getInvitation } from './accept-invite'
import { insertSpace } from './create-space'
import { addMembers, createGroup, deleteGroup, removeMember, saveGroup } from './group-commands'
import { getGroup, listGroups } from './group-queries'
import { inviteUser, listInvites, revokeInvite } from './invites'
import { createResetLink, getResetOffer, resetPassword } from './resets'
import { disableUser, enableUser, saveUser } from './user-commands'
import { listDirectory, listUsers } from './user-queries'

let drop: () => Promise<void>
let space: Awaited<ReturnType<typeof foundSpace>>
let auditor: Context
let designer: Context
let stranger: Context
beforeAll(async () => {
  drop = await freshDatabase()
  space = await foundSpace()
  auditor = (await letIn('otto', AUDITORS)).ctx
  designer = (await letIn('dana', DESIGNERS)).ctx
  const other = await database().$transaction((tx) =>
    insertSpace(tx, {
      space: 'Other',
      login: 'ada',
      name: 'Eve',
      email: 'eve@example.org',
      passwordHash: 'x',
    }),
  )
  stranger = contextOf({ kind: 'user', spaceId: other.spaceId, userId: other.userId })
})
afterAll(() => drop())

const groupId = async (name: string) =>
  (await database().group.findFirstOrThrow({ where: { spaceId: space.spaceId, name } })).id
const tokenOf = (link: string) => link.slice(link.lastIndexOf('/') + 1)
const last = async (msgType: string) => (await eventsOf(msgType)).at(-1)

async function letIn(login: string, ...groups: string[]) {
  const groupIds = await Promise.all(groups.map(groupId))
  const { link } = await inviteUser(space.admin, { email: `${login}@example.com`, groupIds })
  await acceptInvite(visitFrom(), { token: tokenOf(link), login, name: login, password: ADMIN_PASSWORD })
  const { id: userId } = await database().user.findFirstOrThrow({ where: { spaceId: space.spaceId, login } })
  return { userId, ctx: contextOf({ kind: 'user', spaceId: space.spaceId, userId }) }
}

test('administrators and auditors see the users, designers do not; the list is told', async () => {
  const list = await listUsers(space.admin)
  expect(list.users.map(({ login }) => login)).toEqual(['ada', 'dana', 'otto'])
  expect(list).toMatchObject({ total: 3, canInvite: true })
  expect(await last('users-list')).toMatchObject({ authUser: 'ada', outcome: 'success' })
  const seen = await listUsers(auditor, 'DAN')
  expect(seen).toMatchObject({ total: 1, canInvite: false })
  expect(seen.users[0]).toMatchObject({ login: 'dana', canEdit: false, canDisable: false, canReset: false })
  await expect(listUsers(designer)).rejects.toMatchObject({
    kind: 'forbidden',
    message: 'You need to be a space administrator or an auditor.',
    details: { ask: ['Ada Lind'] },
  })
  expect(await last('users-list')).toMatchObject({ authUser: 'dana', outcome: 'denied' })
  expect((await listUsers(stranger)).users.map(({ name }) => name)).toEqual(['Eve'])
})

test('everyone may choose among names', async () => {
  const { groups, users } = await listDirectory(designer)
  expect(groups).toContainEqual({ id: await groupId(DESIGNERS), name: DESIGNERS, people: 1 })
  expect(users).toHaveLength(3)
  expect(Object.keys(users[0] ?? {})).toEqual(['id', 'login', 'name'])
})

test('an invitation works once and not after it was withdrawn, replaced or seven days', async () => {
  const ids = [await groupId(DESIGNERS)]
  const replaced = await inviteUser(space.admin, { email: 'gil@example.com', groupIds: ids })
  const { link, id } = await inviteUser(space.admin, { email: 'gil@example.com', groupIds: ids })
  expect(await last('invite-create')).toMatchObject({
    after: { email: 'gil@example.com', groups: [DESIGNERS] },
  })
  expect((await listInvites(space.admin)).invites).toHaveLength(1)
  await expect(getInvitation(tokenOf(replaced.link))).rejects.toMatchObject({ kind: 'not_found' })
  expect(await getInvitation(tokenOf(link))).toEqual({
    email: 'gil@example.com',
    space: 'Aurora',
    groups: [DESIGNERS],
  })
  const accept = (login: string) =>
    acceptInvite(visitFrom(), { token: tokenOf(link), login, name: 'Gil', password: ADMIN_PASSWORD })
  await expect(accept('dana')).rejects.toMatchObject({
    kind: 'conflict',
    details: { issues: [{ path: ['login'] }] },
  })
  const outcomes = await Promise.allSettled([accept('gil'), accept('gil2')])
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(await last('invite-accept')).toMatchObject({ objectId: id, outcome: 'success' })
  const lines = await database().auditEvent.findMany({ where: { line: { contains: tokenOf(link) } } })
  expect(lines).toEqual([])

  const old = await inviteUser(space.admin, { email: 'hal@example.com', groupIds: [] })
  moveClock(7 * 86_400_000 + 1)
  await expect(getInvitation(tokenOf(old.link))).rejects.toMatchObject({ kind: 'not_found' })
  moveClock(0)
  await expect(revokeInvite(auditor, old.id)).rejects.toMatchObject({ kind: 'forbidden' })
  await expect(revokeInvite(stranger, old.id)).rejects.toMatchObject({ kind: 'not_found' })
  await revokeInvite(space.admin, old.id)
  await expect(getInvitation(tokenOf(old.link))).rejects.toMatchObject({ kind: 'not_found' })
  expect(await last('invite-revoke')).toMatchObject({ objectId: old.id })
  await expect(inviteUser(designer, { email: 'x@example.com', groupIds: [] })).rejects.toMatchObject({
    kind: 'forbidden',
  })
  await expect(
    inviteUser(space.admin, { email: 'x@example.com', groupIds: [newId()] }),
  ).rejects.toMatchObject({
    kind: 'validation_failed',
  })
})

test('a reset link sets the password once and ends the sessions', async () => {
  const { userId } = await letIn('ines')
  await cookieOf('ines')
  const { link } = await createResetLink(space.admin, userId)
  const token = tokenOf(link)
  expect(await getResetOffer(token)).toEqual({ login: 'ines', name: 'ines', space: 'Aurora' })
  const reset = () => resetPassword(visitFrom(), { token, password: 'another long password' })
  const outcomes = await Promise.allSettled([reset(), reset()])
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(await database().session.count({ where: { userId } })).toBe(0)
  expect(await cookieOf('ines', 'another long password')).not.toBe('')
  expect(await last('password-reset')).toMatchObject({ authUser: 'ines', objectId: userId })
  await expect(createResetLink(auditor, userId)).rejects.toMatchObject({ kind: 'forbidden' })
  await expect(createResetLink(stranger, userId)).rejects.toMatchObject({ kind: 'not_found' })
})

test('saving a user tells before and after; groups are kept as intervals', async () => {
  const { userId } = await letIn('joan', DESIGNERS)
  const groupIds = [await groupId(AUDITORS)]
  await saveUser(space.admin, userId, { name: 'Joan B', email: 'jb@example.com', groupIds, reason: 'moved' })
  expect(await last('user-save')).toMatchObject({
    objectId: userId,
    reason: 'moved',
    before: { name: 'joan', email: 'joan@example.com', groups: [DESIGNERS] },
    after: { name: 'Joan B', email: 'jb@example.com', groups: [AUDITORS] },
  })
  const rows = await database().membership.findMany({ where: { userId }, orderBy: { from: 'asc' } })
  expect(rows).toMatchObject([
    { actor: 'ada', reason: 'invitation', endedBy: 'ada', endedReason: 'moved', until: expect.any(Date) },
    { actor: 'ada', reason: 'moved', until: null },
  ])
  await expect(saveUser(space.admin, userId, { email: 'ada@example.com' })).rejects.toMatchObject({
    details: { reason: 'email-taken' },
  })
  await expect(saveUser(auditor, userId, { name: 'x' })).rejects.toMatchObject({ kind: 'forbidden' })
  await expect(saveUser(stranger, userId, { name: 'x' })).rejects.toMatchObject({ kind: 'not_found' })
  const before = await eventsOf('user-save')
  await saveUser(space.admin, userId, { name: 'Joan B' })
  expect(await eventsOf('user-save')).toEqual(before)
})

test('a disabled user can come back; nobody disables their own account', async () => {
  const { userId, ctx } = await letIn('kim', SPACE_ADMINISTRATORS)
  await expect(disableUser(ctx, userId)).rejects.toMatchObject({ kind: 'forbidden' })
  await disableUser(space.admin, userId)
  await enableUser(space.admin, userId)
  expect(await last('user-enable')).toMatchObject({ objectId: userId, after: { disabled: false } })
  expect((await listUsers(ctx)).canInvite).toBe(true)
  await disableUser(space.admin, userId)
})

test('groups are made, renamed, filled, emptied and deleted, each with its event', async () => {
  const { id } = await createGroup(space.admin, { name: 'finance', description: 'Numbers' })
  await expect(createGroup(space.admin, { name: 'Finance', description: '' })).rejects.toMatchObject({
    details: { reason: 'name-taken' },
  })
  await saveGroup(space.admin, id, { name: 'money' })
  expect(await last('group-save')).toMatchObject({ before: { name: 'finance' }, after: { name: 'money' } })
  const { id: dana } = await database().user.findFirstOrThrow({ where: { login: 'dana' } })
  await addMembers(space.admin, id, { userIds: [dana], reason: 'new task' })
  await addMembers(space.admin, id, { userIds: [dana] })
  expect((await getGroup(auditor, id)).members).toMatchObject([
    { login: 'dana', actor: 'ada', reason: 'new task', canRemove: false },
  ])
  await removeMember(space.admin, id, dana, 'done')
  expect(await getGroup(space.admin, id)).toMatchObject({
    members: [],
    past: [{ login: 'dana', endedBy: 'ada', reason: 'done' }],
  })
  for (const other of [auditor, designer]) {
    await expect(deleteGroup(other, id)).rejects.toMatchObject({ kind: 'forbidden' })
  }
  await expect(getGroup(stranger, id)).rejects.toMatchObject({ kind: 'not_found' })
  await addMembers(space.admin, id, { userIds: [dana] })
  await deleteGroup(space.admin, id)
  expect(await last('group-delete')).toMatchObject({ before: { name: 'money' }, endedMemberships: 1 })
  await expect(getGroup(space.admin, id)).rejects.toMatchObject({ kind: 'not_found' })
  await createGroup(space.admin, { name: 'money', description: '' })
  expect((await listGroups(space.admin)).groups.filter(({ name }) => name === 'money')).toHaveLength(1)
})

test('of groups that are made at once under one name one is, and the others are told', async () => {
  const made = await Promise.allSettled(
    Array.from({ length: 5 }, () => createGroup(space.admin, { name: 'at-once', description: '' })),
  )
  expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  for (const one of made) {
    if (one.status === 'rejected') expect(one.reason).toMatchObject({ details: { reason: 'name-taken' } })
  }
})

test('built-in groups stay', async () => {
  const id = await groupId(DESIGNERS)
  await expect(deleteGroup(space.admin, id)).rejects.toMatchObject({ details: { reason: 'built-in-group' } })
  await expect(saveGroup(space.admin, id, { name: 'x' })).rejects.toMatchObject({
    details: { reason: 'built-in-group' },
  })
})

test('a group that something is shared with is not deleted', async () => {
  const { id } = await createGroup(space.admin, { name: 'lake-people', description: '' })
  const connectionId = newId()
  const { spaceId } = space
  await database().connection.create({
    data: { id: connectionId, spaceId, name: 'lake-raw', params: {}, createdBy: 'ada' },
  })
  await database().connectionGrant.create({
    data: { id: newId(), spaceId, connectionId, kind: 'use', principal: 'group', groupId: id, actor: 'ada' },
  })
  await expect(deleteGroup(space.admin, id)).rejects.toMatchObject({
    message: 'lake-people still has access to lake-raw.',
    details: { reason: 'group-in-use' },
  })
})

test('the last administrator cannot be taken away, whichever way and however many try at once', async () => {
  const administrators = await groupId(SPACE_ADMINISTRATORS)
  const lastOne = { kind: 'conflict', details: { reason: 'last-administrator' } }
  await expect(removeMember(space.admin, administrators, space.adminId)).rejects.toMatchObject(lastOne)
  await expect(saveUser(space.admin, space.adminId, { groupIds: [] })).rejects.toMatchObject(lastOne)

  const second = await letIn('lea', SPACE_ADMINISTRATORS)
  for (let round = 0; round < 6; round++) {
    const acts = [
      () => removeMember(space.admin, administrators, second.userId),
      () => removeMember(second.ctx, administrators, space.adminId),
      () => disableUser(space.admin, second.userId),
      () => disableUser(second.ctx, space.adminId),
      () => saveUser(second.ctx, space.adminId, { groupIds: [] }),
    ]
    await Promise.allSettled(acts.map((act) => act()))
    const left = await database().membership.count({
      where: { groupId: administrators, until: null, user: { disabledAt: null } },
    })
    expect(left).toBeGreaterThanOrEqual(1)
    await restore(administrators, [space.adminId, second.userId])
  }
})

/** Puts both back, behind the verbs' back, for the next round. */
async function restore(group: string, userIds: string[]) {
  const { spaceId } = space
  await database().user.updateMany({ where: { id: { in: userIds } }, data: { disabledAt: null } })
  for (const userId of userIds) {
    const there = await database().membership.count({ where: { groupId: group, userId, until: null } })
    if (there === 0) {
      await database().membership.create({
        data: { id: newId(), spaceId, groupId: group, userId, actor: 'test' },
      })
    }
  }
}
