import 'server-only'
import { countInWindow } from '../access/rate-limit'
import { now } from '../platform/clock'
import { database } from '../platform/db/client'
import { inTransaction } from '../platform/db/transaction'

export const CHECK_EVERY_MS = 5 * 60_000
const KEPT_DAYS = 30

/** Takes the live connections whose turn it is, each for one worker alone, all spaces together. */
export async function takeDueConnections(): Promise<{ id: string; spaceId: string }[]> {
  const since = new Date(now().getTime() - CHECK_EVERY_MS)
  const due = await database().connection.findMany({
    where: { removedAt: null, tests: { none: { at: { gt: since } } } },
    select: { id: true, spaceId: true },
  })
  const mine: typeof due = []
  for (const connection of due) {
    const turn = await inTransaction((tx) => countInWindow(tx, `check|${connection.id}`, CHECK_EVERY_MS / 5))
    if (turn === 1) mine.push(connection)
  }
  return mine
}

/** Forgets what the repeated checks found more than a month ago; tests that people made stay. */
export async function forgetOldTests(): Promise<void> {
  const before = new Date(now().getTime() - KEPT_DAYS * 86_400_000)
  await database().connectionTest.deleteMany({ where: { trigger: 'schedule', at: { lt: before } } })
}
