'use client'

import type { ReactNode } from 'react'
import { ErrorState } from '#components/ui/error-state'
import type { JobError } from '#lib/domain/progress/wire'

interface JobFailureProps {
  error: JobError
  onRetry?: () => void
  actions?: ReactNode
}

/** Why a job failed: what, where, what to do or whom to ask. */
export function JobFailure({ error, onRetry, actions }: JobFailureProps) {
  const { message, where, remedy, reason, ask = [] } = error
  return (
    <ErrorState
      title={message}
      where={where}
      remedy={remedy ?? (ask.length > 0 ? `Ask: ${ask.join(', ')}.` : undefined)}
      reason={reason}
      onRetry={onRetry}
      actions={actions}
    />
  )
}
