'use client'

import { type ReactNode, useState } from 'react'
import { formatCount } from '#lib/domain/format'
import { Button } from './button'

interface Shown<T> {
  shown: T[]
  /** Below the list; nothing where all of it is shown. */
  more: ReactNode
}

/** The first rows of a long list, and a button that shows `step` more of them. */
export function useShowMore<T>(rows: readonly T[], step = 200): Shown<T> {
  const [most, setMost] = useState(step)
  const left = rows.length - most
  return {
    shown: rows.slice(0, most),
    more: left > 0 && (
      <div className="row wrap">
        <Button small onClick={() => setMost(most + step)}>
          Show {formatCount(Math.min(step, left))} more
        </Button>
        <span className="small muted" role="status">
          {formatCount(most)} of {formatCount(rows.length)} shown
        </span>
      </div>
    ),
  }
}
