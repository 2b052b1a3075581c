import { appendFileSync } from 'node:fs'
import path from 'node:path'
import { copyPostgres } from '../../lib/embedded/postgres/copy-server.mjs'
import { findPlace } from '../../lib/embedded/postgres/place.mjs'
import { startPostgres } from '../../lib/embedded/postgres/server.mjs'
import { migrate } from '../migrate.mjs'

/** What is thrown away afterwards need not survive a loss of power. */
const SETTINGS = 'fsync = off\nfull_page_writes = off\n'

/**
 * Makes a migrated, empty database in a folder, of a server that is stopped then.
 * @param {string} home
 */
export async function prepareDatabase(home) {
  const server = await startPostgres({ home })
  try {
    await migrate(server.url)
  } finally {
    await server.stop()
  }
  appendFileSync(path.join(findPlace(home)?.data ?? '', 'postgresql.conf'), SETTINGS)
}

/**
 * Gives an installation that has none yet a copy of a prepared database.
 * @param {{ from: string, to: string }} homes
 */
export const copyDatabase = (homes) => copyPostgres(homes)
