'use client'

import { useState } from 'react'
import { useDatasetScanCost } from '#lib/client/datasets'
import { isToBeAsked } from '#lib/domain/datasets/say-scan'
import type { ScanCost } from '#lib/domain/datasets/scan-cost'

interface CostFirst {
  /** Starts the listing where a page holds everything; otherwise tells first, as `cost`, what it takes. */
  ask: () => void
  /** It is being looked what it takes. */
  looking: boolean
  /** Waits for a yes or no; null where nobody asked. */
  cost: ScanCost | null
  goOn: () => void
  dismiss: () => void
}

/** Tells what the listing of a dataset takes before `start` begins it. */
export function useCostFirst(projectKey: string, name: string, start: () => void): CostFirst {
  const look = useDatasetScanCost(projectKey, name)
  const [cost, setCost] = useState<ScanCost | null>(null)
  const goOn = () => {
    setCost(null)
    start()
  }
  const ask = () => {
    setCost(null)
    look.mutate(undefined, {
      onSuccess: (told) => (isToBeAsked(told) ? setCost(told) : start()),
      // What cannot be looked at is told by the listing itself.
      onError: start,
    })
  }
  return { ask, looking: look.isPending, cost, goOn, dismiss: () => setCost(null) }
}
