import { type ReactNode, useId } from 'react'
import { Icon, type IconName } from './icon'

export interface EmptyStateProps {
  icon?: IconName
  title: ReactNode
  /** What this is and why it is empty. */
  children: ReactNode
  /** The one next action, and at most one beside it. */
  actions?: ReactNode
  /** Heading level in its page. */
  level?: 1 | 2
}

/** Nothing here yet: what this is, why it is empty, the next action. */
export function EmptyState({ icon = 'folder', title, children, actions, level = 2 }: EmptyStateProps) {
  const titleId = useId()
  const Heading = level === 1 ? 'h1' : 'h2'
  return (
    <section className="state" aria-labelledby={titleId}>
      <span className="glyph">
        <Icon name={icon} size="l" />
      </span>
      <Heading id={titleId}>{title}</Heading>
      {typeof children === 'string' ? <p>{children}</p> : children}
      {actions && <div className="row wrap">{actions}</div>}
    </section>
  )
}

/** A filter leaves nothing: says so and offers to clear it. */
export function NoMatches({ what, onClear }: { what: string; onClear: () => void }) {
  return (
    <div className="none-left" role="status">
      <span className="muted">No {what} match the filter.</span>
      <button type="button" className="link" onClick={onClear}>
        Clear the filter
      </button>
    </div>
  )
}
