import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { removePostgres } from '../../lib/embedded/postgres/server.mjs'
import { endLeftovers } from '../supervise.mjs'
import { findPortAside } from './find-port-aside.mjs'

/** What an operator may have set for a copy that runs, and tests must not touch; how often tests try is for who runs them to say. */
const OURS = /^(?:LAUNCHPAD_(?!FUZZ_|PROPERTY_).*|DATABASE_URL|PORT|HOST|NODE_ENV)$/

/**
 * Calls `work` with the environment of an installation that is thrown away afterwards. It knows nothing of the one that the
 * shell or `.env` names, and is built apart from it.
 * @template T
 * @param {(env: Record<string, string | undefined>) => Promise<T>} work
 */
export async function withThrowaway(work) {
  const home = mkdtempSync(path.join(tmpdir(), 'launchpad-'))
  const rest = Object.entries(process.env).filter(([name]) => !OURS.test(name))
  try {
    return await work({
      ...Object.fromEntries(rest),
      LAUNCHPAD_HOME: home,
      LAUNCHPAD_DIST_DIR: '.next-test',
      LAUNCHPAD_NO_ENV_FILE: '1',
      PORT: String(await findPortAside()),
      TZ: 'Australia/Lord_Howe',
    })
  } finally {
    await removeHome(home)
  }
}

/**
 * Removes an installation whole: what it left running, its database wherever that lies, its folder.
 * @param {string} home
 */
export async function removeHome(home) {
  await endLeftovers(path.join(home, 'processes.json'))
  await removePostgres({ home })
  rmSync(home, { recursive: true, force: true })
}
