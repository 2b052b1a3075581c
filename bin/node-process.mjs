import { spawn } from 'node:child_process'
import { closeSync, fstatSync, openSync } from 'node:fs'
import path from 'node:path'
import { endProcess, identify } from '../lib/embedded/processes.mjs'
import { lastComplaint } from './log-tail.mjs'
import { ROOT } from './root.mjs'
import { Sentence } from './sentence.mjs'

/** Longer than the web server's own drain. */
const STOP_TIMEOUT_MS = 15_000
const READY_TIMEOUT_MS = 60_000

/** Every Node process of ours begins with this, so that none outlives its supervisor. */
export const FOLLOW_PARENT = ['--import', path.join(ROOT, 'bin/follow-parent.mjs')]

/**
 * A running process of the installation.
 * @typedef {{ child: import('node:child_process').ChildProcess, stop: () => Promise<void> }} Service
 */

/**
 * Bounds the young generation, in MiB. V8 lets it grow with the machine's memory otherwise, and work that makes garbage
 * quickly then holds twice the memory at the same speed: a listing its keys, a count the chunks that were unpacked.
 */
export const BOUNDED_HEAP = ['--max-semi-space-size=8']

/**
 * Looks through the old generation when it has grown by half. V8 waits until there is up to four times as much in it, and
 * what many requests leave there adds up to that: rows of previews are held long enough to count as old. For a process that
 * answers requests: a listing of a million keys takes nearly twice the processor time with it.
 */
export const EARLY_COLLECTION = ['--heap-growing-percent=50']

/**
 * Lets glibc give freed memory back: it keeps up to eight heaps a core otherwise, each with what many streams at once left
 * behind, some 40 MB in all. Other C libraries do not read it; what the operator sets goes before.
 */
export const GIVE_MEMORY_BACK = { MALLOC_ARENA_MAX: '2', MALLOC_TRIM_THRESHOLD_: '131072' }

/**
 * Starts one of our Node programs and waits until it says that it is ready (its first message on the channel).
 * @param {{ name: string, script: string, env: Record<string, string | undefined>, logFile: string, flags?: readonly string[] }} options
 * @returns {Promise<Service>}
 * @throws {Sentence} with the program's last words when it ends before
 */
export async function startNode({ name, script, env, logFile, flags = [] }) {
  const log = openSync(logFile, 'a', 0o600)
  const logStart = fstatSync(log).size
  // A session of its own: Ctrl-C in the terminal reaches the supervisor, which stops its processes in order.
  const child = spawn(process.execPath, [...BOUNDED_HEAP, ...flags, ...FOLLOW_PARENT, script], {
    cwd: ROOT,
    env,
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
  })
  closeSync(log)
  const identity = child.pid === undefined ? null : identify(child.pid)
  const stop = async () => {
    if (identity) await endProcess(identity, { timeoutMs: STOP_TIMEOUT_MS })
  }
  const ended = await firstOf(child)
  if (ended === null) return { child, stop }
  await stop()
  throw new Sentence(`${name} did not start: ${lastComplaint(logFile, logStart) || ended} (${logFile})`)
}

/** Null at the first message, else what came instead of it. @param {import('node:child_process').ChildProcess} child @returns {Promise<string | null>} */
function firstOf(child) {
  return new Promise((resolve) => {
    const timer = setTimeout(
      () => resolve(`it was not ready within ${READY_TIMEOUT_MS / 1000} s`),
      READY_TIMEOUT_MS,
    )
    /** @param {string | null} outcome */
    const settle = (outcome) => {
      clearTimeout(timer)
      resolve(outcome)
    }
    child.once('message', () => settle(null))
    child.once('error', (error) => settle(error.message))
    child.once('exit', (code, signal) => settle(`it ended with ${signal ?? code}`))
  })
}
