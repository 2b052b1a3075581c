import { randomUUID } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'

/** Where root keeps what the server's own account must reach. */
export const SHARED_ROOT = '/var/lib/launchpad'

/**
 * Where everything of one server lies. `folder` holds what is secret or ours; `data` is the server's own.
 * @typedef {{ folder: string, data: string, password: string, port: string, lock: string, location: string }} Place
 */

/**
 * The files of the server that belongs to `home`; makes its folder (0700).
 * An installation is private to its owner, so the account that serves root could not reach into it: its data then lies in a
 * folder of SHARED_ROOT with a random name, and that name, kept in the installation, is the only way to it.
 * @param {string} home
 * @param {boolean} apart the server runs under another account than ours
 * @returns {Place}
 */
export function preparePlace(home, apart) {
  const folder = path.join(home, 'postgres')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const place = nameFiles(folder)
  if (!apart) return place
  if (!existsSync(place.location)) writeWhole(place.location, randomUUID())
  const shared = sharedFolder(place.location)
  makeSharedFolder(SHARED_ROOT)
  makeSharedFolder(shared)
  return { ...place, data: path.join(shared, 'data') }
}

/**
 * The same files without making anything; null when `home` never had a server.
 * @param {string} home
 * @returns {Place | null}
 */
export function findPlace(home) {
  const place = nameFiles(path.join(home, 'postgres'))
  if (!existsSync(place.password)) return null
  if (!existsSync(place.location)) return place
  return { ...place, data: path.join(sharedFolder(place.location), 'data') }
}

/**
 * Removes a stopped server with all its data.
 * @param {string} home
 */
export function removePlace(home) {
  const { folder, location } = nameFiles(path.join(home, 'postgres'))
  if (existsSync(location)) rmSync(sharedFolder(location), { recursive: true, force: true })
  rmSync(folder, { recursive: true, force: true })
}

/** Others may pass through it, not list it. @param {string} folder */
export function makeSharedFolder(folder) {
  mkdirSync(folder, { recursive: true })
  chmodSync(folder, 0o711)
}

/**
 * Writes a small file that is there whole or not at all, readable by its owner alone.
 * @param {string} file
 * @param {string} text
 */
export function writeWhole(file, text) {
  const draft = `${file}.${randomUUID()}`
  writeFileSync(draft, text, { mode: 0o600, flush: true })
  renameSync(draft, file)
}

/** @param {string} file @param {import('./account.mjs').Account | null} account */
export function giveTo(file, account) {
  if (account) chownSync(file, account.uid, account.gid)
}

/** @param {string} folder @returns {Place} */
function nameFiles(folder) {
  return {
    folder,
    data: path.join(folder, 'data'),
    password: path.join(folder, 'password'),
    port: path.join(folder, 'port'),
    lock: path.join(folder, 'lock'),
    location: path.join(folder, 'location'),
  }
}

/** @param {string} locationFile */
function sharedFolder(locationFile) {
  const id = readFileSync(locationFile, 'utf8').trim()
  // What stands in the file becomes a path that root writes to and removes.
  if (!/^[0-9a-f-]{36}$/.test(id)) throw new Error(`${locationFile} does not hold the name of a folder`)
  return path.join(SHARED_ROOT, id)
}
