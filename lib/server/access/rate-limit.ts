import 'server-only'
import { now } from '../platform/clock'
import type { Tx } from '../platform/db/client'

/** Counts one attempt under `key` and returns how many there are in the present window, over all processes. */
export async function countInWindow(tx: Tx, key: string, windowMs: number): Promise<number> {
  const startedAt = new Date(Math.floor(now().getTime() / windowMs) * windowMs)
  const row = await tx.rateWindow.upsert({
    where: { key_startedAt: { key, startedAt } },
    create: { key, startedAt, count: 1 },
    update: { count: { increment: 1 } },
  })
  return row.count
}

/** Forgets windows that ended more than a day ago. */
export async function forgetOldWindows(tx: Tx): Promise<void> {
  await tx.rateWindow.deleteMany({ where: { startedAt: { lt: new Date(now().getTime() - 86_400_000) } } })
}
