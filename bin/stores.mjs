import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { findFreePort } from '../lib/embedded/postgres/free-port.mjs'
import { writeWhole } from '../lib/embedded/postgres/place.mjs'
import { startS3 } from '../lib/embedded/start-s3.mjs'
import { keepS3Key } from './keys.mjs'
import { FOLLOW_PARENT } from './node-process.mjs'
import { withClient } from './schema-engine/database.mjs'
import { Sentence } from './sentence.mjs'

const BUCKET = 'launchpad'

/**
 * The store that an installation brings along: what to start, and what to tell those who use it.
 * @param {import('./home.mjs').Home} home
 */
export async function prepareStore(home) {
  const port = await keepPort(portFile(home))
  const { writer, reader } = keepStoreKeys(home)
  const dir = path.join(home.s3, 'data')
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const keys = [
    { ...writer, readOnly: false },
    { ...reader, readOnly: true },
  ]
  return {
    ...describeStore(home),
    start: () =>
      startS3(
        { dir, host: '127.0.0.1', port, keys, buckets: [BUCKET] },
        { logFile: path.join(home.logs, 's3.log'), execArgv: FOLLOW_PARENT },
      ),
  }
}

/**
 * The same store for those who use it while it runs, or is to run.
 * @param {import('./home.mjs').Home} home
 */
export function describeStore(home) {
  const { writer, reader } = keepStoreKeys(home)
  const host = `127.0.0.1:${readPort(portFile(home))}`
  return {
    host,
    environment: {
      LAUNCHPAD_S3_ENDPOINT: `http://${host}`,
      LAUNCHPAD_S3_REGION: 'us-east-1',
      LAUNCHPAD_S3_BUCKET: BUCKET,
      LAUNCHPAD_S3_ACCESS_KEY_ID: writer.accessKeyId,
      LAUNCHPAD_S3_SECRET_ACCESS_KEY: writer.secretAccessKey,
      LAUNCHPAD_S3_READER_ACCESS_KEY_ID: reader.accessKeyId,
      LAUNCHPAD_S3_READER_SECRET_ACCESS_KEY: reader.secretAccessKey,
    },
  }
}

/**
 * Makes sure that a database of one's own can be used.
 * @param {string} url
 * @throws {Sentence} saying why not
 */
export async function requireDatabase(url) {
  const { host, pathname } = new URL(url)
  try {
    await withClient(url, (client) => client.query('SELECT 1'))
  } catch (error) {
    const { code, message } = /** @type {NodeJS.ErrnoException} */ (error)
    throw new Sentence(
      `The database ${pathname.slice(1)} on ${host} (DATABASE_URL) cannot be used: ${reasonOf(code, message)}.`,
    )
  }
}

/** @param {string | undefined} code @param {string} message */
function reasonOf(code, message) {
  if (code === 'ECONNREFUSED') return 'nothing listens there'
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'that host name is not known'
  if (code === '28P01' || code === '28000') return 'the user or the password is wrong'
  if (code === '3D000') return 'there is no such database'
  if (code === 'ETIMEDOUT' || code === undefined) return 'it does not answer'
  return message
}

/** The same port as last time where it is free: connections that people made name it. @param {string} file */
async function keepPort(file) {
  const last = readPort(file)
  const port = await findFreePort(last)
  if (port !== last) writeWhole(file, String(port))
  return port
}

/** @param {string} file */
function readPort(file) {
  return existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0
}

/** @param {import('./home.mjs').Home} home */
const portFile = (home) => path.join(home.s3, 'port')

/** @param {import('./home.mjs').Home} home */
function keepStoreKeys({ keys }) {
  return { writer: keepS3Key(keys, 's3-writer.json'), reader: keepS3Key(keys, 's3-reader.json') }
}
