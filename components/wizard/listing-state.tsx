'use client'

import { Button, LinkButton } from '#components/ui/button'
import { ErrorState } from '#components/ui/error-state'
import { Progress } from '#components/ui/progress'
import { formatCount, formatQuantity } from '#lib/domain/format'
import { type Listing, SCAN_BUDGET } from './use-listing'

const KEYS_PER_REQUEST = 1_000

interface ListingStateProps {
  listing: Listing<{ complete: boolean }>
  /** What it does: `"Listing files"`. */
  label: string
  onList: (whole: boolean) => void
  /** The failure is told at a field already. */
  told?: boolean
}

/** How a listing goes: its progress with its cost, what ended it early, why it failed. */
export function ListingState({ listing, label, onList, told }: ListingStateProps) {
  const { busy, done, error, stopped, report } = listing
  if (busy) {
    return (
      <Progress
        label={label}
        done={done}
        unit="objects"
        detail={done > KEYS_PER_REQUEST ? sayCost(done) : undefined}
        onCancel={listing.cancel}
        cancelling={listing.cancelling}
      />
    )
  }
  if (error) return told ? null : <Failed error={error} onRetry={() => onList(false)} />
  if (stopped) {
    return (
      <p className="small row wrap" role="status">
        <span>{`Stopped after ${formatQuantity(done, 'object')}: what stands here is what was found so far.`}</span>
        <LinkButton onClick={() => onList(false)}>List again</LinkButton>
      </p>
    )
  }
  if (report && !report.complete) {
    return (
      <p className="small row wrap" role="status">
        <span>{`Stopped at the scan budget of ${formatCount(SCAN_BUDGET)} objects. ${sayCost(null)}`}</span>
        <LinkButton onClick={() => onList(true)}>List everything</LinkButton>
      </p>
    )
  }
  return null
}

const sayCost = (objects: number | null) =>
  objects === null
    ? 'Going on costs one request per 1,000 objects.'
    : `${formatQuantity(Math.ceil(objects / KEYS_PER_REQUEST), 'request')} to S3 so far`

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
