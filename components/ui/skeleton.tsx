'use client'

import { type ReactNode, useEffect, useState } from 'react'

const DELAY_MS = 150

/** Shows its content after 150 ms, so that what loads fast does not flicker. */
export function Delayed({ children, delayMs = DELAY_MS }: { children: ReactNode; delayMs?: number }) {
  const [due, setDue] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setDue(true), delayMs)
    return () => clearTimeout(timer)
  }, [delayMs])
  return due ? children : null
}

/** One grey bar of the layout to come. */
export function Bone({ width, height = 10 }: { width: number | string; height?: number }) {
  return <span className="sk" style={{ width, height }} />
}

interface SkeletonProps {
  /** What is loading, said to screen readers: `"Loading connections"`. */
  label: string
  /** Bars in the final layout; by default a list of rows. */
  children?: ReactNode
  rows?: number
}

/** The final layout in grey, from 150 ms on. */
export function Skeleton({ label, children, rows = 5 }: SkeletonProps) {
  return (
    <Delayed>
      <div role="status" aria-label={label}>
        {children ?? <SkeletonRows rows={rows} />}
      </div>
    </Delayed>
  )
}

const WIDTHS = ['62%', '48%', '71%', '55%', '40%']

function SkeletonRows({ rows }: { rows: number }) {
  return (
    <div className="card lines" aria-hidden="true">
      {Array.from({ length: rows }, (_, row) => row).map((row) => (
        <div key={row} className="sk-row">
          <Bone width={WIDTHS[row % WIDTHS.length] ?? '50%'} />
        </div>
      ))}
    </div>
  )
}
