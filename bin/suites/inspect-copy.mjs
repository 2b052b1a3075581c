import { findPostgresUrl } from '../../lib/embedded/postgres/server.mjs'
import { nameHome } from '../home.mjs'
import { describeStore } from '../stores.mjs'

/**
 * Where the database and the object store of a running installation are, for tests that look behind its pages.
 * @param {string} home
 */
export function inspectCopy(home) {
  const databaseUrl = findPostgresUrl({ home })
  if (!databaseUrl) throw new Error(`no database runs for ${home}`)
  return { databaseUrl, store: describeStore(nameHome({ LAUNCHPAD_HOME: home })).environment }
}
