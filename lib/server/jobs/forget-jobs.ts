import 'server-only'
import { now } from '../platform/clock'
import { inTransaction } from '../platform/db/transaction'

/** How long a job that has ended is shown. What it found stays where it belongs; its audit events stay for ever. */
export const JOBS_KEPT_DAYS = 30
const DAY_MS = 86_400_000
/** Jobs that one statement removes, with all that they have found. */
const AT_ONCE = 500

/** Removes jobs that ended long ago, but for the last one of each extension, whose page shows how it went. */
export async function forgetJobs(signal: AbortSignal): Promise<void> {
  const before = new Date(now().getTime() - JOBS_KEPT_DAYS * DAY_MS)
  let removed: number
  do {
    removed = await inTransaction(
      (tx) => tx.$executeRaw`
        DELETE FROM job WHERE id IN (
          SELECT id FROM job AS old
          WHERE old.state IN ('succeeded', 'failed', 'canceled') AND old."finishedAt" < ${before}
            AND NOT EXISTS (SELECT FROM extension WHERE extension."jobId" = old.id)
          LIMIT ${AT_ONCE}
        )`,
    )
  } while (removed === AT_ONCE && !signal.aborted)
}
