import 'server-only'
import pg from 'pg'
import { config } from '../config'
import { newId } from '../ids'
import { logger } from '../logger'
import type { Prisma } from './generated/client'

/** A name that stands as long as the connection that holds its lock. */
interface HeldName {
  name: string
  client: pg.Client
}

let held: Promise<HeldName | null> | undefined

/**
 * Gives this process a name by which every other knows whether it lives: that of a lock on a connection of its own, which the
 * system closes however a process ends. A connection that breaks is replaced, under another name, when the name is asked for
 * again. Null where none can be had: then nobody knows.
 */
export async function nameThisProcess(): Promise<string | null> {
  held ??= holdName()
  return (await held)?.name ?? null
}

/** Tells whether the process of this name has ended, or lost the connection that it had under it. */
export async function hasProcessEnded(tx: Prisma.TransactionClient, name: string): Promise<boolean> {
  const [lock] = await tx.$queryRaw<{ isFree: boolean }[]>`
    SELECT pg_try_advisory_xact_lock_shared(hashtextextended(${name}, 4)) AS "isFree"`
  return lock?.isFree === true
}

/** Lets go of the name; the next question takes another. */
export async function releaseProcessName(): Promise<void> {
  const { client } = (await held) ?? {}
  held = undefined
  await client?.end()
}

async function holdName(): Promise<HeldName | null> {
  const name = newId()
  const client = new pg.Client({
    connectionString: config().databaseUrl,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  })
  let isLost = false
  const lose = ({ message }: Error) => {
    // By the second time there may be another.
    if (!isLost) held = undefined
    isLost = true
    // Its error carries the whole connection, which is not for the log.
    logger.warn({ reason: message }, 'the connection by which others know that this process lives broke')
  }
  client.on('error', lose)
  try {
    await client.connect()
    await client.query('SELECT pg_advisory_lock(hashtextextended($1, 4))', [name])
    return { name, client }
  } catch (error) {
    lose(error instanceof Error ? error : new Error(String(error)))
    await client.end().catch(() => undefined)
    return null
  }
}
