import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import { Failure } from '#lib/domain/errors'
import { database, type Tx } from './client'
import { Prisma } from './generated/client'

const ATTEMPTS = 5
/** How often work may begin anew because of what was not ready; more is not to be had. */
const PREPARATIONS = 5
/**
 * How long a transaction may take, and wait for a connection. Its queries take milliseconds; on a machine whose processors are
 * taken by others, the same ones were seen to take more than 5 s, and then nothing but time was missing.
 */
const PATIENCE_MS = 10_000
/** How long a request waits for what its transaction needs first. */
const PREPARE_MS = 10_000
/** Serialisation failure, dead lock, and Prisma's name for a write conflict: a retry may well succeed. */
const RETRIED = new Set(['P2034', '40001', '40P01'])
/**
 * Cannot reach, timed out reaching, closed, pool exhausted, no transaction in time (Prisma); sockets (Node); connection
 * failure, no room or memory, too many connections, shutting down, not accepting, read-only after a switch (PostgreSQL).
 */
const UNAVAILABLE =
  /^(P1000|P1001|P1002|P1008|P1017|P2024|P2028|P2037|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EPIPE|08...|53...|57P0.|25006)$/
/** The driver gives these without a code. */
const UNAVAILABLE_MESSAGES =
  /^(Connection terminated|timeout exceeded when trying to connect|Client (has encountered a connection error|was closed) and is not queryable)/

/** What work throws that needs something which a transaction should not wait for: it is prepared, and the work begins anew. */
export class NotReady extends Error {
  constructor(
    what: string,
    readonly prepare: () => Promise<void>,
    /** What is told when it never is: the database is away, or too many others come first. */
    readonly because: 'away' | 'busy' = 'away',
  ) {
    super(`${what} is not ready`)
  }
}

/**
 * Runs `work` in one transaction. Conflicts are tried again, so `work` may run more than once and must do nothing but
 * query; a database that does not answer, or not in time, is `unavailable`.
 */
export async function inTransaction<T>(work: (tx: Tx) => Promise<T>, timeoutMs = PATIENCE_MS): Promise<T> {
  let [conflicts, preparations] = [0, 0]
  for (;;) {
    try {
      return await database().$transaction(work, { maxWait: PATIENCE_MS, timeout: timeoutMs })
    } catch (error) {
      if (error instanceof Failure) throw error
      if (error instanceof NotReady) {
        // What is never ready says so with the time to come back, however many conflicts went before.
        if (++preparations > PREPARATIONS) throw neverReady(error)
        await prepare(error)
        continue
      }
      if (!causesOf(error).some(({ code }) => RETRIED.has(code))) throw explainDatabaseError(error)
      if (++conflicts === ATTEMPTS) throw databaseBusy(error)
      // Those who met in a conflict must not meet again.
      await sleep(10 * 2 ** conflicts * (0.5 + Math.random()))
    }
  }
}

/** What takes longer goes on, and is there for those who come later. */
async function prepare(notReady: NotReady): Promise<void> {
  const over = new AbortController()
  const late = sleep(PREPARE_MS, undefined, over).then(
    () => Promise.reject(neverReady(notReady)),
    () => undefined,
  )
  try {
    await Promise.race([notReady.prepare(), late])
  } catch (error) {
    throw explainDatabaseError(error)
  } finally {
    over.abort()
  }
}

const neverReady = (error: NotReady): Failure =>
  error.because === 'busy' ? databaseBusy(error) : databaseUnavailable(error)

/** True when a unique index refused the row. */
export const isUniqueViolation = (error: unknown): boolean =>
  causesOf(error).some(({ code }) => code === 'P2002' || code === '23505')

/** True when the row, or one that it refers to, was not there any more. */
export const isGone = (error: unknown): boolean =>
  causesOf(error).some(({ code }) => code === 'P2025' || code === 'P2003' || code === '23503')

/** Turns what means that the database does not answer into a Failure `unavailable`; gives back any other error as it is. */
export function explainDatabaseError(error: unknown): unknown {
  if (error instanceof Failure) return error
  const away = causesOf(error).some(
    ({ code, message }) => UNAVAILABLE.test(code) || UNAVAILABLE_MESSAGES.test(message),
  )
  return away ? databaseUnavailable(error) : error
}

const databaseUnavailable = (cause: unknown) =>
  new Failure(
    'unavailable',
    'The database does not answer.',
    {
      reason: 'database-unavailable',
      remedy: 'Try again in a moment.',
      retryAfterSeconds: 5,
    },
    { cause },
  )

const databaseBusy = (cause: unknown) =>
  new Failure(
    'unavailable',
    'Too much was changed at the same moment.',
    { reason: 'database-busy', remedy: 'Try again in a moment.', retryAfterSeconds: 1 },
    { cause },
  )

interface Cause {
  code: string
  message: string
}

/** An error and its causes, Prisma's, the driver's and PostgreSQL's alike; `code` is empty where there is none. */
function causesOf(error: unknown): Cause[] {
  const causes: Cause[] = []
  for (let e = error; e instanceof Error; e = e.cause) {
    const { code } = e as { code?: unknown }
    causes.push({ code: typeof code === 'string' ? code : '', message: e.message })
    if (e instanceof Prisma.PrismaClientKnownRequestError) {
      const original = (e.meta as { driverAdapterError?: { cause?: { originalCode?: unknown } } } | undefined)
        ?.driverAdapterError?.cause?.originalCode
      if (typeof original === 'string') causes.push({ code: original, message: '' })
    }
  }
  return causes
}
