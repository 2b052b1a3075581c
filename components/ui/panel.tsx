'use client'

import { type CSSProperties, type ReactNode, useId } from 'react'
import { Button } from './button'

export interface PanelProps {
  title: ReactNode
  /** Buttons between the title and ✕. */
  actions?: ReactNode
  footer?: ReactNode
  /** The accessible name of ✕: `"Close record"`. */
  closeLabel?: string
  onClose: () => void
  /** 400 px without; below 768 px it is a sheet from the bottom. */
  width?: number
  children: ReactNode
}

/** The side panel of a work area: the facts and actions of the chosen thing. Escape inside closes it. */
export function Panel({
  title,
  actions,
  footer,
  closeLabel = 'Close',
  onClose,
  width,
  children,
}: PanelProps) {
  const titleId = useId()
  return (
    <aside
      className="panel"
      style={width ? ({ '--panel-width': `${width}px` } as CSSProperties) : undefined}
      aria-labelledby={titleId}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onClose()
      }}
    >
      <div className="panel-head">
        <h2 id={titleId}>{title}</h2>
        <span className="end" />
        {actions}
        <Button variant="ghost" small square icon="x" aria-label={closeLabel} onClick={onClose} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: an area that scrolls must be reachable by keyboard */}
      <section className="panel-body" tabIndex={0} aria-labelledby={titleId}>
        {children}
      </section>
      {footer && <div className="panel-foot">{footer}</div>}
    </aside>
  )
}
