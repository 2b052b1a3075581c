import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { LockedError, takeLock } from '../lock.mjs'
import { isRunning } from '../processes.mjs'
import { findAccount } from './account.mjs'
import { findBinaries } from './binaries.mjs'
import { connectionUrl, ensureCluster } from './cluster.mjs'
import { findFreePort } from './free-port.mjs'
import { findPlace, preparePlace, removePlace, writeWhole } from './place.mjs'
import { findPostmaster, startPostmaster, stopPostmaster } from './postmaster.mjs'

/** @typedef {import('./place.mjs').Place} Place */

/**
 * @typedef {object} EmbeddedPostgres
 * @property {string} url
 * @property {number} port
 * @property {boolean} adopted it was running already: whoever started it was killed
 * @property {() => Promise<boolean>} ensureRunning starts it again on the same port when it has died; true when it had
 * @property {() => Promise<void>} stop
 */

/**
 * Starts the PostgreSQL of an installation, creating it at the first start, or adopts it when it still runs and the process
 * that started it is gone. Held by this process until `stop`.
 * @param {{ home: string, logFile?: string, database?: string, settings?: Record<string, string> }} options
 *   `settings` go to the server: `{ fsync: 'off' }`
 * @returns {Promise<EmbeddedPostgres>}
 */
export async function startPostgres({ home, database = 'launchpad', settings = {}, logFile }) {
  const account = await findAccount()
  const binaries = await findBinaries(account)
  const place = preparePlace(home, account !== null)
  const unlock = lockPlace(place)
  /** @type {import('../processes.mjs').ProcessIdentity | undefined} */
  let launched
  try {
    await ensureCluster(place, binaries, account)
    const found = findPostmaster(place.data)
    const port = found?.port ?? (await choosePort(place))
    const log = logFile ?? path.join(place.folder, 'postgres.log')
    const launch = async () => {
      launched = await startPostmaster({
        program: binaries.postgres,
        data: place.data,
        port,
        logFile: log,
        settings,
        account,
      })
      return launched
    }
    let identity = found?.identity ?? (await launch())
    /** @type {Promise<boolean> | undefined} */
    let restarting
    await ensureDatabase(connectionUrl(place, port, 'postgres'), database)
    return {
      url: connectionUrl(place, port, database),
      port,
      adopted: found !== null,
      ensureRunning() {
        if (isRunning(identity)) return Promise.resolve(false)
        // Asked again meanwhile, the same restart answers: two servers must never be started on one folder.
        restarting ??= launch()
          .then((started) => {
            identity = started
            return true
          })
          .finally(() => {
            restarting = undefined
          })
        return restarting
      },
      async stop() {
        await restarting?.catch(() => {})
        await stopPostmaster(identity)
        unlock()
      },
    }
  } catch (error) {
    if (launched) await stopPostmaster(launched)
    unlock()
    throw error
  }
}

/**
 * The address of an installation's server while it runs, for commands beside it; null when it does not.
 * @param {{ home: string, database?: string }} options
 */
export function findPostgresUrl({ home, database = 'launchpad' }) {
  const place = findPlace(home)
  const found = place && findPostmaster(place.data)
  return found ? connectionUrl(place, found.port, database) : null
}

/**
 * Removes an installation's server with all its data, stopping it first.
 * @param {{ home: string }} options
 */
export async function removePostgres({ home }) {
  const place = findPlace(home)
  const found = place && findPostmaster(place.data)
  if (found) await stopPostmaster(found.identity)
  removePlace(home)
}

/** @param {Place} place */
function lockPlace(place) {
  try {
    return takeLock(place.lock)
  } catch (error) {
    if (!(error instanceof LockedError)) throw error
    throw new Error(`The PostgreSQL in ${place.folder} is in use by process ${error.holder.pid}.`, {
      cause: error,
    })
  }
}

/** The same port as last time where it is free: what outlived the server finds it again. @param {Place} place */
async function choosePort(place) {
  const last = existsSync(place.port) ? Number(readFileSync(place.port, 'utf8')) : 0
  const port = await findFreePort(Number.isInteger(last) && last > 0 && last < 65_536 ? last : 0)
  if (port !== last) writeWhole(place.port, String(port))
  return port
}

/** @param {string} adminUrl @param {string} database */
async function ensureDatabase(adminUrl, database) {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database])
    if (!rowCount) await client.query(`CREATE DATABASE ${pg.escapeIdentifier(database)}`)
  } finally {
    await client.end()
  }
}
