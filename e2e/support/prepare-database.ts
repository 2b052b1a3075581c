import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { prepareDatabase } from '../../bin/suites/prepared-database.mjs'
import { removeHome } from '../../bin/suites/throwaway.mjs'
import { PREPARED_DATABASE } from './launchpad'

/** Makes a migrated, empty database once, of which each copy of the application gets a copy. */
export default async function prepareOnce(): Promise<() => Promise<void>> {
  const home = mkdtempSync(path.join(tmpdir(), 'launchpad-e2e-database-'))
  const remove = () => removeHome(home)
  try {
    await prepareDatabase(home)
  } catch (error) {
    await remove()
    throw error
  }
  process.env[PREPARED_DATABASE] = home
  return remove
}
