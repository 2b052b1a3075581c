import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import { Failure } from '#lib/domain/errors'
import { database, type Tx } from './client'
import { Prisma } from './generated/client'

const ATTEMPTS = 5
/** Serialisation failure, dead lock, and Prisma's name for a write conflict: a retry may well succeed. */
const RETRIED = new Set(['P2034', '40001', '40P01'])
/** Cannot reach, authentication failed, timed out reaching, closed, pool exhausted. */
const UNREACHABLE = new Set([
  'P1000',
  'P1001',
  'P1002',
  'P1008',
  'P1017',
  'P2024',
  'ECONNREFUSED',
  'ECONNRESET',
  '57P01',
  '57P03',
])

/** Runs `work` in one transaction; conflicts are tried again, an unreachable database is `unavailable`. */
export async function inTransaction<T>(work: (tx: Tx) => Promise<T>, timeoutMs = 5_000): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await database().$transaction(work, { maxWait: 5_000, timeout: timeoutMs })
    } catch (error) {
      if (error instanceof Failure) throw error
      const codes = errorCodes(error)
      if (attempt < ATTEMPTS && codes.some((code) => RETRIED.has(code))) {
        await sleep(10 * 2 ** attempt)
        continue
      }
      if (codes.some((code) => UNREACHABLE.has(code))) throw databaseUnavailable(error)
      throw error
    }
  }
}

/** True when a unique index refused the row. */
export const isUniqueViolation = (error: unknown): boolean =>
  errorCodes(error).some((code) => code === 'P2002' || code === '23505')

export const databaseUnavailable = (cause: unknown) =>
  new Failure(
    'unavailable',
    'The database cannot be reached.',
    {
      reason: 'database-unavailable',
      remedy: 'Try again in a moment. Nothing was changed.',
      retryAfterSeconds: 5,
    },
    { cause },
  )

/** The codes that an error and its causes carry, Prisma's and PostgreSQL's alike. */
function errorCodes(error: unknown): string[] {
  const codes: string[] = []
  for (let e = error; e instanceof Error; e = e.cause) {
    const { code } = e as { code?: unknown }
    if (typeof code === 'string') codes.push(code)
    if (e instanceof Prisma.PrismaClientKnownRequestError) {
      const original = (e.meta as { driverAdapterError?: { cause?: { originalCode?: unknown } } } | undefined)
        ?.driverAdapterError?.cause?.originalCode
      if (typeof original === 'string') codes.push(original)
    }
  }
  return codes
}
