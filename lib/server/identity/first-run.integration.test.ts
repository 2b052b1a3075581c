import { afterAll, beforeAll, expect, test } from 'vitest'
import { authenticate } from '../access/authenticate'
import { database } from '../platform/db/client'
import { ensureInstallation, makeSetupLink } from '../spaces/installation'
import { freshDatabase } from '../testing/database'
import { contextOf, cookieOf, eventsOf, FOUNDER, visitFrom } from '../testing/identity'
import { createSpace } from './create-space'
import { getPageVisitor, getSession } from './session'
import { signIn } from './sign-in'
import { signOut } from './sign-out'

let drop: () => Promise<void>
beforeAll(async () => {
  drop = await freshDatabase()
})
afterAll(() => drop())

const tokenOf = (link: string | null) => new URL(link ?? '').searchParams.get('token') ?? ''

test('the setup link works once, whoever comes second', async () => {
  await ensureInstallation()
  await ensureInstallation()
  const replaced = tokenOf(await makeSetupLink())
  const token = tokenOf(await makeSetupLink())
  expect(await getPageVisitor(visitFrom())).toEqual({ state: 'not-set-up' })
  await expect(createSpace(visitFrom(), { ...FOUNDER, token: replaced })).rejects.toMatchObject({
    kind: 'forbidden',
    details: { reason: 'setup-link-ended' },
  })
  const posts = ['ada', 'eve'].map((login) =>
    createSpace(visitFrom(), { ...FOUNDER, login, email: `${login}@example.com`, token }),
  )
  const settled = await Promise.allSettled(posts)
  expect(settled.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(await database().space.count()).toBe(1)
  expect(await database().user.count()).toBe(1)
  await expect(createSpace(visitFrom(), { ...FOUNDER, token })).rejects.toMatchObject({ kind: 'forbidden' })
  expect(await makeSetupLink()).toBeNull()
})

test('the making of the space is told, and its administrator is signed in', async () => {
  const [made] = await eventsOf('space-create')
  expect(made).toMatchObject({ outcome: 'success', objectType: 'space', after: { name: 'Aurora' } })
  expect(await eventsOf('setup-link-create')).toHaveLength(1)
  expect(await eventsOf('user-create')).toHaveLength(1)
  expect(await eventsOf('login-success')).toHaveLength(1)
  expect(await database().session.count()).toBe(1)
  const groups = await database().group.findMany({ orderBy: { name: 'asc' } })
  expect(groups.map((group) => [group.name, group.builtIn])).toEqual([
    ['auditors', true],
    ['designers', true],
    ['space_administrators', true],
  ])
})

test('one signs in by login or e-mail, and the cookie names one from then on', async () => {
  const { login } = await database().user.findFirstOrThrow()
  for (const name of [login, login.toUpperCase(), `${login}@example.com`]) {
    const cookie = await cookieOf(name)
    expect(cookie).toMatch(/^launchpad-[0-9a-f]{6}=/)
    const found = await authenticate(visitFrom('192.0.2.1', { cookie }))
    expect(found).toMatchObject({ byCookie: true, caller: { kind: 'user' } })
    expect(
      await getSession(contextOf(found?.caller ?? { kind: 'system', spaceId: '', job: '' })),
    ).toMatchObject({
      name: login,
      home: '/launchpad',
      groups: ['space_administrators'],
      space: { name: 'Aurora' },
    })
  }
  const session = await database().session.findFirstOrThrow({ orderBy: { createdAt: 'desc' } })
  expect(session.spaceId).toBe((await database().space.findFirstOrThrow()).id)
})

test('the cookie is closed to scripts and other sites', async () => {
  const { login } = await database().user.findFirstOrThrow()
  const { headers } = await signIn(visitFrom(), { login, password: FOUNDER.password })
  const [cookie] = headers.getSetCookie()
  expect(cookie).toMatch(/HttpOnly/i)
  expect(cookie).toMatch(/SameSite=Lax/i)
  expect(cookie).toMatch(/Path=\//)
  expect(cookie).not.toMatch(/Secure/i)
})

test('signing out ends the session and tells it', async () => {
  const { login } = await database().user.findFirstOrThrow()
  const cookie = await cookieOf(login)
  const before = await database().session.count()
  const headers = await signOut(visitFrom('192.0.2.1', { cookie }))
  expect(headers.getSetCookie().join()).toMatch(/Max-Age=0/i)
  expect(await database().session.count()).toBe(before - 1)
  expect(await authenticate(visitFrom('192.0.2.1', { cookie }))).toBeNull()
  expect(await eventsOf('logout')).toHaveLength(1)
  expect((await signOut(visitFrom('192.0.2.1', { cookie }))).getSetCookie()).not.toHaveLength(0)
  expect(await eventsOf('logout')).toHaveLength(1)
})

test('a session row and its event stand or fall together', async () => {
  const { login } = await database().user.findFirstOrThrow()
  const before = await database().session.count()
  await database().$executeRawUnsafe(
    `ALTER TABLE "audit_event" ADD CONSTRAINT "no_logins" CHECK ("msgType" <> 'login-success') NOT VALID`,
  )
  await expect(signIn(visitFrom(), { login, password: FOUNDER.password })).rejects.toThrow()
  expect(await database().session.count()).toBe(before)
  await database().$executeRawUnsafe(`ALTER TABLE "audit_event" DROP CONSTRAINT "no_logins"`)
})
