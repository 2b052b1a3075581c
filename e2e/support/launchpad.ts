import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { copyDatabase } from '../../bin/suites/prepared-database.mjs'
import { removeHome } from '../../bin/suites/throwaway.mjs'

// Tests and benches are run from the project's root.
const ROOT = process.cwd()
const READY_MS = 240_000
/** Names the installation whose migrated, empty database is copied for a demo; each makes its own where there is none. */
export const PREPARED_DATABASE = 'LAUNCHPAD_E2E_DATABASE'
/** What an operator may have set for a copy that runs, and these copies must not see. */
const OURS = /^(?:LAUNCHPAD_(?!DIST_DIR$).*|DATABASE_URL|PORT|HOST|NODE_ENV)$/

export interface Login {
  login: string
  email: string
  password: string
  apiKey: string
}

/** A running copy of the application with a home of its own. */
export interface Launchpad {
  url: string
  home: string
  /** The link of the first run, printed until the space exists. */
  setupLink: string | null
  /** The logins of a demo. */
  demo(): { url: string; admin: Login; analyst: Login }
  stop(): Promise<void>
}

interface Options {
  /** `['start']`, `['demo']` or `['demo', '--empty']`. */
  command: string[]
  env?: Record<string, string>
}

/** Starts the production build as a person would, on a free port, and waits for its `ready` line. */
export async function startLaunchpad({ command, env = {} }: Options): Promise<Launchpad> {
  const home = mkdtempSync(path.join(tmpdir(), 'launchpad-e2e-'))
  const prepared = process.env[PREPARED_DATABASE]
  // What `start` does with nothing is looked at itself.
  if (prepared && command[0] === 'demo') await copyDatabase({ from: prepared, to: home })
  const inherited = Object.entries(process.env).filter(([name]) => !OURS.test(name))
  const child = spawn(process.execPath, [path.join(ROOT, 'bin/launchpad.mjs'), ...command], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...Object.fromEntries(inherited),
      NODE_ENV: 'production',
      LAUNCHPAD_NO_ENV_FILE: '1',
      LAUNCHPAD_HOME: home,
      PORT: String(await findPort()),
      ...env,
    },
  })
  try {
    const { url, setupLink } = await untilReady(child)
    return {
      url,
      home,
      setupLink,
      demo: () => JSON.parse(readFileSync(path.join(home, 'demo.json'), 'utf8')),
      stop: () => stop(child, home),
    }
  } catch (error) {
    await stop(child, home)
    throw error
  }
}

async function untilReady(child: ChildProcess): Promise<{ url: string; setupLink: string | null }> {
  const said: string[] = []
  let setupLink: string | null = null
  child.stderr?.on('data', (chunk) => said.push(String(chunk)))
  const timer = setTimeout(() => child.kill('SIGTERM'), READY_MS)
  try {
    for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
      said.push(`${line}\n`)
      setupLink = /https?:\S*\/setup\?token=\S+/.exec(line)?.[0] ?? setupLink
      const url = /^ready (\S+)/.exec(line)?.[1]
      if (url) {
        child.stdout?.resume()
        return { url, setupLink }
      }
    }
  } finally {
    clearTimeout(timer)
  }
  throw new Error(`Launchpad did not come up:\n${said.join('')}`)
}

async function stop(child: ChildProcess, home: string): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    await ended
  }
  await removeHome(home)
}

function findPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })
}
