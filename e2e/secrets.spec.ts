import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { nameBuild } from '../bin/build.mjs'
import type { Behind } from './support/behind'
import { storeParams } from './support/definitions'
import { send, succeed } from './support/http'
import { CONNECTION_ROWS } from './support/matrix/connection-rows'
import { IDENTITY_ROWS } from './support/matrix/identity-rows'
import { PROJECT_ROWS } from './support/matrix/project-rows'
import { createScene, type Scene } from './support/matrix/scene'
import { expect, test } from './support/test'

test.use({ start: { command: ['demo', '--empty'] } })

const ROWS = { ...IDENTITY_ROWS, ...CONNECTION_ROWS, ...PROJECT_ROWS }
const SECRET = 'canary-secret-key-0f9c2d7e41b86a35'
const REPLACED = 'canary-replaced-key-77aa12cd90fe3b54'
const WRONG_PASSWORD = 'canary-wrong-password-5d1e'

/** Everything that must never be seen again once it was typed or made. */
let canaries: Record<string, string>
let scene: Scene

test.beforeAll(async ({ launchpad, behind }) => {
  const { url, home } = launchpad
  const logins = launchpad.demo()
  scene = await createScene(url, behind, logins)
  const { make, credentials } = scene
  const as = credentials.admin
  const params = { ...storeParams(behind.writer), accessKeyId: 'LPCANARY' }
  await make.post('/api/connections', { name: 'canary', params, secret: SECRET })
  await make.post('/api/connections/canary/test', {})
  await make.post('/api/connections/test', { params, secret: REPLACED })
  const change = { version: 1, description: 'changed', params, secret: REPLACED }
  await succeed(url, { method: 'PUT', path: '/api/connections/canary', body: change, as })
  await make.post('/api/connections/canary/test', {})
  const login = (password: string) =>
    send(url, { method: 'POST', path: '/api/session', body: { login: 'analyst', password } })
  await login(WRONG_PASSWORD)
  await send(url, {
    method: 'POST',
    path: '/api/session',
    body: `{"login": "analyst", "password": "${WRONG_PASSWORD}`,
  })
  await send(url, { method: 'GET', path: '/api/session', as: { token: `lp_key_${WRONG_PASSWORD}` } })
  const person = await make.person()
  const key = await make.personalKey(person.as)
  const node = await make.node()
  const invite = await make.invite()
  const reset = await make.resetToken(person.id)
  const read = (name: string) => readFileSync(path.join(home, 'keys', name), 'utf8').trim()
  canaries = {
    'secret of a connection': SECRET,
    'replaced secret of a connection': REPLACED,
    'wrong password': WRONG_PASSWORD,
    password: person.password,
    'password of the demo': logins.analyst.password,
    'API key': key.secret,
    'API key of the demo': logins.admin.apiKey,
    'node token': node.token,
    'invitation token': invite.token,
    'reset token': reset,
    session: decodeURIComponent(person.as.cookie?.split('=')[1] ?? '').split('.')[1] ?? '',
    'master key': read('master.key'),
    'authentication secret': read('auth.secret'),
    'writing key of the store': JSON.parse(read('s3-writer.json')).secretAccessKey,
    'reading key of the store': JSON.parse(read('s3-reader.json')).secretAccessKey,
  }
  for (const [name, value] of Object.entries(canaries)) expect(value.length, name).toBeGreaterThan(15)
})

/** Which canaries a text holds, as they are or in another spelling. */
const foundIn = (text: string): string[] =>
  Object.entries(canaries)
    .filter(([, secret]) =>
      [
        secret,
        Buffer.from(secret).toString('hex'),
        Buffer.from(secret).toString('base64').replace(/=+$/, ''),
      ].some((spelling) => text.includes(spelling)),
    )
    .map(([name]) => name)

test('no log holds a secret', ({ launchpad }) => {
  const logs = path.join(launchpad.home, 'logs')
  const files = readdirSync(logs)
  expect(files).toEqual(expect.arrayContaining(['web.log', 'worker.log']))
  for (const file of files) expect(foundIn(readFileSync(path.join(logs, file), 'utf8')), file).toEqual([])
})

test('no table holds a secret', async ({ behind }) => {
  for (const { schema, name } of await tables(behind)) {
    const rows = await behind.query<{ text: string }>(
      `SELECT to_jsonb(t)::text AS text FROM "${schema}"."${name}" t`,
    )
    expect(foundIn(rows.map(({ text }) => text).join('\n')), `${schema}.${name}`).toEqual([])
  }
})

test('no delivered object holds a secret', async ({ behind }) => {
  await expect
    .poll(async () => [...(await behind.objects()).keys()].some((key) => key.includes('/audit-logs/')))
    .toBe(true)
  for (const key of (await behind.objects()).keys()) {
    const body = await behind.read(key)
    const text = key.endsWith('.gz') ? gunzipSync(body).toString('utf8') : body.toString('utf8')
    expect(foundIn(text), key).toEqual([])
  }
})

test('no answer tells a secret, to nobody', async ({ launchpad }) => {
  const file = path.join(nameBuild(process.env).programs, 'routes.json')
  const lines = JSON.parse(readFileSync(file, 'utf8')) as { method: string; path: string }[]
  const { admin, auditor, designer } = scene.credentials
  for (const { path: route } of lines.filter(({ method }) => method === 'GET')) {
    const row = ROWS[`GET ${route}`]
    const { params = {}, query } = row ? await row.ask(scene, 'admin') : {}
    const address = route.replace(/\{([^}]+)\}/g, (_, name) => encodeURIComponent(params[name] ?? ''))
    for (const as of [admin, auditor, designer]) {
      const { text } = await send(launchpad.url, { method: 'GET', path: address, query, as })
      expect(foundIn(text), `GET ${address}`).toEqual([])
    }
  }
  for (const address of ['', '/access', '/activity', '/permissions/history']) {
    const { text } = await send(launchpad.url, {
      method: 'GET',
      path: `/api/connections/canary${address}`,
      as: admin,
    })
    expect(foundIn(text), address).toEqual([])
  }
})

test('no page tells a secret', async ({ launchpad }) => {
  for (const address of [
    '/launchpad/connections/canary',
    '/launchpad/connections/canary/settings',
    '/launchpad/api-nodes',
    '/launchpad/users',
    '/launchpad/users/keys',
    '/launchpad/settings',
    '/keys',
  ]) {
    const { text, status } = await send(launchpad.url, {
      method: 'GET',
      path: address,
      as: scene.credentials.admin,
    })
    expect(status, address).toBe(200)
    expect(foundIn(text), address).toEqual([])
  }
})

const tables = ({ query }: Behind) =>
  query<{ schema: string; name: string }>(
    `SELECT table_schema AS schema, table_name AS name FROM information_schema.tables
     WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`,
  )
