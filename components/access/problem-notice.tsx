import type { ReactNode } from 'react'
import { ErrorState } from '#components/ui/error-state'
import { ApiError } from '#lib/client/api'

interface ProblemNoticeProps {
  error: unknown
  onRetry?: () => void
  /** What mends it, after Retry. */
  actions?: ReactNode
}

/** What went wrong with a change, above what it was about: what, where, what to do, the request id. */
export function ProblemNotice({ error, onRetry, actions }: ProblemNoticeProps) {
  if (!error) return null
  const problem = error instanceof ApiError ? error.problem : null
  const ask = problem?.details.ask ?? []
  return (
    <ErrorState
      title={problem?.detail ?? 'Something went wrong on this page.'}
      where={problem?.details.where}
      remedy={problem?.details.remedy ?? (ask.length > 0 ? `Ask: ${ask.join(', ')}.` : undefined)}
      reason={problem?.details.reason}
      requestId={problem?.requestId}
      onRetry={onRetry}
      actions={actions}
    />
  )
}
