'use client'

import type { ListingScope } from '#lib/domain/datasets/files-wire'
import type { ScanBudget } from '#lib/domain/datasets/say-scan'
import type { WizardState } from '#lib/domain/datasets/wizard'
import { problemsOf } from '#lib/domain/datasets/wizard-problems'
import type { PartitionTotalsWire } from '#lib/domain/partitioning/ledger-wire'
import type { WizardSource } from './use-wizard-source'

type Partitions = WizardSource['partitions']

export interface PartitionsListing {
  listing: Partitions
  /** Those found so far, or last. */
  found: readonly PartitionTotalsWire[]
  /** They are of the settings as they stand. */
  isCurrent: boolean
  /** What the last listing says, once none is under way. */
  report: Partitions['report']
  /** More may come, or was left. */
  isPart: boolean
  /** Lists; without a budget it is told first what that takes. */
  list: (budget?: ScanBudget, scope?: ListingScope) => void
  /** Why nothing can be listed, with its field. */
  cannot: string | null
}

/** The partitions as they were listed last, beside the settings as they stand. */
export function usePartitionsListing(state: WizardState, source: WizardSource): PartitionsListing {
  const { definition } = state
  const { partitions: listing, found, partitionsAreCurrent: isCurrent } = source
  const report = listing.busy ? null : listing.report
  const mistake = problemsOf(state).find(
    ({ tab, severity }) => severity === 'error' && (tab === 'partitioning' || tab === 'files'),
  )
  const list = (budget?: ScanBudget, scope?: ListingScope) => {
    source.settle(definition)
    if (budget === undefined) listing.ask(definition, scope)
    else listing.start(definition, budget)
  }
  return {
    listing,
    found,
    isCurrent,
    report,
    isPart: listing.busy || listing.stopped || report?.complete === false,
    list,
    cannot: mistake ? `${mistake.field}: ${mistake.message}` : null,
  }
}
