import { readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { nameBuild } from '../bin/build.mjs'
import { type Answered, type Credential, send, signInByHttp, succeed } from './support/http'
import { createTargets, type Targets } from './support/matrix/targets'
import { expect, test } from './support/test'

const WINDOW_MS = 15 * 60_000

test.use({ start: { command: ['demo', '--empty'] } })

let as: Credential
let make: Targets

test.beforeAll(async ({ launchpad }) => {
  as = await signInByHttp(launchpad.url, launchpad.demo().admin)
  make = createTargets(launchpad.url, as)
})

const get = (origin: string, address: string, who: Credential = {}) =>
  send(origin, { method: 'GET', path: address, as: who })

test('a disabled user is out at the next request, on the page and by key', async ({
  page,
  launchpad,
  signIn,
}) => {
  const person = await make.person()
  const key = await make.personalKey(person.as)
  await signIn(page, { ...person, email: '', apiKey: '' })
  await page.goto('/projects')
  await expect(page.getByRole('heading', { name: 'Projects', level: 1 })).toBeVisible()
  await make.post(`/api/users/${person.id}/disable`, { reason: 'left the company' })
  for (const who of [person.as, { token: key.secret }])
    expect((await get(launchpad.url, '/api/session', who)).status).toBe(401)
  await page.getByRole('link', { name: 'Connections' }).first().click()
  await expect(
    page.getByRole('dialog', { name: 'You are signed out' }).or(page.getByLabel('Login')),
  ).toBeVisible()
  await page.goto('/projects')
  await page.getByLabel('Login').fill(person.login)
  await page.getByLabel('Password').fill(person.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByText('This login and password do not go together.')).toBeVisible()
})

test('a revoked key is refused at its next use', async ({ launchpad }) => {
  const key = await make.personalKey(as)
  const who = { token: key.secret }
  expect((await get(launchpad.url, '/api/session', who)).status).toBe(200)
  await succeed(launchpad.url, { method: 'DELETE', path: `/api/keys/${key.id}`, as })
  const answer = await get(launchpad.url, '/api/session', who)
  expect(answer.status).toBe(401)
  expect(answer.json()).toMatchObject({ details: { reason: 'wrong-key' } })
})

test('with a key a cookie is ignored, and with a wrong key too', async ({ launchpad }) => {
  const { analyst } = launchpad.demo()
  const both = { ...as, token: analyst.apiKey }
  const session = (await get(launchpad.url, '/api/session', both)).json() as { user: { login: string } }
  expect(session.user.login).toBe('analyst')
  expect((await get(launchpad.url, '/api/session', { ...as, token: 'lp_key_wrong' })).status).toBe(401)
})

test('a session in use is prolonged, and its cookie with it', async ({ launchpad, behind }) => {
  const who = await signInByHttp(launchpad.url, launchpad.demo().analyst)
  await behind.query(`UPDATE session SET "expiresAt" = now() + interval '1 day'`)
  const [cookie, ...more] = (await get(launchpad.url, '/api/session', who)).headers['set-cookie'] ?? []
  expect(more).toEqual([])
  expect(cookie?.split(';', 1)[0]).toBe(who.cookie)
  expect(cookie).toMatch(/Max-Age=604800/)
  expect((await get(launchpad.url, '/api/session', who)).headers).not.toHaveProperty('set-cookie')
})

/** Attempts are counted by quarters of an hour: waits for the next one where this ends soon. */
async function untilWindowLasts(): Promise<void> {
  const leftMs = WINDOW_MS - (Date.now() % WINDOW_MS)
  if (leftMs < 30_000) await sleep(leftMs + 1_000)
}

test('wrong keys are told in one event and limited; the right one works all the while', async ({
  launchpad,
  behind,
}) => {
  await untilWindowLasts()
  const wrong = `lp_key_${'w'.repeat(43)}`
  const statuses: number[] = []
  for (let n = 0; n < 21; n++)
    statuses.push((await get(launchpad.url, '/dip/publicapi/auth/info', { token: wrong })).status)
  expect(statuses).toEqual([...Array<number>(20).fill(401), 429])
  const limited = await get(launchpad.url, '/dip/publicapi/auth/info', { token: wrong })
  expect(Number(limited.headers['retry-after'])).toBeGreaterThan(0)
  expect(limited.json()).toMatchObject({ errorType: 'too-many-attempts' })
  const right = { token: launchpad.demo().analyst.apiKey }
  expect((await get(launchpad.url, '/dip/publicapi/auth/info', right)).status).toBe(200)
  const inAddress = await get(launchpad.url, `/dip/publicapi/auth/info?key=${wrong}`, right)
  expect(inAddress.status).toBe(400)
  expect(inAddress.json()).toMatchObject({ errorType: 'key-in-address' })
  const told = await behind.query<{ line: string; repeats: number }>(
    `SELECT line, repeats FROM audit_event WHERE "msgType" = 'api-key-authentication-failure' AND "objectId" = $1`,
    [wrong.slice(0, 13)],
  )
  expect(told.reduce((sum, { repeats }) => sum + repeats, 0)).toBe(22)
  expect(JSON.stringify(told)).not.toContain(wrong)
  await behind.query(`DELETE FROM rate_window WHERE key LIKE 'wrong-key|%'`)
})

test('a change that another site sends with our cookie is refused', async ({ launchpad, behind }) => {
  const groups = () => behind.query('SELECT id FROM "group" ORDER BY id')
  const before = await groups()
  const change = { method: 'POST', path: '/api/groups', body: { name: 'forged' }, as }
  const { url } = launchpad
  const evil = 'http://evil.example'
  const forged: Record<string, string>[] = [
    { origin: evil },
    { origin: 'null' },
    { origin: url, 'sec-fetch-site': 'cross-site' },
    { origin: url, 'sec-fetch-site': 'same-site' },
    { origin: url.replace('127.0.0.1', 'localhost') },
    { origin: `${url}.evil.example` },
    { origin: '', referer: url },
  ]
  for (const headers of forged) {
    const answer = await send(url, { ...change, headers })
    expect(answer.status, JSON.stringify(headers)).toBe(403)
    expect(answer.json()).toMatchObject({ details: { reason: 'foreign-origin' } })
  }
  expect(await groups()).toEqual(before)
  const form = await send(url, {
    ...change,
    body: 'name=forged',
    headers: { origin: evil, 'content-type': 'application/x-www-form-urlencoded' },
  })
  expect(form.status).toBe(403)
})

test('every response carries the headers, errors and files too, each with a nonce of its own', async ({
  launchpad,
}) => {
  const asset = await firstScript(launchpad.url)
  const addresses = [
    '/sign-in',
    '/',
    '/launchpad',
    '/nothing/here',
    '/api/nothing',
    '/api/session',
    '/api/health',
    '//x',
    asset,
  ]
  const nonces = new Set<string>()
  for (const address of addresses) {
    const answer = await sendTo(launchpad.url, address)
    const { headers } = answer
    expect(headers, address).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': expect.stringMatching(/^(?:same-origin|no-referrer)$/),
      'cross-origin-opener-policy': 'same-origin',
      'permissions-policy': expect.any(String),
      'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
    expect(headers, address).not.toHaveProperty('x-powered-by')
    const policy = String(headers['content-security-policy'])
    expect(policy, address).toMatch(/frame-ancestors 'none'/)
    expect(policy, address).toMatch(/object-src 'none'/)
    const script = /script-src ([^;]+)/.exec(policy)?.[1] ?? ''
    expect(script, address).not.toMatch(/unsafe-inline|unsafe-eval|\*/)
    nonces.add(/'nonce-([^']+)'/.exec(script)?.[1] ?? '')
  }
  expect(nonces.size).toBe(addresses.length)
})

test('every script of a page has the nonce of its response', async ({ launchpad }) => {
  const { headers, text } = await get(launchpad.url, '/sign-in')
  const nonce = /'nonce-([^']+)'/.exec(String(headers['content-security-policy']))?.[1]
  const scripts = text.match(/<script\b[^>]*>/g) ?? []
  expect(scripts.length).toBeGreaterThan(0)
  expect(scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`))).toEqual([])
})

test('files of the build do not show its sources', async ({ launchpad }) => {
  const map = await get(launchpad.url, `${await firstScript(launchpad.url)}.map`)
  expect(map.status).toBe(404)
  for (const address of ['/.env', '/package.json', '/_next/../package.json', '/.git/config'])
    expect((await sendTo(launchpad.url, address)).status, address).toBeGreaterThanOrEqual(400)
})

test('answers with data are kept by no cache', async ({ launchpad }) => {
  const lines = JSON.parse(
    readFileSync(path.join(nameBuild(process.env).programs, 'routes.json'), 'utf8'),
  ) as { method: string; path: string; audience: string }[]
  for (const { path: address } of lines.filter((line) => line.method === 'GET' && line.audience === 'user')) {
    if (address.includes('{')) continue
    const answer: Answered = await get(launchpad.url, address, as)
    expect(answer.headers['cache-control'], address).toMatch(/no-store/)
  }
})

async function firstScript(origin: string): Promise<string> {
  const { text } = await get(origin, '/sign-in')
  return /src="(\/_next\/[^"]+\.js)"/.exec(text)?.[1] ?? ''
}

/** As a request line, so that nothing of the address is tidied up on the way. */
const sendTo = (origin: string, address: string) =>
  send(origin, { method: 'GET', path: '/', target: address, as })
