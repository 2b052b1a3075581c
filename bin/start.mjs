import { rmSync } from 'node:fs'
import path from 'node:path'
import { startPostgres } from '../lib/embedded/postgres/server.mjs'
import { runAdmin } from './admin.mjs'
import { build, nameBuild } from './build.mjs'
import { completeEnvironment, loadEnvironmentFile, readSettings } from './environment.mjs'
import { holdHome, nameHome } from './home.mjs'
import { chooseMasterKey, keepKey, makeSecret } from './keys.mjs'
import { limitLogs } from './log-files.mjs'
import { migrate } from './migrate.mjs'
import { EARLY_COLLECTION, GIVE_MEMORY_BACK, startNode } from './node-process.mjs'
import { requirePort } from './port.mjs'
import { ROOT } from './root.mjs'
import { explainFileError } from './sentence.mjs'
import { prepareStore, requireDatabase } from './stores.mjs'
import { createSupervisor, endLeftovers } from './supervise.mjs'
import { createTeardown } from './teardown.mjs'
import { together } from './together.mjs'

/** How often the embedded PostgreSQL is looked at: what waits for it should not wait long. */
const DATABASE_WATCH_MS = 500

/**
 * Brings the whole application up and stays until it is told to stop; then stops everything in order.
 * @param {{ mode: 'start' | 'dev' | 'demo', empty?: boolean }} options `empty`: demo data with nothing activated
 */
export async function start(options) {
  loadEnvironmentFile()
  const settings = readSettings(process.env)
  const home = nameHome(process.env)
  const stopped = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stopped.abort())
  const teardown = createTeardown()
  try {
    teardown.add(holdHome(home))
    await bringUp({ ...options, settings, home, teardown, signal: stopped.signal })
    if (!stopped.signal.aborted)
      await new Promise((resolve) => stopped.signal.addEventListener('abort', resolve))
    console.log('stopping')
  } catch (error) {
    if (!stopped.signal.aborted) throw explainFileError(error, home.folder)
  } finally {
    await teardown.run()
  }
  console.log('stopped')
}

/**
 * @param {{ mode: string, empty?: boolean, settings: import('./environment.mjs').Settings, home: import('./home.mjs').Home,
 *   teardown: ReturnType<typeof createTeardown>, signal: AbortSignal }} context
 */
async function bringUp(context) {
  const { mode, settings, home, teardown, signal } = context
  const masterKey = chooseMasterKey(home.keys, process.env)
  const authSecret = process.env.LAUNCHPAD_AUTH_SECRET || keepKey(home.keys, 'auth.secret', makeSecret)
  if (await endLeftovers(home.processes)) say('ended what an earlier start had left running')
  await requirePort(settings)
  limitLogs(home.logs)
  const supervisor = createSupervisor(home.processes, say)
  teardown.add(() => rmSync(home.processes, { force: true }))
  if (settings.databaseUrl) await requireDatabase(settings.databaseUrl)
  const [databaseUrl, store] = await together(signal, [
    (early) => bringUpDatabase(context, early),
    () => bringUpStore(context, supervisor),
    (early) => bringUpBuild(mode, early),
  ])
  const env = completeEnvironment({
    env: { ...process.env, NODE_ENV: mode === 'dev' ? 'development' : 'production' },
    settings,
    home: home.folder,
    databaseUrl,
    masterKey,
    authSecret,
    store: store.environment,
    storeHost: store.host,
  })
  signal.throwIfAborted()
  await prepareInstallation(context, env)
  signal.throwIfAborted()
  await bringUpProcesses(context, supervisor, env)
  signal.throwIfAborted()
  console.log(`ready ${settings.url.origin}`)
}

/** @param {Parameters<typeof bringUp>[0]} context @param {AbortSignal} signal */
async function bringUpDatabase({ settings, home, teardown }, signal) {
  const databaseUrl = settings.databaseUrl ?? (await bringUpPostgres(home, teardown))
  const count = await migrate(databaseUrl, { signal })
  if (count) say(`applied ${count} migration${count > 1 ? 's' : ''}`)
  return databaseUrl
}

/** @param {import('./home.mjs').Home} home @param {ReturnType<typeof createTeardown>} teardown */
async function bringUpPostgres(home, teardown) {
  const server = await startPostgres({ home: home.folder, logFile: path.join(home.logs, 'postgres.log') })
  teardown.add(server.stop)
  teardown.add(watchDatabase(server))
  say(`PostgreSQL on 127.0.0.1:${server.port}${server.adopted ? ' (was running)' : ''}`)
  return server.url
}

/** @param {import('../lib/embedded/postgres/server.mjs').EmbeddedPostgres} server @returns {() => void} ends the watch */
function watchDatabase(server) {
  let looking = false
  const watch = setInterval(async () => {
    if (looking) return
    looking = true
    try {
      if (await server.ensureRunning()) say('PostgreSQL had ended; started it again')
    } catch (error) {
      say(/** @type {Error} */ (error).message)
    } finally {
      looking = false
    }
  }, DATABASE_WATCH_MS)
  return () => clearInterval(watch)
}

/** @param {Parameters<typeof bringUp>[0]} context @param {ReturnType<typeof createSupervisor>} supervisor */
async function bringUpStore({ settings, home, teardown }, supervisor) {
  if (settings.store) return { environment: settings.store, host: undefined }
  const store = await prepareStore(home)
  await supervisor.keep('S3 store', store.start)
  teardown.add(() => supervisor.stop('S3 store'))
  say(`S3 store on ${store.host}`)
  return store
}

/** @param {string} mode @param {AbortSignal} signal */
async function bringUpBuild(mode, signal) {
  const startedAt = Date.now()
  if (await build({ signal, programsOnly: mode === 'dev' }))
    say(`built in ${Math.round((Date.now() - startedAt) / 1000)} s`)
}

/** @param {Parameters<typeof bringUp>[0]} context @param {Record<string, string | undefined>} env */
async function prepareInstallation({ mode, empty, home, signal }, env) {
  if (mode === 'demo') {
    await runAdmin(['seed-demo', ...(empty ? ['--empty'] : [])], { env, signal })
    say(`demo data is there; its logins stand in ${home.demo}`)
    // The demo has a space, so that there is none to set up.
    return
  }
  const link = await runAdmin(['setup-link', '--if-open'], { env, signal })
  if (link) console.log(`Set up your space here: ${link}`)
}

/** @param {Parameters<typeof bringUp>[0]} context @param {ReturnType<typeof createSupervisor>} supervisor @param {Record<string, string | undefined>} env */
async function bringUpProcesses({ home, teardown }, supervisor, env) {
  const worker = () =>
    startNode({
      name: 'worker',
      script: nameBuild(env).program('worker'),
      env,
      logFile: path.join(home.logs, 'worker.log'),
    })
  const web = () =>
    startNode({
      name: 'web',
      script: path.join(ROOT, 'bin/server.mjs'),
      env: { ...GIVE_MEMORY_BACK, ...env },
      logFile: path.join(home.logs, 'web.log'),
      flags: EARLY_COLLECTION,
    })
  // Teardown goes backwards: no process is started again, web ends first, then the worker.
  teardown.add(() => supervisor.stop('worker'))
  teardown.add(() => supervisor.stop('web'))
  teardown.add(supervisor.cease)
  await Promise.all([supervisor.keep('worker', worker), supervisor.keep('web', web)])
  say('web and worker started')
}

/** @param {string} line */
function say(line) {
  console.log(`  ${line}`)
}
