import 'server-only'
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { migrate } from '../../../bin/migrate.mjs'
import { removePostgres, startPostgres } from '../../embedded/postgres/server.mjs'
import { startS3 } from '../../embedded/start-s3.mjs'

const BUCKET = 'launchpad'

/**
 * Starts one PostgreSQL, migrated, and one S3 store for all integration tests, and names them in the environment as an
 * installation would. A test file takes a database of its own with `freshDatabase()`.
 */
export default async function startServers(): Promise<() => Promise<void>> {
  const home = mkdtempSync(path.join(tmpdir(), 'launchpad-test-'))
  const postgres = await startPostgres({ home, settings: { fsync: 'off', full_page_writes: 'off' } })
  await migrate(postgres.url)
  const store = await startStore(home)
  Object.assign(process.env, {
    DATABASE_URL: postgres.url,
    LAUNCHPAD_HOME: home,
    LAUNCHPAD_URL: 'http://127.0.0.1:3000',
    LAUNCHPAD_MASTER_KEY: randomBytes(32).toString('base64'),
    LAUNCHPAD_AUTH_SECRET: randomBytes(32).toString('base64'),
    LAUNCHPAD_LOG_LEVEL: 'silent',
    ...store.environment,
  })
  return async () => {
    await store.stop()
    await postgres.stop()
    await removePostgres({ home })
    rmSync(home, { recursive: true, force: true })
  }
}

async function startStore(home: string) {
  const writer = makeKey()
  const reader = makeKey()
  const dir = path.join(home, 's3')
  mkdirSync(dir)
  const keys = [
    { ...writer, readOnly: false },
    { ...reader, readOnly: true },
  ]
  const { endpoint, stop } = await startS3(
    { dir, host: '127.0.0.1', port: 0, keys, buckets: [BUCKET] },
    { logFile: path.join(home, 's3.log') },
  )
  const environment = {
    LAUNCHPAD_S3_ENDPOINT: endpoint,
    LAUNCHPAD_S3_REGION: 'us-east-1',
    LAUNCHPAD_S3_BUCKET: BUCKET,
    LAUNCHPAD_S3_ACCESS_KEY_ID: writer.accessKeyId,
    LAUNCHPAD_S3_SECRET_ACCESS_KEY: writer.secretAccessKey,
    LAUNCHPAD_S3_READER_ACCESS_KEY_ID: reader.accessKeyId,
    LAUNCHPAD_S3_READER_SECRET_ACCESS_KEY: reader.secretAccessKey,
    LAUNCHPAD_ALLOWED_ENDPOINTS: new URL(endpoint).host,
  }
  return { environment, stop }
}

function makeKey() {
  return {
    accessKeyId: randomBytes(10).toString('hex'),
    secretAccessKey: randomBytes(30).toString('base64url'),
  }
}
