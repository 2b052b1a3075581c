'use client'

import { type ReactNode, useEffect, useRef } from 'react'
import { Banner } from '#components/ui/banner'
import { Button } from '#components/ui/button'
import { Select } from '#components/ui/select'
import {
  KEYS_PER_REQUEST,
  SCAN_BUDGETS,
  type ScanBudget,
  sayBudget,
  sayFolders,
  sayObjects,
  sayTaken,
} from '#lib/domain/datasets/say-scan'
import type { ScanCost } from '#lib/domain/datasets/scan-cost'
import { formatCount, formatQuantity } from '#lib/domain/format'
import type { Listing } from './use-listing'

interface CostFirstProps {
  cost: ScanCost
  /** Objects after which the listing ends; null for all. */
  budget: ScanBudget
  /** Where the scan budget is chosen, unless elsewhere on the page. */
  choice?: ReactNode
  onGoOn: () => void
  onCancel: () => void
}

/** What a listing takes, before it begins: how much there is, the requests and the time, and whether to go on. */
export function CostFirst({ cost, budget, choice, onGoOn, onCancel }: CostFirstProps) {
  const place = useRef<HTMLDivElement>(null)
  // It waits for an answer: where the page is too short for it, its buttons come into view.
  useEffect(() => {
    // Some browsers give a promise, which is nothing that clears an effect up.
    void place.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  const isCut = budget !== null && budget < cost.objects
  const folders = sayFolders(cost)
  const found = sayObjects(cost)
  return (
    <div ref={place}>
      <Banner
        title={`${found.charAt(0).toUpperCase()}${found.slice(1)} here`}
        actions={
          <>
            {choice}
            <Button small variant="primary" onClick={onGoOn}>
              Go on
            </Button>
            <Button small onClick={onCancel}>
              Cancel
            </Button>
          </>
        }
      >
        <p>{`Listing them all takes ${sayTaken(cost, null)}. A request lists up to ${formatCount(KEYS_PER_REQUEST)} objects of a folder.`}</p>
        <p>
          {isCut
            ? `The scan budget ends it after ${formatCount(budget)} objects: ${sayTaken(cost, budget)}.`
            : sayWithin(cost, budget)}
        </p>
        {folders && <p className="wrap-anywhere">{folders}</p>}
        <p className="muted">{`Found by a look that took ${formatQuantity(cost.probes, 'request')}.`}</p>
      </Banner>
    </div>
  )
}

/** What the scan budget means where it may not be used up. */
const sayWithin = ({ certainty }: ScanCost, budget: number | null): string => {
  if (budget === null) return 'No scan budget ends it; Cancel stops it at any time.'
  return certainty === 'exact'
    ? `They are within the scan budget of ${formatCount(budget)} objects.`
    : `The scan budget ends it after ${formatCount(budget)} objects, should there be more.`
}

const BUDGETS = SCAN_BUDGETS.map((budget) => ({ value: String(budget), label: sayBudget(budget) }))

/** The objects after which a listing ends. */
export function BudgetSelect({ listing }: { listing: Listing<unknown> }) {
  return (
    <Select
      className="scan-budget"
      aria-label="Scan budget"
      value={String(listing.budget)}
      choices={BUDGETS}
      onValueChange={(chosen) =>
        listing.setBudget(SCAN_BUDGETS.find((one) => String(one) === chosen) ?? null)
      }
    />
  )
}
