import { afterAll, beforeAll, expect, test } from 'vitest'
import { AUDITORS, DESIGNERS, SPACE_ADMINISTRATORS } from '#lib/domain/access/subject'
import { authenticate } from '../access/authenticate'
import { moveClock } from '../platform/clock'
import { database } from '../platform/db/client'
import { freshDatabase } from '../testing/database'
import { ADMIN_PASSWORD, contextOf, eventsOf, foundSpace, visitFrom } from '../testing/identity'
import { acceptInvite } from './accept-invite'
import { addMembers, createGroup, removeMember } from './group-commands'
import { inviteUser } from './invites'
import { createGlobalKey, createPersonalKey, listGlobalKeys, listOwnKeys, revokeKey } from './keys'
import { getSession } from './session'
import { disableUser, enableUser } from './user-commands'

let drop: () => Promise<void>
let space: Awaited<ReturnType<typeof foundSpace>>
beforeAll(async () => {
  drop = await freshDatabase()
  space = await foundSpace()
})
afterAll(() => drop())

const PLAIN = { label: 'export', description: '', expiresAt: null }
const bearer = (secret: string) => authenticate(visitFrom('192.0.2.1', { authorization: `Bearer ${secret}` }))
const groupId = async (name: string) => (await database().group.findFirstOrThrow({ where: { name } })).id

async function letIn(login: string, group: string) {
  const { link } = await inviteUser(space.admin, {
    email: `${login}@example.com`,
    groupIds: [await groupId(group)],
  })
  const token = link.slice(link.lastIndexOf('/') + 1)
  await acceptInvite(visitFrom(), { token, login, name: login, password: ADMIN_PASSWORD })
  const { id: userId } = await database().user.findFirstOrThrow({ where: { login } })
  return { userId, ctx: contextOf({ kind: 'user', spaceId: space.spaceId, userId }) }
}

async function callerOf(secret: string) {
  const found = await bearer(secret)
  if (!found) throw new Error('nobody')
  return contextOf(found.caller)
}

test('a personal key has its owner’s live rights, until it is revoked or the owner disabled', async () => {
  const dana = await letIn('dana', DESIGNERS)
  const { secret, id, prefix } = await createPersonalKey(dana.ctx, PLAIN)
  expect(secret).toMatch(/^lp_key_[\w-]{43}$/)
  expect(secret.startsWith(prefix)).toBe(true)
  expect(await getSession(await callerOf(secret))).toMatchObject({ kind: 'key', groups: [DESIGNERS] })
  const basic = `Basic ${Buffer.from(`${secret}:`).toString('base64')}`
  expect(await authenticate(visitFrom('192.0.2.1', { authorization: basic }))).toMatchObject({
    byCookie: false,
  })
  const { keys } = await listOwnKeys(dana.ctx)
  expect(keys).toMatchObject([{ id, label: 'export', canRevoke: true }])
  await expect.poll(async () => (await listOwnKeys(dana.ctx)).keys[0]?.lastUsedAt).toEqual(expect.any(String))
  expect(JSON.stringify(keys)).not.toContain(secret)
  expect(JSON.stringify(await database().apiKey.findMany())).not.toContain(secret)
  await revokeKey(dana.ctx, id)
  await expect(bearer(secret)).rejects.toMatchObject({ kind: 'unauthenticated' })
  const again = await createPersonalKey(dana.ctx, PLAIN)
  const caller = await callerOf(again.secret)
  await disableUser(space.admin, dana.userId)
  await expect(getSession(caller)).rejects.toMatchObject({ kind: 'unauthenticated' })
  expect(await eventsOf('personal-api-key-create')).toHaveLength(2)
  expect(await eventsOf('personal-api-key-delete')).toMatchObject([{ authUser: 'dana', objectId: id }])
  expect(JSON.stringify(await database().auditEvent.findMany({ select: { line: true } }))).not.toContain(
    secret,
  )
})

test('what a key makes ends with it, and nobody sees another’s', async () => {
  const emil = await letIn('emil', DESIGNERS)
  const { secret, id } = await createPersonalKey(emil.ctx, PLAIN)
  const soon = new Date(Date.now() + 3_600_000).toISOString()
  const maker = await createPersonalKey(emil.ctx, { ...PLAIN, expiresAt: soon })
  const made = await createPersonalKey(await callerOf(maker.secret), PLAIN)
  expect(made.expiresAt).toBe(soon)
  const third = await createPersonalKey(await callerOf(made.secret), PLAIN)
  await revokeKey(emil.ctx, maker.id)
  for (const one of [made, third])
    await expect(bearer(one.secret)).rejects.toMatchObject({ kind: 'unauthenticated' })
  expect((await eventsOf('personal-api-key-delete')).at(-1)).toMatchObject({
    endedWithIt: [made.id, third.id],
  })
  await expect(bearer(secret)).resolves.not.toBeNull()
  const machine = await createGlobalKey(space.admin, { ...PLAIN, admin: true, groupIds: [] })
  await expect(createPersonalKey(await callerOf(machine.secret), PLAIN)).rejects.toMatchObject({
    kind: 'forbidden',
  })
  await revokeKey(space.admin, machine.id)
  const fay = await letIn('fay', DESIGNERS)
  expect((await listOwnKeys(fay.ctx)).keys).toEqual([])
  await expect(revokeKey(fay.ctx, id)).rejects.toMatchObject({ kind: 'not_found' })
  await revokeKey(space.admin, id)
  await expect(revokeKey(space.admin, id)).rejects.toMatchObject({ kind: 'not_found' })
})

test('a global key has the rights of its groups, or of administrators', async () => {
  const groupIds = [await groupId(AUDITORS)]
  const plain = await createGlobalKey(space.admin, { ...PLAIN, admin: false, groupIds })
  expect(plain.groups).toEqual([{ id: groupIds[0], name: AUDITORS }])
  const caller = await callerOf(plain.secret)
  expect(await getSession(caller)).toMatchObject({ user: null, name: 'key:export', groups: [AUDITORS] })
  expect(await listGlobalKeys(caller)).toMatchObject({ keys: [{ canRevoke: false }], canCreate: false })
  await expect(createGroup(caller, { name: 'x', description: '' })).rejects.toMatchObject({
    kind: 'forbidden',
  })
  const admin = await createGlobalKey(space.admin, { ...PLAIN, label: 'root', admin: true, groupIds: [] })
  await createGroup(await callerOf(admin.secret), { name: 'by-key', description: '' })
  expect((await eventsOf('group-create')).at(-1)).toMatchObject({
    authUser: 'key:root',
    authSource: 'GLOBAL_API_KEY',
  })
  await revokeKey(space.admin, plain.id)
  const membership = await database().membership.findFirstOrThrow({ where: { keyId: plain.id } })
  expect(membership).toMatchObject({ endedBy: 'ada', endedReason: 'key revoked' })
  expect((await eventsOf('global-api-key-delete')).at(-1)).toMatchObject({ objectId: plain.id })
  const gil = await letIn('gil', DESIGNERS)
  await expect(listGlobalKeys(gil.ctx)).rejects.toMatchObject({ kind: 'forbidden' })
  await expect(createGlobalKey(gil.ctx, { ...PLAIN, admin: true, groupIds: [] })).rejects.toMatchObject({
    kind: 'forbidden',
  })
})

test('keys of the space that a key makes stand and fall with it, and with who made that one', async () => {
  const gus = await letIn('gus', SPACE_ADMINISTRATORS)
  const soon = new Date(Date.now() + 3_600_000).toISOString()
  const maker = await createPersonalKey(gus.ctx, { ...PLAIN, expiresAt: soon })
  const byMaker = await callerOf(maker.secret)
  const made = await createGlobalKey(byMaker, { ...PLAIN, admin: true, groupIds: [await groupId(AUDITORS)] })
  expect(made.expiresAt).toBe(soon)
  const third = await createGlobalKey(await callerOf(made.secret), { ...PLAIN, admin: true, groupIds: [] })
  const callers = [await callerOf(made.secret), await callerOf(third.secret)]
  for (const caller of callers) expect(await getSession(caller)).toMatchObject({ kind: 'key' })

  await removeMember(space.admin, await groupId(SPACE_ADMINISTRATORS), gus.userId)
  for (const caller of callers)
    await expect(getSession(caller)).rejects.toMatchObject({ kind: 'unauthenticated' })
  await addMembers(space.admin, await groupId(SPACE_ADMINISTRATORS), { userIds: [gus.userId] })
  await disableUser(space.admin, gus.userId)
  for (const caller of callers)
    await expect(getSession(caller)).rejects.toMatchObject({ kind: 'unauthenticated' })
  await enableUser(space.admin, gus.userId)
  for (const caller of callers) expect(await getSession(caller)).toMatchObject({ kind: 'key' })

  await revokeKey(space.admin, maker.id)
  for (const { secret, id } of [made, third]) {
    await expect(bearer(secret)).rejects.toMatchObject({ kind: 'unauthenticated' })
    expect(await database().membership.count({ where: { keyId: id, until: null } })).toBe(0)
  }
})

test('events name the key that acted, and two of one label are two', async () => {
  const groupIds = [await groupId(AUDITORS)]
  const twins = [0, 1].map(() =>
    createGlobalKey(space.admin, { ...PLAIN, label: 'twin', admin: false, groupIds }),
  )
  for (const { id, secret } of await Promise.all(twins)) {
    const caller = await callerOf(secret)
    for (let times = 0; times < 2; times++) await listGlobalKeys(caller)
    const told = (await eventsOf('api-keys-list')).filter(({ authKeyId }) => authKeyId === id)
    expect(told).toMatchObject([{ authUser: 'key:twin', authSource: 'GLOBAL_API_KEY' }])
  }
})

test('a burst of requests with a key is one use of it, and none waits for the note', async () => {
  const { id, secret } = await createPersonalKey(space.admin, PLAIN)
  await database().$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "api_key" WHERE "id" = ${id} FOR UPDATE`
    await Promise.all([0, 1, 2, 3].map(() => bearer(secret)))
  })
  const noted = async () => (await database().apiKey.findUniqueOrThrow({ where: { id } })).lastUsedAt
  await expect.poll(noted).not.toBeNull()
})

test('a key ends when it says it does', async () => {
  const soon = new Date(Date.now() + 60_000).toISOString()
  const { secret } = await createGlobalKey(space.admin, {
    ...PLAIN,
    admin: false,
    groupIds: [],
    expiresAt: soon,
  })
  expect(await bearer(secret)).not.toBeNull()
  moveClock(61_000)
  await expect(bearer(secret)).rejects.toMatchObject({ kind: 'unauthenticated' })
  moveClock(0)
  const past = new Date(Date.now() - 1000).toISOString()
  await expect(createPersonalKey(space.admin, { ...PLAIN, expiresAt: past })).rejects.toMatchObject({
    details: { issues: [{ path: ['expiresAt'] }] },
  })
})
