import { ApiError } from '#lib/client/api'
import { isToBeAsked } from '#lib/domain/datasets/say-scan'
import type { ScanCost } from '#lib/domain/datasets/scan-cost'

/** What a look at what a listing takes came to. */
export type Look = { cost: ScanCost } | { error: unknown }

/**
 * What follows a look: nothing where the settings or the question have changed meanwhile, the listing, a question first, or
 * the refusal instead. What else cannot be looked at is told by the listing itself, which ends with its budget.
 */
export function afterLook(look: Look, isOutdated: boolean): 'nothing' | 'list' | 'ask' | 'refuse' {
  if (isOutdated) return 'nothing'
  if ('cost' in look) return isToBeAsked(look.cost) ? 'ask' : 'list'
  return look.error instanceof ApiError && REFUSALS.has(look.error.problem.code) ? 'refuse' : 'list'
}

/** The listing would not be told more, or would be one more of too many. */
const REFUSALS: ReadonlySet<string> = new Set(['unauthenticated', 'forbidden', 'limit_exceeded'])
