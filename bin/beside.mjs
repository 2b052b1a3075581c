import path from 'node:path'
import { findPostgresUrl, startPostgres } from '../lib/embedded/postgres/server.mjs'
import { completeEnvironment, loadEnvironmentFile, readSettings } from './environment.mjs'
import { holdHome, isHeld, nameHome, prepareHome } from './home.mjs'
import { chooseMasterKey, keepKey, makeSecret } from './keys.mjs'
import { describeStore, requireDatabase } from './stores.mjs'

/**
 * Runs a short command with the environment of the installation, beside its supervisor where one runs. Otherwise the embedded
 * database is up for as long as the command takes.
 * @param {(env: Record<string, string | undefined>, home: import('./home.mjs').Home) => Promise<void>} command
 */
export async function beside(command) {
  loadEnvironmentFile()
  const settings = readSettings(process.env)
  const home = nameHome(process.env)
  prepareHome(home)
  const database = await openDatabase(settings.databaseUrl, home)
  try {
    const store = settings.store ? { environment: settings.store, host: undefined } : describeStore(home)
    const env = completeEnvironment({
      env: process.env,
      settings,
      home: home.folder,
      databaseUrl: database.url,
      masterKey: chooseMasterKey(home.keys, process.env),
      authSecret: process.env.LAUNCHPAD_AUTH_SECRET || keepKey(home.keys, 'auth.secret', makeSecret),
      store: store.environment,
      storeHost: store.host,
    })
    await command(env, home)
  } finally {
    await database.close()
  }
}

/** @param {string | undefined} configured @param {import('./home.mjs').Home} home */
async function openDatabase(configured, home) {
  if (configured) await requireDatabase(configured)
  const url = configured ?? (isHeld(home) ? findPostgresUrl({ home: home.folder }) : null)
  if (url) return { url, close: async () => {} }
  const release = holdHome(home)
  try {
    const server = await startPostgres({ home: home.folder, logFile: path.join(home.logs, 'postgres.log') })
    const close = async () => {
      await server.stop()
      release()
    }
    return { url: server.url, close }
  } catch (error) {
    release()
    throw error
  }
}
