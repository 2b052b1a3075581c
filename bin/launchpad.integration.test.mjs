import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { takeLock } from '../lib/embedded/lock.mjs'
import { removePostgres } from '../lib/embedded/postgres/server.mjs'
import { findPortAside } from './suites/find-port-aside.mjs'

const PROGRAM = path.join(import.meta.dirname, 'launchpad.mjs')
let home = ''
let env = {}

beforeEach(async () => {
  home = path.join(mkdtempSync(path.join(tmpdir(), 'launchpad-start-')), 'home')
  const { PATH, HOME } = process.env
  env = { PATH, HOME, LAUNCHPAD_HOME: home, LAUNCHPAD_NO_ENV_FILE: '1', PORT: String(await findPortAside()) }
})

afterEach(async () => {
  await removePostgres({ home })
  rmSync(path.dirname(home), { recursive: true, force: true })
})

/** Runs a command that is expected to refuse; what it said. */
async function refusal(args, more = {}) {
  const child = spawn(process.execPath, [PROGRAM, ...args], { env: { ...env, ...more } })
  let said = ''
  child.stderr.on('data', (chunk) => {
    said += chunk
  })
  const [code] = await once(child, 'close')
  expect(code).toBe(1)
  return said.trim()
}

test.each([
  ['a port that is no number', { PORT: 'http' }, /^PORT is http, which is not a number from 1 to 65535\.$/],
  [
    'a host of another machine',
    { HOST: '192.0.2.1' },
    /^HOST is 192\.0\.2\.1, which is not an address of this machine\.$/,
  ],
  [
    'an address with a path',
    { LAUNCHPAD_URL: 'https://a.example/b' },
    /^LAUNCHPAD_URL is .*; give scheme, host and port alone, as in https:\/\/a\.example\.$/,
  ],
  [
    'an unknown entitlement',
    { LAUNCHPAD_ENTITLEMENT: 'gold' },
    /^LAUNCHPAD_ENTITLEMENT is gold; it is either customer or trial\.$/,
  ],
  [
    'a proxy that is no address',
    { LAUNCHPAD_TRUSTED_PROXIES: 'proxy' },
    /^LAUNCHPAD_TRUSTED_PROXIES: “proxy” is neither/,
  ],
  [
    'half a store',
    { LAUNCHPAD_S3_ENDPOINT: 'http://127.0.0.1:1' },
    /^An S3 store is configured but LAUNCHPAD_S3_ACCESS_KEY_ID, .* are not set\.$/,
  ],
  [
    'a master key that is none',
    { LAUNCHPAD_MASTER_KEY: 'short' },
    /^LAUNCHPAD_MASTER_KEY is not a key of 32 bytes in base64\.$/,
  ],
  [
    'a database without a master key',
    { DATABASE_URL: 'postgresql://127.0.0.1:1/a' },
    /^DATABASE_URL is set but LAUNCHPAD_MASTER_KEY is not\./,
  ],
  [
    'a database that cannot be reached',
    { DATABASE_URL: 'postgresql://127.0.0.1:1/a', LAUNCHPAD_MASTER_KEY: Buffer.alloc(32).toString('base64') },
    /^The database a on 127\.0\.0\.1:1 \(DATABASE_URL\) cannot be used: nothing listens there\.$/,
  ],
])('refuses to start with %s', async (_, more, sentence) => {
  expect(await refusal(['start'], more)).toMatch(sentence)
})

test('refuses to start on a port that is taken', async () => {
  const other = createServer().listen(Number(env.PORT), '127.0.0.1')
  await once(other, 'listening')
  expect(await refusal(['start'])).toBe(
    `Port ${env.PORT} on 127.0.0.1 is taken. Stop what uses it, or set PORT to another.`,
  )
  other.close()
})

test('refuses a second start on the same folder', async () => {
  mkdirSync(home, { recursive: true })
  const release = takeLock(path.join(home, 'lock'))
  expect(await refusal(['start'])).toMatch(
    `Launchpad already runs on ${home} (process ${process.pid}). Stop it first`,
  )
  release()
})

test('refuses a folder that cannot be written to', async () => {
  writeFileSync(home, 'a file stands where the folder should be')
  expect(await refusal(['start'])).toBe(`${home} is not a folder.`)
  expect(await refusal(['start'], { LAUNCHPAD_HOME: '/sys/launchpad' })).toMatch(
    /^The folder \/sys\/launchpad cannot be/,
  )
})

test('keeps its keys to itself', async () => {
  const other = createServer().listen(Number(env.PORT), '127.0.0.1')
  await once(other, 'listening')
  await refusal(['start'])
  other.close()
  expect(statSync(home).mode & 0o777).toBe(0o700)
  for (const name of readdirSync(path.join(home, 'keys'))) {
    expect(statSync(path.join(home, 'keys', name)).mode & 0o777).toBe(0o600)
  }
  expect(readdirSync(path.join(home, 'keys'))).toContain('master.key')
})

test.each([
  [['fly'], /^There is no command fly\./],
  [['reset-password'], /^Say whose password: reset-password LOGIN$/],
  [['worker'], /^A worker of its own needs DATABASE_URL and LAUNCHPAD_S3_\*/],
])('refuses %s', async (args, sentence) => {
  expect(await refusal(args)).toMatch(sentence)
})
