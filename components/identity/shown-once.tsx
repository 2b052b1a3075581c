'use client'

import type { ReactNode } from 'react'
import { Banner } from '#components/ui/banner'
import { Button } from '#components/ui/button'
import { Code } from '#components/ui/code'

interface ShownOnceProps {
  /** What it is, for its name and the copy button's: `"Invitation link"`. */
  label: string
  value: string
  /** How it is used. */
  example?: ReactNode
  /** What it is for and until when. */
  children: ReactNode
  onDone: () => void
}

/** A link or a key that can be copied now and never again. */
export function ShownOnce({ label, value, example, children, onDone }: ShownOnceProps) {
  return (
    <div className="form min-w-0 grid-cols-1">
      <Banner tone="ok" title="Copy it now: it is shown this one time.">
        <p>{children}</p>
      </Banner>
      <Code label={label} value={value}>
        <span className="block break-all whitespace-pre-wrap pr-6">{value}</span>
      </Code>
      {example}
      <div className="row dialog-actions">
        <Button variant="primary" onClick={onDone}>
          Done
        </Button>
      </div>
    </div>
  )
}
