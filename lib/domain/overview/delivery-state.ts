import type { DeliveryRow } from './wire'

/** Acknowledged to readable: above this at p99, delivery is late. */
export const LAG_TARGET_MS = 60_000

export interface DeliveryFacts {
  delivers: boolean
  waiting: number
  waitingSince: string | null
  /** What was kept from before has not been late since then. */
  activeSince: string | null
  lastError: string | null
  lastObjectAt: string | null
}

/** Events may wait a minute for their repeats and some seconds for their object; beyond, or refused by the store, it is late. */
const LATE_MS = 2 * LAG_TARGET_MS

/** True when something that should be delivered is not. */
export function isLate(facts: DeliveryFacts, at: Date): boolean {
  const { delivers, waiting, waitingSince, activeSince, lastError } = facts
  if (!delivers || waiting === 0 || waitingSince === null) return false
  const since = Math.max(Date.parse(waitingSince), activeSince === null ? 0 : Date.parse(activeSince))
  return lastError !== null || at.getTime() - since > LATE_MS
}

/** The word in the State column. */
export function deliveryState(facts: DeliveryFacts, at: Date): DeliveryRow['state'] {
  if (!facts.delivers) return 'off'
  if (isLate(facts, at)) return 'waiting'
  return facts.lastObjectAt === null && facts.waiting === 0 ? 'idle' : 'delivering'
}
