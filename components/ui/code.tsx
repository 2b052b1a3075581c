import type { ReactNode } from 'react'
import { CopyButton } from './copy-button'

interface CodeProps {
  /** What it is, for its name and the copy button's: `"Policy statement"`. */
  label: string
  /** The text that is copied, and shown unless there are children. */
  value: string
  children?: ReactNode
}

/** A block of text to quote or copy. */
export function Code({ label, value, children }: CodeProps) {
  return (
    <div className="code-box">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a block that scrolls must be reachable by keyboard */}
      <section className="code" tabIndex={0} aria-label={label}>
        {children ?? value}
      </section>
      <CopyButton value={value} label={`Copy ${label.charAt(0).toLowerCase()}${label.slice(1)}`} />
    </div>
  )
}
