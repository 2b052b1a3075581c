import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { authenticate } from '../access/authenticate'
import { getResetOffer } from '../identity/resets'
import { getSession } from '../identity/session'
import { database } from '../platform/db/client'
import { ensureInstallation } from '../spaces/installation'
import { freshDatabase } from '../testing/database'
import { contextOf, cookieOf, eventsOf, visitFrom } from '../testing/identity'
import { printResetLink } from './reset-password'
import { seedDemoUsers } from './seed-demo-users'
import { prepare, printSetupLink } from './setup-link'

const home = mkdtempSync(path.join(tmpdir(), 'launchpad-admin-'))
const file = path.join(home, 'demo.json')
let drop: () => Promise<void>
beforeAll(async () => {
  process.env.LAUNCHPAD_HOME = home
  drop = await freshDatabase()
  await ensureInstallation()
})
afterAll(async () => {
  await drop()
  rmSync(home, { recursive: true })
})

/** What a command prints. */
async function printed(run: () => Promise<unknown>): Promise<string> {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {})
  try {
    await run()
    return log.mock.calls.join('\n')
  } finally {
    log.mockRestore()
  }
}
const readDemo = () => JSON.parse(readFileSync(file, 'utf8'))

test('each setup link replaces the one before', async () => {
  const { setupLink } = JSON.parse(await printed(prepare))
  expect(setupLink).toMatch(/^http:\/\/127\.0\.0\.1:3000\/setup\?token=lp_setup_/)
  expect(await printed(() => printSetupLink([]))).not.toBe(setupLink)
  await expect(printResetLink(['ada'])).rejects.toThrow('not set up yet')
})

test('the demo makes its space once, with logins and keys that work', async () => {
  await printed(seedDemoUsers)
  const first = readDemo()
  expect(statSync(file).mode & 0o777).toBe(0o600)
  await printed(seedDemoUsers)
  expect(readDemo()).toEqual(first)
  expect(await database().user.count()).toBe(2)
  for (const [who, group] of [
    ['admin', 'space_administrators'],
    ['analyst', 'designers'],
  ] as const) {
    const { login, email, password, apiKey } = first[who]
    expect(await cookieOf(login, password)).not.toBe('')
    expect(await cookieOf(email, password)).not.toBe('')
    const found = await authenticate(visitFrom('192.0.2.1', { authorization: `Bearer ${apiKey}` }))
    const session = await getSession(contextOf(found?.caller ?? { kind: 'system', spaceId: '', job: '' }))
    expect(session).toMatchObject({ user: { login, email }, groups: [group] })
  }
  expect(await eventsOf('user-create')).toHaveLength(2)
  expect(await eventsOf('personal-api-key-create')).toHaveLength(2)
  const lines = await database().auditEvent.findMany({ select: { line: true } })
  for (const { password, apiKey } of [first.admin, first.analyst]) {
    expect(JSON.stringify(lines)).not.toContain(password)
    expect(JSON.stringify(lines)).not.toContain(apiKey)
  }
})

test('once the space exists there is no setup link', async () => {
  expect(await printed(prepare)).toBe('{"setupLink":null}')
  expect(await printed(() => printSetupLink(['--if-open']))).toBe('')
  await expect(printSetupLink([])).rejects.toThrow('The space exists already')
})

test('a reset link is printed and told', async () => {
  const link = await printed(() => printResetLink(['ADMIN']))
  expect(await getResetOffer(link.slice(link.lastIndexOf('/') + 1))).toMatchObject({ login: 'admin' })
  expect(await eventsOf('password-reset-link-create')).toMatchObject([
    { authUser: 'system:machine', authVia: 'command', originAddress: 'internal', login: 'admin' },
  ])
  await expect(printResetLink(['nobody'])).rejects.toThrow('There is no user with the login nobody.')
})

test('a space that the demo did not make is left alone', async () => {
  rmSync(file)
  await expect(seedDemoUsers()).rejects.toThrow('was not made by the demo')
  expect(() => statSync(file)).toThrow('ENOENT')
  expect(await database().user.count()).toBe(2)
})
