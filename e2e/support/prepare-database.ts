import { appendFileSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { migrate } from '../../bin/migrate.mjs'
import { removeHome } from '../../bin/suites/throwaway.mjs'
import { findPlace } from '../../lib/embedded/postgres/place.mjs'
import { startPostgres } from '../../lib/embedded/postgres/server.mjs'
import { PREPARED_DATABASE } from './launchpad'

/** What is thrown away afterwards need not survive a loss of power. */
const SETTINGS = 'fsync = off\nfull_page_writes = off\n'

/** Makes a migrated, empty database once, of which each copy of the application gets a copy. */
export default async function prepareDatabase(): Promise<() => Promise<void>> {
  const home = mkdtempSync(path.join(tmpdir(), 'launchpad-e2e-database-'))
  const remove = () => removeHome(home)
  try {
    const server = await startPostgres({ home })
    try {
      await migrate(server.url)
    } finally {
      await server.stop()
    }
    appendFileSync(path.join(findPlace(home)?.data ?? '', 'postgresql.conf'), SETTINGS)
  } catch (error) {
    await remove()
    throw error
  }
  process.env[PREPARED_DATABASE] = home
  return remove
}
