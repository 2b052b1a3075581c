import { execFileSync, spawn } from 'node:child_process'
import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
} from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { endProcess, hasEnded, identify, isRunning } from '../processes.mjs'
import { serverEnvironment } from './cluster.mjs'

/** @typedef {import('../processes.mjs').ProcessIdentity} ProcessIdentity */

/** How long a start may take, recovery after a crash included. */
const START_TIMEOUT_MS = 120_000
/** How long the backends of a server killed a moment ago may hold its shared memory. */
const SHARED_MEMORY_RETRIES = 40

/**
 * A server process that runs on `data`, whoever started it; null when none does.
 * @param {string} data
 * @returns {{ identity: ProcessIdentity, port: number } | null}
 */
export function findPostmaster(data) {
  const lines = readPidFile(data)
  const identity = lines && identify(Number(lines[0]))
  return identity && worksIn(identity.pid, data) ? { identity, port: Number(lines[3]) } : null
}

/**
 * Starts a server on `data` and waits until it takes connections.
 * @param {{ program: string, data: string, port: number, logFile: string, settings: Record<string, string>,
 *   account: import('./account.mjs').Account | null }} options
 * @returns {Promise<ProcessIdentity>}
 */
export async function startPostmaster(options) {
  for (let attempt = 0; ; attempt++) {
    const logStart = existsSync(options.logFile) ? statSync(options.logFile).size : 0
    const child = spawnPostmaster(options)
    const identity = child.pid === undefined ? null : identify(child.pid)
    if (identity && (await isReady(identity, options.data))) return identity
    const log = readFileSync(options.logFile, 'utf8').slice(logStart)
    if (!/shared memory block|lock file .* already exists/.test(log) || attempt === SHARED_MEMORY_RETRIES) {
      throw new Error(`PostgreSQL did not start: ${lastComplaint(log)} (${options.logFile})`)
    }
    await sleep(100)
  }
}

/**
 * Stops a server: open transactions are rolled back, what was committed is kept. One that does not end in time ends at once
 * and recovers at its next start.
 * @param {ProcessIdentity} identity
 */
export async function stopPostmaster(identity) {
  if (!isRunning(identity)) return
  process.kill(identity.pid, 'SIGINT')
  if (!(await hasEnded(identity, 30_000))) await endProcess(identity, { signal: 'SIGQUIT', timeoutMs: 5_000 })
}

/** @param {Parameters<typeof startPostmaster>[0]} options */
function spawnPostmaster({ program, data, port, logFile, settings, account }) {
  rmSync(path.join(data, 'postmaster.pid'), { force: true })
  const all = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '100',
    ...settings,
  }
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const log = openSync(logFile, 'a', 0o600)
  try {
    const child = spawn(program, ['-D', data, '-p', String(port), ...flags], {
      ...account,
      cwd: '/',
      env: serverEnvironment(),
      // A session of its own: Ctrl-C in our terminal must reach us first, and the server last.
      detached: true,
      stdio: ['ignore', log, log],
    })
    child.on('error', () => {})
    child.unref()
    return child
  } finally {
    closeSync(log)
  }
}

/** @param {ProcessIdentity} identity @param {string} data */
async function isReady(identity, data) {
  for (const until = Date.now() + START_TIMEOUT_MS; Date.now() < until; await sleep(20)) {
    if (!isRunning(identity)) return false
    const lines = readPidFile(data)
    if (lines?.[0] === String(identity.pid) && lines[7]?.trim() === 'ready') return true
  }
  await endProcess(identity, { signal: 'SIGQUIT' })
  return false
}

/** @param {string} data */
function readPidFile(data) {
  try {
    return readFileSync(path.join(data, 'postmaster.pid'), 'latin1').split('\n')
  } catch {
    return null
  }
}

/** The number in an old pid file may belong to a stranger by now; a server's working folder is its data folder. @param {number} pid @param {string} data */
function worksIn(pid, data) {
  try {
    if (process.platform === 'linux') return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(data)
    return /postgres/.test(execFileSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'latin1' }))
  } catch {
    return false
  }
}

/** @param {string} log */
function lastComplaint(log) {
  const lines = log.split('\n').filter((line) => /FATAL|PANIC|ERROR|error while|cannot/.test(line))
  return (lines[0] ?? 'it ended without a word').replace(/^.*?(FATAL|PANIC|ERROR):\s*/, '').trim()
}
