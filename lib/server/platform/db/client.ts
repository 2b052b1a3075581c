import 'server-only'
import { PrismaPg } from '@prisma/adapter-pg'
import { config } from '../config'
import { type Prisma, PrismaClient } from './generated/client'
import { closePool } from './pool'
import { releaseProcessName } from './process-name'

/** A transaction, or anything that runs queries within one. */
export type Tx = Prisma.TransactionClient

let client: PrismaClient | undefined

/** The connection pool, opened at the first use: a build has no database. */
export function database(): PrismaClient {
  client ??= new PrismaClient({
    adapter: new PrismaPg({
      connectionString: config().databaseUrl,
      max: 12,
      // As long as a transaction waits (transaction.ts).
      connectionTimeoutMillis: 10_000,
      // A new connection costs both sides more than hundreds of queries, and a busy machine most when many come at once.
      idleTimeoutMillis: 300_000,
    }),
    // The other formats put the arguments of a call, and so rows and secrets, into the message.
    errorFormat: 'minimal',
  })
  return client
}

/** Closes all connections; the next use opens new ones. */
export async function closeDatabase(): Promise<void> {
  await closePool()
  await releaseProcessName()
  await client?.$disconnect()
  client = undefined
}
