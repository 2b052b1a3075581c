'use client'

import { useState } from 'react'
import { useDatasetScanCost } from '#lib/client/datasets'
import { useLookFirst } from '#lib/client/look-first'
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
  const look = useLookFirst(useDatasetScanCost(projectKey, name), String(version))
  const [told, setTold] = useState<Told | null>(null)
  const shown = told?.version === version ? told : null
  const answer = () => {
    look.leave()
    setTold(null)
  }
  const ask = (scope: ListingScope) => {
    answer()
    look.ask({ scope }, String(version), (next) => {
      if (next.step === 'list') start(scope)
      if (next.step === 'ask') setTold({ version, scope, cost: next.cost, refusal: null })
      if (next.step === 'refuse') setTold({ version, scope, cost: null, refusal: next.error })
    })
  }
  const goOn = () => {
    answer()
    start(shown?.scope ?? 'matching')
  }
  return {
    ask,
    looking: look.looking,
    cost: shown?.cost ?? null,
    refusal: shown?.refusal ?? null,
    retry: () => ask(shown?.scope ?? 'matching'),
    goOn,
    dismiss: answer,
  }
}
