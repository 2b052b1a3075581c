import 'server-only'
import { Failure } from '#lib/domain/errors'
import { countInWindow, secondsToWindowEnd, windowStart } from '../access/rate-limit'
import type { Tx } from '../platform/db/client'
import { inTransaction } from '../platform/db/transaction'
import { hashSecret } from '../platform/ids'

const WINDOW_MS = 15 * 60_000

export interface Limit {
  key: string
  /** Failed attempts a window. */
  most: number
}

/** What is counted when someone tries a password: one account from one address, and one address on any account. */
export const passwordLimits = (spaceId: string, account: string, address: string): Limit[] => [
  { key: `password|${spaceId}|${hashSecret(account).slice(0, 32)}|${address}`, most: 10 },
  { key: `password|${spaceId}|*|${address}`, most: 50 },
]

/** An attempt that is counted; `giveBack` takes it out again when it succeeded, since only failures are limited. */
export interface Attempt {
  limited: boolean
  giveBack: (tx: Tx) => Promise<void>
}

/** Counts an attempt before it is made, so that many at once cannot slip through. */
export async function countAttempt(limits: Limit[]): Promise<Attempt> {
  const startedAt = windowStart(WINDOW_MS)
  const counts = await inTransaction(async (tx) => {
    const found: number[] = []
    for (const { key } of limits) found.push(await countInWindow(tx, key, WINDOW_MS))
    return found
  })
  return {
    limited: limits.some(({ most }, index) => (counts[index] ?? 0) > most),
    giveBack: async (tx) => {
      await tx.rateWindow.updateMany({
        where: { key: { in: limits.map(({ key }) => key) }, startedAt, count: { gt: 0 } },
        data: { count: { decrement: 1 } },
      })
    },
  }
}

/** What someone hears who has tried too often. */
export function tooManyAttempts(): Failure {
  const retryAfterSeconds = secondsToWindowEnd(WINDOW_MS)
  const minutes = Math.ceil(retryAfterSeconds / 60)
  return new Failure('limit_exceeded', 'There were too many attempts with a wrong password.', {
    reason: 'too-many-attempts',
    remedy: `Try again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`,
    retryAfterSeconds,
  })
}
