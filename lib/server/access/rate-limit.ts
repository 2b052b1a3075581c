import 'server-only'
import { now } from '../platform/clock'
import type { Tx } from '../platform/db/client'

/** Counts an attempt (or several) under `key` and returns how many there are in the present window, over all processes. */
export async function countInWindow(tx: Tx, key: string, windowMs: number, times = 1): Promise<number> {
  const startedAt = windowStart(windowMs)
  const row = await tx.rateWindow.upsert({
    where: { key_startedAt: { key, startedAt } },
    create: { key, startedAt, count: times },
    update: { count: { increment: times } },
  })
  return row.count
}

/** When the present window of this length began. */
export const windowStart = (windowMs: number): Date =>
  new Date(Math.floor(now().getTime() / windowMs) * windowMs)

/** Whole seconds until the present window is over, at least one: what Retry-After says. */
export function secondsToWindowEnd(windowMs: number): number {
  const leftMs = windowStart(windowMs).getTime() + windowMs - now().getTime()
  return Math.max(1, Math.ceil(leftMs / 1000))
}

/** Forgets windows that ended more than a day ago. */
export async function forgetOldWindows(tx: Tx): Promise<void> {
  await tx.rateWindow.deleteMany({ where: { startedAt: { lt: new Date(now().getTime() - 86_400_000) } } })
}
