import 'server-only'
import { now } from '../platform/clock'
import { Prisma } from '../platform/db/generated/client'
import { inTransaction } from '../platform/db/transaction'

/** How long a job that has ended is shown. What it found stays where it belongs; its audit events stay for ever. */
export const JOBS_KEPT_DAYS = 30
const DAY_MS = 86_400_000
/** What one statement removes, so that none is given up for the time it takes. */
const JOBS_AT_ONCE = 500
const ITEMS_AT_ONCE = 20_000

/** Removes jobs that ended long ago, but for the last one of each extension, whose page shows how it went. */
export async function forgetJobs(signal: AbortSignal): Promise<void> {
  const before = new Date(now().getTime() - JOBS_KEPT_DAYS * DAY_MS)
  const old = Prisma.sql`
    job.state IN ('succeeded', 'failed', 'canceled') AND job."finishedAt" < ${before}
    AND NOT EXISTS (SELECT FROM extension WHERE extension."jobId" = job.id)`
  // One job may have found a million things: these go first, as many at a time as go in time.
  await untilFew(
    ITEMS_AT_ONCE,
    signal,
    Prisma.sql`
    DELETE FROM job_item WHERE ctid = ANY(ARRAY(
      SELECT item.ctid FROM job JOIN job_item AS item ON item."spaceId" = job."spaceId" AND item."jobId" = job.id
      WHERE ${old} LIMIT ${ITEMS_AT_ONCE}
    ))`,
  )
  await untilFew(
    JOBS_AT_ONCE,
    signal,
    Prisma.sql`
    DELETE FROM job WHERE id IN (SELECT id FROM job WHERE ${old} LIMIT ${JOBS_AT_ONCE})`,
  )
}

/** Runs a statement again as long as it finds as much as it takes at once. */
async function untilFew(most: number, signal: AbortSignal, statement: Prisma.Sql): Promise<void> {
  let removed = most
  while (removed === most && !signal.aborted) removed = await inTransaction((tx) => tx.$executeRaw(statement))
}
