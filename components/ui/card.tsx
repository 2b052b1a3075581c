import { type ReactNode, useId } from 'react'
import { classes } from './classes'

export interface CardProps {
  title?: ReactNode
  /** Beside the title: a status, a badge; the last one can take `className="end"`. */
  aside?: ReactNode
  footer?: ReactNode
  /** 20 px inside; leave it off for tables and lists, which bring their own. */
  padded?: boolean
  className?: string
  children: ReactNode
}

/** A bordered plane. Inside it, lines; never another card. */
export function Card({ title, aside, footer, padded, className, children }: CardProps) {
  const titleId = useId()
  return (
    <section className={classes('card', className)} aria-labelledby={title ? titleId : undefined}>
      {title && (
        <header>
          <h2 className="h3" id={titleId}>
            {title}
          </h2>
          {aside}
        </header>
      )}
      {padded ? <div className="card-pad">{children}</div> : children}
      {footer && <footer>{footer}</footer>}
    </section>
  )
}
