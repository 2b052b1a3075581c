import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { LockedError, readLock, takeLock } from '../lib/embedded/lock.mjs'
import { isRunning } from '../lib/embedded/processes.mjs'
import { ROOT } from './root.mjs'
import { explainFileError, Sentence } from './sentence.mjs'

/** Room that a start needs at the least: PostgreSQL's empty data folder and its first journal files. */
const PROBE_BYTES = 1024 * 1024

/**
 * Where an installation keeps its things.
 * @typedef {{ folder: string, lock: string, keys: string, logs: string, s3: string, processes: string, demo: string }} Home
 */

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {Home}
 */
export function nameHome(env) {
  const folder = path.resolve(ROOT, env.LAUNCHPAD_HOME || '.launchpad')
  return {
    folder,
    lock: path.join(folder, 'lock'),
    keys: path.join(folder, 'keys'),
    logs: path.join(folder, 'logs'),
    s3: path.join(folder, 's3'),
    processes: path.join(folder, 'processes.json'),
    demo: path.join(folder, 'demo.json'),
  }
}

/**
 * Makes the folders (0700) and sees that they can be written to.
 * @param {Home} home
 * @throws {Sentence} saying why not
 */
export function prepareHome(home) {
  const probe = path.join(home.folder, `.probe-${process.pid}`)
  try {
    for (const folder of [home.folder, home.keys, home.logs, home.s3])
      mkdirSync(folder, { recursive: true, mode: 0o700 })
    chmodSync(home.folder, 0o700)
    writeFileSync(probe, Buffer.alloc(PROBE_BYTES), { flush: true })
  } catch (error) {
    throw explainFileError(error, home.folder)
  } finally {
    rmSync(probe, { force: true })
  }
}

/**
 * Holds the installation for the life of this process.
 * @param {Home} home
 * @returns {() => void} gives it back
 * @throws {Sentence} when another process runs it, or its folder cannot be written to
 */
export function holdHome(home) {
  prepareHome(home)
  try {
    return takeLock(home.lock)
  } catch (error) {
    if (!(error instanceof LockedError)) throw error
    throw new Sentence(
      `Launchpad already runs on ${home.folder} (process ${error.holder.pid}). Stop it first, or set LAUNCHPAD_HOME and PORT for a second one.`,
    )
  }
}

/**
 * True while a supervisor runs this installation.
 * @param {Home} home
 */
export function isHeld(home) {
  const holder = readLock(home.lock)
  return holder !== null && isRunning(holder)
}
