import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createPersonalKey, revokeKey } from '../identity/keys'
import { moveClock } from '../platform/clock'
import { database } from '../platform/db/client'
import { newSecret } from '../platform/ids'
import { freshDatabase } from '../testing/database'
import { enterWindow } from '../testing/enter-window'
import { foundSpace, visitFrom } from '../testing/identity'
import { authenticate, KEY_PREFIX } from './authenticate'

let drop: () => Promise<void>
let space: Awaited<ReturnType<typeof foundSpace>>
beforeAll(async () => {
  drop = await freshDatabase()
  space = await foundSpace()
})
afterAll(() => drop())
afterEach(async () => {
  moveClock(0)
  await database().rateWindow.deleteMany()
  await database().auditEvent.deleteMany()
})

const PLAIN = { label: 'export', description: '', expiresAt: null }
const use = (secret: string, address = '192.0.2.1') =>
  authenticate(visitFrom(address, { authorization: `Bearer ${secret}` }))
const kindOf = (secret: string, address?: string) =>
  use(secret, address).then(
    () => 'in',
    (error: { kind: string }) => error.kind,
  )

/** The events of refused keys, with how often each happened. */
async function told() {
  const rows = await database().auditEvent.findMany({
    where: { msgType: 'api-key-authentication-failure' },
    orderBy: { seq: 'asc' },
  })
  return rows.map(({ line, repeats, topic }) => ({ ...JSON.parse(line).message, topic, repeats }))
}

test('the same wrong key is told once with a count, by its first characters alone', async () => {
  const secret = newSecret(KEY_PREFIX)
  for (let n = 0; n < 3; n++) expect(await kindOf(secret)).toBe('unauthenticated')
  const events = await told()
  expect(events).toMatchObject([
    {
      topic: 'authfail',
      outcome: 'denied',
      authUser: 'unknown',
      objectType: 'api-key',
      objectId: secret.slice(0, 13),
      originAddress: '192.0.2.1',
      reason: 'unknown key',
      repeats: 3,
    },
  ])
  expect(JSON.stringify(events)).not.toContain(secret)
})

test('what is no key of ours may be the secret of something else, and is told by nothing of it', async () => {
  expect(await kindOf('hunter2-of-another-system')).toBe('unauthenticated')
  expect(JSON.stringify(await told())).not.toContain('hunter2')
  expect(await told()).toMatchObject([{ objectId: '*' }])
})

test('a key that was revoked, that has expired or whose owner is disabled is told by whose it was', async () => {
  const revoked = await createPersonalKey(space.admin, PLAIN)
  await revokeKey(space.admin, revoked.id)
  const expired = await createPersonalKey(space.admin, {
    ...PLAIN,
    expiresAt: new Date(Date.now() + 60_000).toISOString(),
  })
  expect(await kindOf(expired.secret)).toBe('in')
  moveClock(61_000)
  for (const { secret, id } of [revoked, expired]) {
    expect(await kindOf(secret)).toBe('unauthenticated')
    expect((await told()).at(-1)).toMatchObject({
      authUser: 'ada',
      authSource: 'PERSONAL_API_KEY',
      objectId: id,
      reason: 'the key has ended',
    })
  }
  const orphan = await createPersonalKey(space.admin, PLAIN)
  await database().user.update({ where: { id: space.adminId }, data: { disabledAt: new Date() } })
  try {
    expect(await kindOf(orphan.secret)).toBe('unauthenticated')
  } finally {
    await database().user.update({ where: { id: space.adminId }, data: { disabledAt: null } })
  }
  expect((await told()).at(-1)).toMatchObject({ authUser: 'ada', objectId: orphan.id })
})

test('an address that fails too often is told to wait; right keys from there work at once', async () => {
  enterWindow()
  const right = await createPersonalKey(space.admin, PLAIN)
  const kinds: string[] = []
  for (let n = 0; n < 52; n++) kinds.push(await kindOf(newSecret(KEY_PREFIX)))
  expect(kinds.slice(0, 50)).toEqual(Array(50).fill('unauthenticated'))
  expect(kinds.slice(50)).toEqual(['limit_exceeded', 'limit_exceeded'])
  await expect(use(newSecret(KEY_PREFIX))).rejects.toMatchObject({
    details: { reason: 'too-many-attempts', retryAfterSeconds: expect.any(Number) },
  })
  expect(await kindOf(right.secret)).toBe('in')
  expect(await kindOf(newSecret(KEY_PREFIX), '192.0.2.2')).toBe('unauthenticated')
  enterWindow(3)
  expect(await kindOf(newSecret(KEY_PREFIX))).toBe('unauthenticated')
})

test('one key tried from many addresses is limited by its first characters', async () => {
  enterWindow()
  const secret = newSecret(KEY_PREFIX)
  const kinds: string[] = []
  for (let n = 1; n <= 22; n++) kinds.push(await kindOf(secret, `198.51.100.${n}`))
  expect(kinds.slice(19)).toEqual(['unauthenticated', 'limit_exceeded', 'limit_exceeded'])
})

test('two hundred at once are each counted, each answered, and written together', async () => {
  enterWindow()
  const secret = newSecret(KEY_PREFIX)
  const kinds = await Promise.all(Array.from({ length: 200 }, () => kindOf(secret)))
  expect(kinds.filter((kind) => kind === 'unauthenticated')).toHaveLength(20)
  expect(kinds.filter((kind) => kind === 'limit_exceeded')).toHaveLength(180)
  const events = await told()
  expect(events.length).toBeLessThanOrEqual(2)
  expect(events.reduce((sum, { repeats }) => sum + repeats, 0)).toBe(200)
})
