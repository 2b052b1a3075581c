import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { writeWhole } from '../lib/embedded/postgres/place.mjs'
import { endProcess, identify } from '../lib/embedded/processes.mjs'

const FIRST_PAUSE_MS = 250
const LONGEST_PAUSE_MS = 30_000
/** A process that ran this long has earned the short pause again. */
const STEADY_MS = 60_000

/** @typedef {import('./node-process.mjs').Service} Service */
/** @typedef {import('../lib/embedded/processes.mjs').ProcessIdentity} ProcessIdentity */

/**
 * Keeps processes running and remembers them in `file`, so that the next supervisor can end those of one that was killed.
 * @param {string} file
 * @param {(line: string) => void} log
 */
export function createSupervisor(file, log) {
  /** @type {Map<string, Service>} */
  const running = new Map()
  const stopping = new AbortController()
  const record = () => {
    const identities = [...running.values()].map(
      ({ child }) => child.pid !== undefined && identify(child.pid),
    )
    writeWhole(file, JSON.stringify(identities.filter(Boolean)))
  }

  /** @param {string} name @param {Service} service @param {() => Promise<Service>} start @param {number} pauseMs */
  function watch(name, service, start, pauseMs) {
    running.set(name, service)
    record()
    const startedAt = Date.now()
    service.child.once('exit', (code, signal) => {
      const stoppedOnPurpose = stopping.signal.aborted || running.get(name) !== service
      if (stoppedOnPurpose) return
      const pause = Date.now() - startedAt > STEADY_MS ? FIRST_PAUSE_MS : pauseMs
      log(`${name} ended with ${signal ?? code}; starting it again`)
      void restart(name, start, pause)
    })
  }

  /** @param {string} name @param {() => Promise<Service>} start @param {number} pauseMs */
  async function restart(name, start, pauseMs) {
    const longer = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)
    await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => {})
    if (stopping.signal.aborted) return
    try {
      const service = await start()
      if (stopping.signal.aborted) return await service.stop()
      watch(name, service, start, longer)
    } catch (error) {
      log(`${/** @type {Error} */ (error).message}; trying again in ${longer / 1000} s`)
      await restart(name, start, longer)
    }
  }

  return {
    /**
     * Starts a process and starts it again whenever it ends by itself.
     * @param {string} name
     * @param {() => Promise<Service>} start
     */
    async keep(name, start) {
      const service = await start()
      if (stopping.signal.aborted) return service.stop()
      watch(name, service, start, FIRST_PAUSE_MS)
    },
    /** Nothing is started again from now on. */
    cease: () => stopping.abort(),
    /** @param {string} name */
    async stop(name) {
      const service = running.get(name)
      running.delete(name)
      await service?.stop()
    },
  }
}

/**
 * Ends what a killed supervisor left running.
 * @param {string} file
 * @returns {Promise<number>} how many processes were ended
 */
export async function endLeftovers(file) {
  const left = readIdentities(file).filter(({ pid, startedAt }) => identify(pid)?.startedAt === startedAt)
  await Promise.all(left.map((identity) => endProcess(identity)))
  return left.length
}

/** @param {string} file @returns {ProcessIdentity[]} */
function readIdentities(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return []
  }
}
