import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/**
 * The account that the server runs as, when that is not our own.
 * @typedef {{ uid: number, gid: number }} Account
 */

/**
 * PostgreSQL refuses to run as root: root borrows an unprivileged account that exists everywhere; anyone else needs none.
 * @returns {Promise<Account | null>}
 */
export async function findAccount() {
  if (process.platform === 'win32' || process.getuid?.() !== 0) return null
  for (const name of ['postgres', 'nobody']) {
    try {
      const [uid, gid] = await Promise.all([idOf('-u', name), idOf('-g', name)])
      return { uid, gid }
    } catch {
      // No such account: try the next.
    }
  }
  throw new Error(
    'PostgreSQL cannot run as root and this machine has no account “postgres” or “nobody”. Set DATABASE_URL.',
  )
}

/** @param {string} flag @param {string} name */
async function idOf(flag, name) {
  return Number((await run('id', [flag, name])).stdout)
}
