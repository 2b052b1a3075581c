import type { ReactNode } from 'react'
import { classes } from '#components/ui/classes'

export interface PageHeaderProps {
  title: ReactNode
  /** The title is a name that is quoted. */
  mono?: boolean
  badge?: ReactNode
  description?: ReactNode
  /** At the right, the primary action last. */
  actions?: ReactNode
}

/** The head of a page where one decides: its title and its one primary action, top right. */
export function PageHeader({ title, mono, badge, description, actions }: PageHeaderProps) {
  const heading = <h1 className={mono ? 'mono' : undefined}>{title}</h1>
  return (
    <div className="page-head">
      <div>
        {badge ? (
          <div className="row">
            {heading}
            {badge}
          </div>
        ) : (
          heading
        )}
        {description && <p>{description}</p>}
      </div>
      {actions && <div className="row">{actions}</div>}
    </div>
  )
}

interface PageProps {
  /** Tabs follow the head, closer to it. */
  tabs?: boolean
  /** 928 instead of 1136 px wide. */
  narrow?: boolean
  children: ReactNode
}

/** A page where one decides: on the ground, with air around it. */
export function Page({ tabs, narrow, children }: PageProps) {
  return <div className={classes('page', tabs && 'has-tabs', narrow && 'narrow')}>{children}</div>
}

/** A page where one works, edge to edge: dataset, wizard, Flow. It fills the window; its parts scroll. */
export function WorkArea({ children }: { children: ReactNode }) {
  return <div className="work">{children}</div>
}

interface WorkHeaderProps {
  title: ReactNode
  /** A name that is quoted, as most are. */
  mono?: boolean
  badge?: ReactNode
  /** Grey, beside the title, not on small screens. */
  description?: ReactNode
  actions?: ReactNode
}

/** The head of a work area: 52 px, title left, actions right. */
export function WorkHeader({ title, mono = true, badge, description, actions }: WorkHeaderProps) {
  return (
    <div className="ds-head">
      <h1 className={mono ? undefined : 'plain'}>{title}</h1>
      {badge && <span className="row only-l">{badge}</span>}
      {description && <span className="small muted only-l">{description}</span>}
      <div className="row end">{actions}</div>
    </div>
  )
}

/** The part of a work area that scrolls, with the air of its content. */
export function WorkContent({ label, children }: { label: string; children: ReactNode }) {
  return (
    <section
      className="grow min-w-0 overflow-auto"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: an area that scrolls must be reachable by keyboard
      tabIndex={0}
    >
      <div className="stack-6 px-6 pt-5 pb-8 max-md:px-4">{children}</div>
    </section>
  )
}

interface SectionProps {
  title: string
  /** Beside the title: `"Times are UTC"`. */
  note?: ReactNode
  actions?: ReactNode
  children: ReactNode
}

/** A part of a page under its own heading. */
export function Section({ title, note, actions, children }: SectionProps) {
  return (
    <section aria-label={title}>
      <div className="section-head">
        <h2>{title}</h2>
        {note && <p>{note}</p>}
        {actions && <span className="end">{actions}</span>}
      </div>
      {children}
    </section>
  )
}
