import 'server-only'
import pg from 'pg'
import { config } from '../config'
import { logger } from '../logger'

let pool: pg.Pool | undefined

/**
 * Connections without the query builder, for the one statement that runs thousands of times a second: there, taking
 * parameters through it costs more than the statement.
 */
export function eventPool(): pg.Pool {
  if (pool) return pool
  pool = new pg.Pool({ connectionString: config().databaseUrl, max: 8, connectionTimeoutMillis: 5_000 })
  // An idle connection that breaks is replaced at the next use.
  // Its error carries the whole connection, which is not for the log.
  pool.on('error', ({ message }) => logger.warn({ reason: message }, 'an idle database connection broke'))
  return pool
}

/** Closes the bare connections; the next use opens new ones. */
export async function closePool(): Promise<void> {
  await pool?.end()
  pool = undefined
}
