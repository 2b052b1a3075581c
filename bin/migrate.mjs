import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { promisify } from 'node:util'
import { ROOT } from './root.mjs'
import { withClient } from './schema-engine/database.mjs'

const run = promisify(execFile)
const UNDEFINED_TABLE = '42P01'

/**
 * Brings the database up to the migrations of this version. Prisma's command takes 1.5 s to find nothing to do, so it runs
 * only where the database's own record differs from the folder.
 * @param {string} databaseUrl
 * @param {{ signal?: AbortSignal }} [options]
 * @returns {Promise<number>} how many migrations were applied
 */
export async function migrate(databaseUrl, { signal } = {}) {
  const applied = await readApplied(databaseUrl)
  const present = readMigrations(path.join(ROOT, 'prisma/migrations'))
  const pending = [...present].filter(([name, checksum]) => applied.get(name) !== checksum)
  if (pending.length === 0) return 0
  const prisma = createRequire(import.meta.url).resolve('prisma/build/index.js')
  const env = {
    ...process.env,
    DATABASE_URL: databaseUrl,
    CHECKPOINT_DISABLE: '1',
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
  }
  try {
    await run(process.execPath, [prisma, 'migrate', 'deploy'], { cwd: ROOT, env, signal })
  } catch (error) {
    const { stderr, message } = /** @type {Error & { stderr?: string }} */ (error)
    throw new Error(`The database could not be migrated. ${reasonFrom(stderr ?? '') || message}`, {
      cause: error,
    })
  }
  return pending.length
}

/** @param {string} folder @returns {Map<string, string>} name → checksum, as Prisma computes it */
function readMigrations(folder) {
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  const checksum = (name) =>
    createHash('sha256')
      .update(readFileSync(path.join(folder, name, 'migration.sql')))
      .digest('hex')
  return new Map(names.map(({ name }) => [name, checksum(name)]))
}

/** @param {string} databaseUrl @returns {Promise<Map<string, string>>} */
async function readApplied(databaseUrl) {
  return withClient(databaseUrl, async (client) => {
    try {
      const { rows } = await client.query(
        'SELECT migration_name, checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
      )
      return new Map(rows.map((row) => [row.migration_name, row.checksum]))
    } catch (error) {
      if (error.code === UNDEFINED_TABLE) return new Map()
      throw error
    }
  })
}

/** @param {string} stderr */
function reasonFrom(stderr) {
  const lines = stderr
    .split('\n')
    .filter((line) => line.trim() && !/Loaded Prisma config|Prisma schema loaded/.test(line))
  return lines.join(' ').trim()
}
