'use client'

import type { ReactNode } from 'react'
import { formatCount } from '#lib/domain/format'
import { Button } from './button'

export interface ProgressProps {
  /** What is done: `"Reading the sample"`. */
  label: string
  done: number
  /** Unknown while counting. */
  total?: number | null | undefined
  /** `"records"`, `"objects"`. */
  unit: string
  /** More facts, after the numbers: `"file 4 of 7 · 3 s"`. */
  detail?: ReactNode
  onCancel?: (() => void) | undefined
  cancelling?: boolean
}

/** Work over a second: its numbers and Cancel. */
export function Progress({ label, done, total, unit, detail, onCancel, cancelling }: ProgressProps) {
  const known = total !== null && total !== undefined && total > 0
  const percent = known ? Math.min(100, (done / total) * 100) : null
  return (
    <fieldset className="progress" aria-label={label}>
      <span>
        <b>{label}</b>{' '}
        <span className="muted">
          · <span className="num">{formatCount(done)}</span>
          {known && (
            <>
              {' '}
              of <span className="num">{formatCount(total)}</span>
            </>
          )}{' '}
          {unit}
          {detail && <> · {detail}</>}
        </span>
      </span>
      {onCancel && (
        <Button small onClick={onCancel} disabledReason={cancelling ? 'It stops within a second.' : null}>
          {cancelling ? 'Stopping…' : 'Cancel'}
        </Button>
      )}
      <div
        className="bar"
        role="progressbar"
        aria-label={`${label}, ${unit}`}
        aria-valuemin={0}
        {...(known ? { 'aria-valuemax': total, 'aria-valuenow': Math.min(done, total) } : {})}
      >
        <i className={percent === null ? 'unknown' : undefined} style={{ width: `${percent ?? 24}%` }} />
      </div>
    </fieldset>
  )
}
