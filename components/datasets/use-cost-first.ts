'use client'

import { useEffect, useRef, useState } from 'react'
import { afterLook, type Look } from '#components/wizard/after-look'
import { useDatasetScanCost } from '#lib/client/datasets'
import type { ListingScope } from '#lib/domain/datasets/files-wire'
import type { ScanCost } from '#lib/domain/datasets/scan-cost'
import type { Dataset } from '#lib/domain/datasets/wire'

interface CostFirst {
  /** Starts the listing where a page holds everything; otherwise tells first, as `cost`, what it takes. */
  ask: (scope: ListingScope) => void
  /** It is being looked what it takes. */
  looking: boolean
  /** Waits for a yes or no; null where nobody asked. */
  cost: ScanCost | null
  /** Why it may not be looked or listed; null once one asks again. */
  refusal: unknown
  /** Asks again what was refused. */
  retry: () => void
  goOn: () => void
  dismiss: () => void
}

/** What a look came to, of the settings as they were. */
interface Told {
  version: number
  scope: ListingScope
  cost: ScanCost | null
  refusal: unknown
}

/** Tells what the listing of a dataset takes before `start` begins it. */
export function useCostFirst(
  { projectKey, name, version }: Pick<Dataset, 'projectKey' | 'name' | 'version'>,
  start: (scope: ListingScope) => void,
): CostFirst {
  const look = useDatasetScanCost(projectKey, name)
  const [told, setTold] = useState<Told | null>(null)
  const latest = useRef({ version, question: 0 })
  useEffect(() => {
    latest.current.version = version
  }, [version])
  const shown = told?.version === version ? told : null
  const answer = () => {
    latest.current.question++
    setTold(null)
  }
  const ask = (scope: ListingScope) => {
    answer()
    const { question } = latest.current
    const goOnAfter = (seen: Look) => {
      const isOutdated = latest.current.question !== question || latest.current.version !== version
      const then = afterLook(seen, isOutdated)
      if (then === 'list') start(scope)
      if (then === 'ask' && 'cost' in seen) setTold({ version, scope, cost: seen.cost, refusal: null })
      if (then === 'refuse' && 'error' in seen) setTold({ version, scope, cost: null, refusal: seen.error })
    }
    look.mutate(
      { scope },
      { onSuccess: (cost) => goOnAfter({ cost }), onError: (error) => goOnAfter({ error }) },
    )
  }
  const goOn = () => {
    answer()
    start(shown?.scope ?? 'matching')
  }
  return {
    ask,
    looking: look.isPending,
    cost: shown?.cost ?? null,
    refusal: shown?.refusal ?? null,
    retry: () => ask(shown?.scope ?? 'matching'),
    goOn,
    dismiss: answer,
  }
}
