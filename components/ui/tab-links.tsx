import Link from 'next/link'
import { classes } from './classes'
import { type Mark, MarkIcon, MarkWords } from './tab-mark'

export interface TabLink {
  href: string
  label: string
  mark?: Mark
  count?: number
}

export interface TabLinksProps {
  /** The accessible name of the navigation: `"Dataset"`. */
  label: string
  items: readonly TabLink[]
  /** The href of the tab that is open. */
  current: string
  className?: string
}

/** Tabs whose panels are pages: links, the open one with `aria-current`. */
export function TabLinks({ label, items, current, className }: TabLinksProps) {
  return (
    <nav className={classes('tabs', className)} aria-label={label}>
      {items.map((item) => (
        <Link
          key={item.href}
          href={item.href}
          className="tab"
          aria-current={item.href === current ? 'page' : undefined}
        >
          {item.mark && <MarkIcon mark={item.mark} />}
          {item.label}
          {item.count !== undefined && <span className="count">{item.count}</span>}
          {item.mark && <MarkWords mark={item.mark} />}
        </Link>
      ))}
    </nav>
  )
}
