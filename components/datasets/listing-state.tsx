'use client'

import { ProblemNotice } from '#components/access/problem-notice'
import { LinkButton } from '#components/ui/button'
import { ErrorState } from '#components/ui/error-state'
import { Progress } from '#components/ui/progress'
import { formatQuantity } from '#lib/domain/format'
import type { DatasetListing } from './use-dataset-listing'

/** How a listing goes, or why it ended without a result. */
export function ListingState({ listing, hasReport }: { listing: DatasetListing; hasReport: boolean }) {
  const { job, underWay, startError } = listing
  if (startError) return <ProblemNotice error={startError} onRetry={listing.start} />
  if (underWay)
    return (
      <Progress
        label="Listing partitions"
        done={job?.done ?? 0}
        unit="objects"
        onCancel={job?.canCancel ? listing.cancel : undefined}
        cancelling={listing.cancelling}
      />
    )
  if (job?.state === 'failed' && job.error) {
    const { message, where, remedy, reason, ask = [] } = job.error
    return (
      <ErrorState
        title={message}
        where={where}
        remedy={remedy ?? (ask.length > 0 ? `Ask: ${ask.join(', ')}.` : undefined)}
        reason={reason}
        onRetry={listing.start}
      />
    )
  }
  if (job?.state !== 'canceled') return null
  return (
    <p className="small row wrap" role="status">
      <span>
        {`Stopped after ${formatQuantity(job.done, 'object')}. ${hasReport ? 'What stands here is the listing before.' : ''}`}
      </span>
      <LinkButton onClick={listing.start}>List again</LinkButton>
    </p>
  )
}
