'use client'

import { Button } from '#components/ui/button'
import { ErrorState } from '#components/ui/error-state'
import { LinkButton } from '#components/ui/link-button'
import { Progress } from '#components/ui/progress'
import { KEYS_PER_REQUEST, requestsFor, SCAN_BUDGETS, type ScanBudget } from '#lib/domain/datasets/say-scan'
import { formatCount, formatQuantity } from '#lib/domain/format'
import { BudgetSelect, CostFirst } from './listing-cost'
import type { Listing } from './use-listing'

interface ListingStateProps {
  listing: Listing<{ complete: boolean }>
  /** What it does: `"Listing files"`. */
  label: string
  onList: (budget?: ScanBudget) => void
  /** The failure is told at a field already. */
  told?: boolean
  /** What is known of what the budget left, and what it costs. */
  rest?: string | null
  /** The scan budget is chosen elsewhere on the page. */
  hasBudget?: boolean
}

/** How a listing goes: what it takes before it begins, its progress with its cost, what ended it early, why it failed. */
export function ListingState({ listing, label, onList, told, rest, hasBudget }: ListingStateProps) {
  const { busy, done, error, stopped, report, cost } = listing
  if (cost !== null) {
    return (
      <CostFirst
        cost={cost}
        budget={listing.budget}
        choice={hasBudget ? null : <BudgetSelect listing={listing} />}
        onGoOn={listing.goOn}
        onCancel={listing.dismiss}
      />
    )
  }
  if (busy) {
    return (
      <Progress
        label={label}
        done={done}
        unit="objects"
        detail={sayCost(listing)}
        onCancel={listing.cancel ?? undefined}
        cancelling={listing.cancelling}
      />
    )
  }
  if (error) return told ? null : <Failed error={error} onRetry={() => onList()} />
  if (stopped) {
    return (
      <p className="small row wrap" role="status">
        <span>{`Stopped after ${formatQuantity(done, 'object')}: what stands here is what was found so far.`}</span>
        <LinkButton onClick={() => onList()}>List again</LinkButton>
      </p>
    )
  }
  if (report && !report.complete) {
    return (
      <p className="small row wrap" role="status">
        <span>{`The scan budget ended after ${formatQuantity(done, 'object')}. ${rest ?? EACH_THOUSAND}`}</span>
        {SCAN_BUDGETS.filter((budget) => budget === null || budget > done).map((budget) => (
          <LinkButton key={budget ?? 'all'} onClick={() => onList(budget)}>
            {budget === null ? 'List everything' : `Go on to ${formatCount(budget)}`}
          </LinkButton>
        ))}
      </p>
    )
  }
  return null
}

const EACH_THOUSAND = `Going on costs a request for each ${formatCount(KEYS_PER_REQUEST)} objects.`

/** What a listing under way says of its cost: the estimate that it began with, or what it took so far. */
function sayCost({ done, message }: Listing<unknown>): string | undefined {
  if (message !== '' && message !== formatQuantity(done, 'object')) return message
  return done > KEYS_PER_REQUEST ? `${formatQuantity(requestsFor(done), 'request')} to S3 so far` : undefined
}

function Failed({ error, onRetry }: { error: NonNullable<Listing<unknown>['error']>; onRetry: () => void }) {
  return (
    <ErrorState
      title={error.message}
      where={error.where}
      remedy={
        error.remedy ?? (error.ask && error.ask.length > 0 ? `Ask: ${error.ask.join(', ')}.` : undefined)
      }
      reason={error.reason}
      onRetry={onRetry}
    />
  )
}

/** Says why a listing holds nothing, and looks again. */
export function NothingThere({ because, onCheck }: { because: string; onCheck: () => void }) {
  return (
    <p className="row wrap" role="status">
      <span>{because}</span>
      <span aria-hidden="true">·</span>
      <Button small onClick={onCheck}>
        Check now
      </Button>
    </p>
  )
}
