'use client'

import type { ReactNode } from 'react'
import { Banner } from './banner'
import { Button } from './button'
import { CopyButton } from './copy-button'

export interface ErrorStateProps {
  /** What happened, one sentence. */
  title: string
  /** Where: an object's path, a connection's name. */
  where?: string | undefined
  /** What to do. */
  remedy?: ReactNode
  /** The product's own code: `"ERR_DATASET_TRUNCATED_COMPRESSED_DATA"`. */
  reason?: string | undefined
  requestId?: string | undefined
  onRetry?: (() => void) | undefined
  retrying?: boolean
  actions?: ReactNode
}

/** A failure of the page or a panel: what, where, what to do, the request id, Retry. */
export function ErrorState(props: ErrorStateProps) {
  const { title, where, remedy, reason, requestId, onRetry, retrying } = props
  const reference = [reason, requestId && `request ${requestId}`].filter(Boolean).join(' · ')
  const details = [title, where, reference].filter(Boolean).join('\n')
  return (
    <Banner
      tone="bad"
      title={title}
      reference={reference || undefined}
      actions={
        <>
          {onRetry && (
            <Button small busy={retrying} onClick={onRetry}>
              Retry
            </Button>
          )}
          {props.actions}
          <CopyButton value={details} label="Copy details">
            Details
          </CopyButton>
        </>
      }
    >
      {where && <p className="mono where">{where}</p>}
      {remedy && <p>{remedy}</p>}
    </Banner>
  )
}
