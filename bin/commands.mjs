import { once } from 'node:events'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { runAdmin } from './admin.mjs'
import { beside } from './beside.mjs'
import { build, nameBuild } from './build.mjs'
import { loadEnvironmentFile, readSettings } from './environment.mjs'
import { migrate } from './migrate.mjs'
import { startNode } from './node-process.mjs'
import { Sentence } from './sentence.mjs'
import { start } from './start.mjs'

const USAGE = `Usage: node bin/launchpad.mjs <command>

  start                   everything: PostgreSQL and S3 of its own unless configured, web and worker
  demo [--empty]          the same with demo data; --empty starts with nothing activated
  dev                     the same with pages compiled as they are opened
  worker                  one more worker, for an installation with DATABASE_URL and an S3 store of one's own
  migrate                 bring the database up to this version
  setup-link              print a new link to set up the space and its first administrator
  reset-password LOGIN    print a link with which LOGIN sets a new password

The environment is described in README.md; a file .env beside package.json is read.`

/** @type {Record<string, (args: string[]) => Promise<void>>} */
const COMMANDS = {
  start: () => start({ mode: 'start' }),
  demo: (args) => start({ mode: 'demo', empty: args.includes('--empty') }),
  dev: () => start({ mode: 'dev' }),
  worker: runWorker,
  migrate: () =>
    beside(async ({ DATABASE_URL }) =>
      console.log(`applied ${await migrate(String(DATABASE_URL))} migrations`),
    ),
  'setup-link': () => administer(['setup-link']),
  'reset-password': ([login]) => {
    if (!login) throw new Sentence('Say whose password: reset-password LOGIN')
    return administer(['reset-password', login])
  },
}

/**
 * Runs the command that the arguments name.
 * @param {string[]} args
 */
export async function runCommand([name = '--help', ...args]) {
  if (name === '--help' || name === '-h' || name === 'help') return console.log(USAGE)
  const command = COMMANDS[name]
  if (!command) throw new Sentence(`There is no command ${name}.\n\n${USAGE}`)
  await command(args)
}

/** @param {string[]} args */
function administer(args) {
  return beside(async (env) => {
    await migrate(String(env.DATABASE_URL))
    if (!existsSync(nameBuild(env).program('admin'))) await build({ programsOnly: true })
    console.log(await runAdmin(args, { env }))
  })
}

async function runWorker() {
  loadEnvironmentFile()
  const settings = readSettings(process.env)
  if (!settings.databaseUrl || !settings.store) {
    throw new Sentence(
      'A worker of its own needs DATABASE_URL and LAUNCHPAD_S3_*; npm start already runs one beside the stores that it brings.',
    )
  }
  await beside(async (env, home) => {
    const logFile = path.join(home.logs, `worker-${process.pid}.log`)
    const { child, stop } = await startNode({
      name: 'worker',
      script: nameBuild(env).program('worker'),
      env,
      logFile,
    })
    console.log(`worker ready (${logFile})`)
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop())
    await once(child, 'exit')
  })
}
