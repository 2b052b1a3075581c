import 'server-only'
import { expect } from 'vitest'
import { database } from '../platform/db/client'

/** Waits until some statement in the database of the test waits for a lock that another holds. */
export const untilOneWaits = () => expect.poll(countWaiting, { timeout: 30_000 }).toBeGreaterThan(0)

async function countWaiting(): Promise<number> {
  const [row] = await database().$queryRaw<{ waiting: number }[]>`
    SELECT count(*)::int AS waiting FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'`
  return row?.waiting ?? 0
}
