import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * A process that cannot be confused with a later one of the same number.
 * @typedef {{ pid: number, startedAt: string }} ProcessIdentity
 */

/**
 * Names a running process by its number and start time; null when there is none (a zombie has ended too).
 * @param {number} pid
 * @returns {ProcessIdentity | null}
 */
export function identify(pid) {
  if (!Number.isSafeInteger(pid) || pid <= 0) return null
  const startedAt = process.platform === 'linux' ? startOnLinux(pid) : startElsewhere(pid)
  return startedAt ? { pid, startedAt } : null
}

/**
 * True while exactly this process runs.
 * @param {ProcessIdentity} identity
 */
export function isRunning(identity) {
  return identify(identity.pid)?.startedAt === identity.startedAt
}

/**
 * Ends a process: the polite signal first, SIGKILL when it does not end in time.
 * @param {ProcessIdentity} identity
 * @param {{ signal?: NodeJS.Signals, timeoutMs?: number }} [options]
 */
export async function endProcess(identity, { signal = 'SIGTERM', timeoutMs = 10_000 } = {}) {
  if (!isRunning(identity)) return
  sendSignal(identity.pid, signal)
  if (await hasEnded(identity, timeoutMs)) return
  if (isRunning(identity)) sendSignal(identity.pid, 'SIGKILL')
  await hasEnded(identity, 5_000)
}

/**
 * Waits until a process is gone; false when it still runs after `timeoutMs`.
 * @param {ProcessIdentity} identity
 * @param {number} timeoutMs
 */
export async function hasEnded(identity, timeoutMs) {
  for (const until = Date.now() + timeoutMs; isRunning(identity); await sleep(20)) {
    if (Date.now() > until) return false
  }
  return true
}

/** @param {number} pid @param {NodeJS.Signals} signal */
function sendSignal(pid, signal) {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error
  }
}

/** Clock ticks from boot to the start of the process, with the boot they count from. @param {number} pid */
function startOnLinux(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // The name in parentheses may hold anything, parentheses too.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (fields[0] === 'Z' || fields[0] === 'X') return null
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()}:${fields[19]}`
  } catch {
    return null
  }
}

/** @param {number} pid */
function startElsewhere(pid) {
  try {
    const options = /** @type {const} */ ({ encoding: 'latin1', stdio: ['ignore', 'pipe', 'ignore'] })
    const [state, ...start] = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], options)
      .trim()
      .split(/\s+/)
    return state && !state.startsWith('Z') ? start.join(' ') : null
  } catch {
    return null
  }
}
