import 'server-only'
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { closeDatabase } from '../platform/db/client'

const template = process.env.DATABASE_URL

/**
 * Gives the test file a migrated, empty database of its own, named in `DATABASE_URL`; the result closes and drops it.
 * Made for `beforeAll(freshDatabase)`, before anything reads the configuration.
 */
export async function freshDatabase(): Promise<() => Promise<void>> {
  if (!template) throw new Error('DATABASE_URL is not set: run this under the integration project of Vitest')
  const name = `test_${randomBytes(8).toString('hex')}`
  const source = new URL(template).pathname.slice(1)
  await administer(
    template,
    `CREATE DATABASE ${name} TEMPLATE ${pg.escapeIdentifier(source)} STRATEGY FILE_COPY`,
  )
  const own = new URL(template)
  own.pathname = `/${name}`
  process.env.DATABASE_URL = own.href
  return async () => {
    await closeDatabase()
    process.env.DATABASE_URL = template
    await administer(template, `DROP DATABASE ${name} WITH (FORCE)`)
  }
}

/** A template can be copied only while nobody is connected to it. */
async function administer(url: string, statement: string): Promise<void> {
  const admin = new URL(url)
  admin.pathname = '/postgres'
  const client = new pg.Client({ connectionString: admin.href })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
