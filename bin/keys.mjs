import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { writeWhole } from '../lib/embedded/postgres/place.mjs'
import { Sentence } from './sentence.mjs'

/**
 * Reads a key of the installation, made at the first use (0600).
 * @param {string} folder
 * @param {string} name
 * @param {() => string} make
 */
export function keepKey(folder, name, make) {
  const file = path.join(folder, name)
  const kept = readKey(file)
  if (kept) return kept
  const key = make()
  writeWhole(file, key)
  return key
}

/** 32 random bytes in base64. */
export const makeSecret = () => randomBytes(32).toString('base64')

/** @typedef {{ accessKeyId: string, secretAccessKey: string }} S3Key */

/**
 * A key pair of the embedded store, kept under `name`.
 * @param {string} folder
 * @param {string} name
 * @returns {S3Key}
 */
export function keepS3Key(folder, name) {
  const make = () =>
    JSON.stringify({
      accessKeyId: `LP${randomBytes(9).toString('hex').toUpperCase()}`,
      secretAccessKey: randomBytes(30).toString('base64url'),
    })
  return JSON.parse(keepKey(folder, name, make))
}

/**
 * The key that opens the stored secrets. Beside a database that we did not make, a new key would open nothing: there it must
 * be given.
 * @param {string} folder
 * @param {NodeJS.ProcessEnv} env
 * @throws {Sentence} when it is missing beside `DATABASE_URL`, or not 32 bytes in base64
 */
export function chooseMasterKey(folder, env) {
  const given = env.LAUNCHPAD_MASTER_KEY
  if (!given && env.DATABASE_URL) {
    throw new Sentence(
      'DATABASE_URL is set but LAUNCHPAD_MASTER_KEY is not. Set the key (32 bytes in base64) that the secrets in this database were stored with.',
    )
  }
  const key = given || keepKey(folder, 'master.key', makeSecret)
  if (Buffer.from(key, 'base64').length === 32) return key
  throw new Sentence(
    `${given ? 'LAUNCHPAD_MASTER_KEY' : path.join(folder, 'master.key')} is not a key of 32 bytes in base64.`,
  )
}

/** @param {string} file */
function readKey(file) {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return null
    throw error
  }
}
