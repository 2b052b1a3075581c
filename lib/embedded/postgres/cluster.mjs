import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { giveTo, writeWhole } from './place.mjs'

const run = promisify(execFile)

/** The role that owns everything. */
export const OWNER = 'launchpad'

/**
 * Makes the data folder (initdb) unless it is there. One that was interrupted is made anew.
 * @param {import('./place.mjs').Place} place
 * @param {import('./binaries.mjs').Binaries} binaries
 * @param {import('./account.mjs').Account | null} account
 */
export async function ensureCluster(place, binaries, account) {
  if (existsSync(place.data)) return
  const draft = `${place.data}.new`
  const password = randomBytes(24).toString('base64url')
  const passwordFile = path.join(draft, '..', 'initial-password')
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft, { mode: 0o700 })
  writeFileSync(passwordFile, password, { mode: 0o600 })
  giveTo(draft, account)
  giveTo(passwordFile, account)
  try {
    await run(binaries.initdb, [...initialSettings(passwordFile), '-D', draft], {
      ...account,
      cwd: '/',
      env: serverEnvironment(),
    })
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    throw new Error(`PostgreSQL could not create its data folder ${place.data}: ${reasonOf(error)}`)
  } finally {
    rmSync(passwordFile, { force: true })
  }
  writeWhole(place.password, password)
  renameSync(draft, place.data)
}

/** The server and its tools see nothing of our own environment, keys least of all. */
export function serverEnvironment() {
  return { PATH: process.env.PATH ?? '', LC_ALL: 'C', TZ: 'UTC' }
}

/**
 * @param {import('./place.mjs').Place} place
 * @param {number} port
 * @param {string} database
 */
export function connectionUrl(place, port, database) {
  return `postgresql://${OWNER}:${readFileSync(place.password, 'utf8').trim()}@127.0.0.1:${port}/${database}`
}

/** The builtin provider sorts by code point wherever the data folder was made. @param {string} passwordFile */
function initialSettings(passwordFile) {
  const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '-E', 'UTF8']
  return ['-U', OWNER, '--pwfile', passwordFile, '-A', 'scram-sha-256', '--no-instructions', ...locale]
}

/** @param {unknown} error */
function reasonOf(error) {
  const { stderr, message } = /** @type {Error & { stderr?: string }} */ (error)
  const lines = (stderr ?? '').split('\n').filter((line) => /error|FATAL|No space/i.test(line))
  return (lines[0] ?? message).trim()
}
