import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { authenticate } from '../access/authenticate'
import { moveClock } from '../platform/clock'
import { database } from '../platform/db/client'
import { freshDatabase } from '../testing/database'
import { enterWindow } from '../testing/enter-window'
import { ADMIN_PASSWORD, contextOf, cookieOf, eventsOf, foundSpace, visitFrom } from '../testing/identity'
import { acceptInvite } from './accept-invite'
import { changeOwnPassword } from './change-password'
import { inviteUser } from './invites'
import { getSession } from './session'
import { signIn } from './sign-in'
import { disableUser } from './user-commands'

let drop: () => Promise<void>
let space: Awaited<ReturnType<typeof foundSpace>>
beforeAll(async () => {
  drop = await freshDatabase()
  space = await foundSpace()
})
afterAll(() => drop())
afterEach(() => moveClock(0))

const WRONG = { login: 'ada', password: 'not the password' }

/** Invites someone and lets them in; gives the caller that their cookie names. */
async function letIn(login: string) {
  const { link } = await inviteUser(space.admin, { email: `${login}@example.com`, groupIds: [] })
  const token = link.slice(link.lastIndexOf('/') + 1)
  await acceptInvite(visitFrom(), { token, login, name: login, password: ADMIN_PASSWORD })
  const { id: userId } = await database().user.findFirstOrThrow({ where: { login } })
  return { userId, ctx: contextOf({ kind: 'user', spaceId: space.spaceId, userId }) }
}

test('unknown login, wrong password and disabled account get the same answer', async () => {
  const { userId } = await letIn('dora')
  await disableUser(space.admin, userId)
  const answers = await Promise.all(
    [WRONG, { login: 'nobody', password: 'x' }, { login: 'dora', password: ADMIN_PASSWORD }].map((input) =>
      signIn(visitFrom('192.0.2.7'), input).catch((error) => ({
        kind: error.kind,
        message: error.message,
        details: error.details,
      })),
    ),
  )
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
  expect(answers[0]).toMatchObject({ kind: 'unauthenticated', details: { reason: 'wrong-password' } })
  const failures = await eventsOf('login-failure')
  expect(failures.map((event) => [event.topic, event.outcome, event.authUser, event.originAddress])).toEqual(
    expect.arrayContaining(
      ['ada', 'nobody', 'dora'].map((login) => ['authfail', 'denied', login, '192.0.2.7']),
    ),
  )
  expect(JSON.stringify(failures)).not.toContain(ADMIN_PASSWORD)
})

test('ten failures of an account from one address are the end for 15 minutes, there and only there', async () => {
  enterWindow(1)
  const from = (address: string, input = WRONG) =>
    signIn(visitFrom(address), input).then(
      () => 'in',
      (error) => error.kind,
    )
  const tries = await Promise.all(Array.from({ length: 14 }, () => from('192.0.2.8')))
  expect(tries.filter((kind) => kind === 'unauthenticated')).toHaveLength(10)
  expect(tries.filter((kind) => kind === 'limit_exceeded')).toHaveLength(4)
  const right = { login: 'ada', password: ADMIN_PASSWORD }
  expect(await from('192.0.2.8', { login: 'ADA@example.com', password: ADMIN_PASSWORD })).toBe(
    'limit_exceeded',
  )
  expect(await from('192.0.2.9', right)).toBe('in')
  await expect(signIn(visitFrom('192.0.2.8'), right)).rejects.toMatchObject({
    details: { reason: 'too-many-attempts', retryAfterSeconds: expect.any(Number) },
  })
  enterWindow(2)
  expect(await from('192.0.2.8', right)).toBe('in')
})

test('fifty failures of an address on whatever account are the end', async () => {
  enterWindow(4)
  const outcomes: string[] = []
  for (let n = 0; n < 52; n++) {
    outcomes.push(
      await signIn(visitFrom('192.0.2.10'), { login: `guess${n}`, password: 'x' }).catch(
        (error) => error.kind,
      ),
    )
  }
  expect(outcomes.slice(0, 50)).toEqual(Array(50).fill('unauthenticated'))
  expect(outcomes.slice(50)).toEqual(['limit_exceeded', 'limit_exceeded'])
})

test('signing in rightly is not limited', async () => {
  enterWindow(6)
  for (let n = 0; n < 12; n++) await cookieOf('ada')
  const windows = await database().rateWindow.findMany({ orderBy: { startedAt: 'desc' }, take: 2 })
  expect(windows.map(({ count }) => count)).toEqual([0, 0])
})

test('a disabled user is out at the next request', async () => {
  const { userId, ctx } = await letIn('emil')
  const cookie = await cookieOf('emil')
  expect(await getSession(ctx)).toMatchObject({ name: 'emil', home: '/projects' })
  await disableUser(space.admin, userId, 'left')
  expect(await authenticate(visitFrom('192.0.2.1', { cookie }))).toBeNull()
  await expect(getSession(ctx)).rejects.toMatchObject({ kind: 'unauthenticated' })
  const [event] = (await eventsOf('user-disable')).slice(-1)
  expect(event).toMatchObject({
    authUser: 'ada',
    reason: 'left',
    objectId: userId,
    after: { disabled: true },
  })
})

test('one changes one’s own password, and the other sessions end', async () => {
  const { userId, ctx } = await letIn('fay')
  const cookie = await cookieOf('fay')
  const other = await cookieOf('fay')
  const headers = new Headers({ cookie })
  await expect(
    changeOwnPassword(ctx, headers, { current: 'wrong', next: 'a new long password' }),
  ).rejects.toMatchObject({ kind: 'validation_failed', details: { issues: [{ path: ['current'] }] } })
  await changeOwnPassword(ctx, headers, { current: ADMIN_PASSWORD, next: 'a new long password' })
  expect(await authenticate(visitFrom('192.0.2.1', { cookie }))).not.toBeNull()
  expect(await authenticate(visitFrom('192.0.2.1', { cookie: other }))).toBeNull()
  expect(await cookieOf('fay', 'a new long password')).not.toBe('')
  const [event] = await eventsOf('password-change')
  expect(event).toMatchObject({ authUser: 'fay', objectId: userId, after: { password: 'changed' } })
  expect(JSON.stringify(await eventsOf('password-change'))).not.toContain('a new long password')
})
