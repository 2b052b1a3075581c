import type { UseMutationResult } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { isToBeAsked } from '#lib/domain/datasets/say-scan'
import type { ScanCost } from '#lib/domain/datasets/scan-cost'
import { ApiError } from './api'

/** What a look at what a listing takes came to. */
export type Look = { cost: ScanCost } | { error: unknown }

/** What follows a look: nothing, the listing, a question first, or a refusal instead. */
export type AfterLook =
  | { step: 'nothing' }
  | { step: 'list'; cost?: ScanCost }
  | { step: 'ask'; cost: ScanCost }
  | { step: 'refuse'; error: unknown }

/**
 * What follows a look: nothing where the settings or the question have changed meanwhile. What cannot be looked at but for a
 * refusal is told by the listing itself, which ends with its budget.
 */
export function afterLook(look: Look, isOutdated: boolean): AfterLook {
  if (isOutdated) return { step: 'nothing' }
  if ('cost' in look) return { step: isToBeAsked(look.cost) ? 'ask' : 'list', cost: look.cost }
  const isRefused = look.error instanceof ApiError && REFUSALS.has(look.error.problem.code)
  return isRefused ? { step: 'refuse', error: look.error } : { step: 'list' }
}

/** The listing would not be told more, or would be one more of too many. */
const REFUSALS: ReadonlySet<string> = new Set(['unauthenticated', 'forbidden', 'limit_exceeded'])

interface LookFirst<Request> {
  /** Looks, and says what follows; `of` names the settings that are asked about. Ends the question before. */
  ask: (request: Request, of: string, follow: (next: AfterLook) => void) => void
  /** Whatever is being looked at is of no interest any more. */
  leave: () => void
  looking: boolean
}

/** Looks at what a listing takes before it begins. `present` names the settings as they stand. */
export function useLookFirst<Request>(
  look: UseMutationResult<ScanCost, Error, Request>,
  present: string,
): LookFirst<Request> {
  const latest = useRef({ present, question: 0 })
  useEffect(() => {
    latest.current.present = present
  }, [present])
  return {
    ask: (request, of, follow) => {
      const question = ++latest.current.question
      const isOutdated = () => latest.current.question !== question || latest.current.present !== of
      look.mutate(request, {
        onSuccess: (cost) => follow(afterLook({ cost }, isOutdated())),
        onError: (error) => follow(afterLook({ error }, isOutdated())),
      })
    },
    leave: () => {
      latest.current.question++
    },
    looking: look.isPending,
  }
}
