'use client'

import { ProblemNotice } from '#components/access/problem-notice'
import { LinkButton } from '#components/ui/button'
import { ErrorState } from '#components/ui/error-state'
import { Progress } from '#components/ui/progress'
import { formatQuantity } from '#lib/domain/format'
import type { MetricsJob } from './use-metrics-job'

/** How a computation goes, or why it ended without values. */
export function MetricsState({ computing }: { computing: MetricsJob }) {
  const { job, underWay, startError, start } = computing
  if (startError) return <ProblemNotice error={startError} onRetry={start} />
  if (underWay)
    return (
      <Progress
        label="Computing metrics"
        done={job?.done ?? 0}
        unit="files"
        onCancel={job?.canCancel ? computing.cancel : undefined}
        cancelling={computing.cancelling}
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
        onRetry={start}
      />
    )
  }
  if (job?.state !== 'canceled') return null
  return (
    <p className="small row wrap" role="status">
      <span>{`Stopped after ${formatQuantity(job.done, 'file')}. The values before stay.`}</span>
      <LinkButton onClick={start}>Compute again</LinkButton>
    </p>
  )
}
