import { randomUUID } from 'node:crypto'
import { linkSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { identify, isRunning } from './processes.mjs'

/** @typedef {import('./processes.mjs').ProcessIdentity} ProcessIdentity */

/** The lock belongs to another process that runs. */
export class LockedError extends Error {
  /** @param {string} file @param {ProcessIdentity} holder */
  constructor(file, holder) {
    super(`${file} is held by process ${holder.pid}`)
    this.holder = holder
  }
}

/**
 * Takes a lock file for the life of this process. The lock of a process that has ended is taken over.
 * @param {string} file
 * @returns {() => void} gives the lock back
 * @throws {LockedError} when a running process holds it
 */
export function takeLock(file) {
  const self = identify(process.pid)
  const draft = `${file}.${randomUUID()}`
  writeFileSync(draft, JSON.stringify(self), { mode: 0o600 })
  try {
    for (;;) {
      if (linkIfAbsent(draft, file)) return () => rmSync(file, { force: true })
      const holder = readLock(file)
      if (holder && isRunning(holder)) throw new LockedError(file, holder)
      removeStale(file)
    }
  } finally {
    rmSync(draft, { force: true })
  }
}

/**
 * Who holds the lock, or null when nobody does; the process may have ended since.
 * @param {string} file
 * @returns {ProcessIdentity | null}
 */
export function readLock(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

/** A link appears whole or not at all, so that nobody reads half a lock. @param {string} from @param {string} to */
function linkIfAbsent(from, to) {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

/**
 * Stale locks are removed under a guard: without it, of two processes that saw the same stale lock the slower one would
 * remove the lock that the faster one has just taken.
 * @param {string} file
 */
function removeStale(file) {
  const guard = `${file}.guard`
  try {
    writeFileSync(guard, '', { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
    removeAbandoned(guard)
    return
  }
  try {
    const holder = readLock(file)
    if (!holder || !isRunning(holder)) rmSync(file, { force: true })
  } finally {
    rmSync(guard, { force: true })
  }
}

/** A guard is held for microseconds; an old one belongs to a process killed at that moment. @param {string} guard */
function removeAbandoned(guard) {
  try {
    if (Date.now() - statSync(guard).mtimeMs > 5_000) rmSync(guard, { force: true })
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error
  }
}

/** @param {unknown} error */
const codeOf = (error) => /** @type {NodeJS.ErrnoException} */ (error).code
