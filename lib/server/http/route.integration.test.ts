import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'
import { Failure } from '#lib/domain/errors'
import { authenticatePage, KEY_PREFIX } from '../access/authenticate'
import type { Context } from '../access/caller'
import { moveClock, now } from '../platform/clock'
import { database } from '../platform/db/client'
import { hashSecret, newId, newSecret } from '../platform/ids'
import { freshDatabase } from '../testing/database'
import { enterWindow } from '../testing/enter-window'
import { cookieOf, foundSpace } from '../testing/identity'
import { OURS, problemOf, send } from '../testing/send-request'
import { Answer } from './declare'
import { publicApiRoute } from './public-api-route'
import { publicContext } from './request-context'
import { publicRoute, route } from './route'

let drop: () => Promise<void>
let cookie: string
let key: string
let adminId: string
beforeAll(async () => {
  drop = await freshDatabase()
  const space = await foundSpace()
  adminId = space.adminId
  cookie = await cookieOf('ada')
  key = newSecret(KEY_PREFIX)
  await database().apiKey.create({
    data: {
      id: newId(),
      spaceId: space.spaceId,
      kind: 'personal',
      ownerId: adminId,
      label: 'ci',
      hash: hashSecret(key),
      prefix: key.slice(0, 12),
      from: now(),
      createdBy: 'ada',
    },
  })
})
afterAll(() => drop())
afterEach(() => moveClock(0))

const whoAmI = route(
  { summary: 'Who asks', result: z.object({ kind: z.string() }) },
  async (ctx: Context) => ({ kind: ctx.caller.kind }),
)
const change = route({ summary: 'Change', body: z.object({ a: z.number() }) }, async () => {})

test('a session or a key says who asks; with an Authorization header, cookies do not count', async () => {
  const kindFor = async (headers: Record<string, string>) => (await send(whoAmI, { headers })).json()
  expect(await kindFor({ cookie })).toEqual({ kind: 'user' })
  expect(await kindFor({ authorization: `Bearer ${key}` })).toEqual({ kind: 'key' })
  expect(await kindFor({ authorization: `Basic ${btoa(`${key}:`)}`, cookie })).toEqual({ kind: 'key' })
})

test.each([
  ['nobody', {}],
  ['a forged cookie', { cookie: 'launchpad-abcd=forged.forged' }],
  ['a wrong key', { authorization: 'Bearer lp_key_wrong' }],
  ['no scheme', { authorization: 'lp_key_wrong' }],
  ['an empty header', { authorization: '' }],
  ['Basic that is not base64', { authorization: 'Basic ☃'.replace('☃', '%%%') }],
])('%s is turned away with 401', async (_, headers) => {
  const response = await send(whoAmI, { headers })
  expect((await problemOf(response)).code).toBe('unauthenticated')
  expect(response.headers.get('www-authenticate')).toContain('Bearer')
})

test('a wrong key is not helped by a good cookie', async () => {
  expect((await send(whoAmI, { headers: { cookie, authorization: 'Bearer lp_key_wrong' } })).status).toBe(401)
})

test.each([
  ['our own page', { origin: OURS, 'sec-fetch-site': 'same-origin' }, 204],
  ['our own page, in a browser that sends no Sec-Fetch-Site', { origin: OURS }, 204],
  ['our own page, without an Origin', { 'sec-fetch-site': 'same-origin' }, 204],
  ['nowhere', {}, 403],
  ['another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }, 403],
  ['another site that claims our origin', { origin: OURS, 'sec-fetch-site': 'cross-site' }, 403],
  ['another port of this host', { origin: 'http://127.0.0.1:3001', 'sec-fetch-site': 'same-site' }, 403],
  ['a sandboxed frame', { origin: 'null', 'sec-fetch-site': 'cross-site' }, 403],
  ['the address bar', { 'sec-fetch-site': 'none' }, 403],
])('a change that rides on a cookie from %s', async (_, from, status) => {
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
    const response = await send(change, { method, headers: { cookie, ...from }, body: '{"a":1}' })
    expect(response.status).toBe(status)
    if (status === 403) expect((await problemOf(response)).details.reason).toBe('foreign-origin')
  }
})

test.each([
  ['a program', {}, 204],
  ['our own page', { origin: OURS, 'sec-fetch-site': 'same-origin' }, 204],
  [
    'another site, in a browser that kept the name of Basic',
    { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    403,
  ],
])('a change with a key from %s', async (_, from, status) => {
  const authorization = `Basic ${btoa(`${key}:`)}`
  const response = await send(change, {
    method: 'POST',
    headers: { authorization, cookie, ...from },
    body: '{"a":1}',
  })
  expect(response.status).toBe(status)
})

test('a session in use is prolonged, in the database and in the browser, also by an act that fails', async () => {
  const mine = await cookieOf('ada')
  const token = decodeURIComponent(mine.slice(mine.indexOf('=') + 1)).split('.', 1)[0] ?? ''
  const startedDaysAgo = (days: number) =>
    database().session.update({
      where: { token },
      data: { expiresAt: new Date(Date.now() + (7 - days) * 86_400_000) },
    })
  const failing = route({ summary: 'Fail' }, async () => {
    throw new Failure('not_found', 'Not there.')
  })
  for (const handler of [whoAmI, failing]) {
    await startedDaysAgo(6.9)
    const [cookie, ...more] = (await send(handler, { headers: { cookie: mine } })).headers.getSetCookie()
    expect(more).toEqual([])
    expect(cookie?.split(';', 1)[0]).toBe(mine)
    expect(cookie).toMatch(/Max-Age=604800/)
    expect(cookie).toMatch(/HttpOnly/i)
    const { expiresAt } = await database().session.findUniqueOrThrow({ where: { token } })
    expect(expiresAt.getTime()).toBeGreaterThan(Date.now() + 6.99 * 86_400_000)
    expect((await send(handler, { headers: { cookie: mine } })).headers.getSetCookie()).toEqual([])
  }
  await startedDaysAgo(0.5)
  expect((await send(whoAmI, { headers: { cookie: mine } })).headers.getSetCookie()).toEqual([])
  await startedDaysAgo(7.1)
  expect((await send(whoAmI, { headers: { cookie: mine } })).status).toBe(401)
})

test('a verb that sets cookies has the last word, and a page leaves prolonging to its requests', async () => {
  const mine = await cookieOf('ada')
  const old = { expiresAt: new Date(Date.now() + 86_400_000) }
  await database().session.updateMany({ data: old })
  const page = { ...publicContext(new Request(OURS, { headers: { cookie: mine } })) }
  expect(await authenticatePage(page)).toMatchObject({ kind: 'user' })
  expect(await database().session.count({ where: { expiresAt: { gt: old.expiresAt } } })).toBe(0)
  const ending = route({ summary: 'End', result: z.object({}) }, async () => {
    return new Answer({}, new Headers({ 'set-cookie': 'ended=1' }))
  })
  expect((await send(ending, { headers: { cookie: mine } })).headers.getSetCookie()).toEqual(['ended=1'])
})

test('wrong keys answer 429 with the time to wait, in each API’s own form', async () => {
  const dss = publicApiRoute({ summary: 'DSS' }, async () => {})
  await database().rateWindow.deleteMany()
  enterWindow()
  const from = { authorization: 'Bearer lp_key_wrong', 'x-forwarded-for': '203.0.113.9' }
  for (let n = 0; n < 20; n++) expect((await send(whoAmI, { headers: from })).status).toBe(401)
  const ours = await send(whoAmI, { headers: from })
  expect(ours.status).toBe(429)
  expect(Number(ours.headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await problemOf(ours)).code).toBe('limit_exceeded')
  const theirs = await send(dss, { headers: from })
  expect(theirs.status).toBe(429)
  expect(Number(theirs.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(await theirs.json()).toMatchObject({ errorType: 'too-many-attempts' })
  const right = { authorization: `Bearer ${key}`, 'x-forwarded-for': '203.0.113.9' }
  expect((await send(whoAmI, { headers: right })).status).toBe(200)
  await database().rateWindow.deleteMany()
})

test('a key that is to act as somebody else does nothing', async () => {
  let acted = false
  const dss = publicApiRoute({ summary: 'DSS' }, async () => {
    acted = true
  })
  const asked = await send(dss, {
    headers: { authorization: `Bearer ${key}`, 'x-dku-proxyuser': 'mira' },
  })
  expect([asked.status, acted]).toEqual([403, false])
  expect(await asked.json()).toMatchObject({ errorType: 'no-impersonation' })
})

test('what is public and changes something comes from our own pages; a node’s request from anywhere', async () => {
  const open = publicRoute({ summary: 'Open' }, async () => {})
  const node = publicRoute({ summary: 'Intake', audience: 'node' }, async () => {})
  expect((await send(open, { method: 'POST' })).status).toBe(403)
  expect((await send(open, { method: 'POST', headers: { origin: OURS } })).status).toBe(204)
  expect((await send(open)).status).toBe(204)
  expect((await send(node, { method: 'POST' })).status).toBe(204)
})

test('a database that does not answer is 503, in verbs and in finding out who asks', async () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
  const away = publicRoute({ summary: 'Away' }, () => Promise.reject(new Error('query', { cause: refused })))
  const response = await send(away)
  expect(response.status).toBe(503)
  expect((await problemOf(response)).details).toMatchObject({
    reason: 'database-unavailable',
    retryAfterSeconds: 5,
  })

  await database().$executeRaw`ALTER TABLE "session" RENAME TO "session_away"`
  await database()
    .$executeRaw`CREATE FUNCTION away() RETURNS text LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION USING ERRCODE = '57P03'; END $$`
  await database()
    .$executeRaw`CREATE VIEW "session" AS SELECT "id", "spaceId", "userId", away() AS "token", "expiresAt", "ipAddress", "userAgent", "createdAt", "updatedAt" FROM "session_away"`
  try {
    expect((await send(whoAmI, { headers: { cookie } })).status).toBe(503)
  } finally {
    await database().$executeRaw`DROP VIEW "session"`
    await database().$executeRaw`ALTER TABLE "session_away" RENAME TO "session"`
  }
  expect((await send(whoAmI, { headers: { cookie } })).status).toBe(200)
})

test('someone who is not signed in does not learn what is wrong with the input', async () => {
  expect((await send(change, { method: 'POST', headers: { origin: OURS }, body: '{' })).status).toBe(401)
})
