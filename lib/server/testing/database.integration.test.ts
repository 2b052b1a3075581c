import pg from 'pg'
import { expect, test } from 'vitest'
import { freshDatabase } from './database'

async function query(url: string | undefined, text: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

test('every fresh database is migrated, empty and apart from the others', async () => {
  const shared = process.env.DATABASE_URL
  const dropFirst = await freshDatabase()
  const first = process.env.DATABASE_URL
  await query(first, 'CREATE TABLE note AS SELECT 1 AS answer')
  const dropSecond = await freshDatabase()
  const second = process.env.DATABASE_URL
  expect(new Set([shared, first, second]).size).toBe(3)
  await expect(query(second, 'SELECT * FROM note')).rejects.toThrow('does not exist')
  const migrations = await query(second, 'SELECT finished_at FROM _prisma_migrations')
  expect(migrations.every((row) => row.finished_at instanceof Date)).toBe(true)
  await dropSecond()
  await dropFirst()
  await expect(query(second, 'SELECT 1')).rejects.toThrow('does not exist')
  expect(process.env.DATABASE_URL).toBe(shared)
})
