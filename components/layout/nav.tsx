import Link from 'next/link'
import { Icon, type IconName } from '#components/ui/icon'

export interface NavEntry {
  href: string
  label: string
  icon: IconName
  /** Someone is needed there: `"1 connection needs attention"`. */
  flag?: string | undefined
  /** A line above it. */
  line?: boolean
}

interface NavProps {
  entries: readonly NavEntry[]
  /** The href of the section that is open. */
  current: string | null
  onChoose?: () => void
}

/** The sections, down the left side or in the sheet of a small screen. */
export function Nav({ entries, current, onChoose }: NavProps) {
  return (
    <nav className="nav" aria-label="Main">
      {entries.map((entry) => (
        <div key={entry.href} style={{ display: 'contents' }}>
          {entry.line && <hr />}
          <Link
            href={entry.href}
            title={entry.label}
            aria-current={entry.href === current ? 'page' : undefined}
            {...(onChoose ? { onClick: onChoose } : {})}
          >
            <Icon name={entry.icon} />
            <span className="txt">{entry.label}</span>
            {entry.flag && (
              <span className="flag">
                <Icon name="alert" />
                <span className="sr">{entry.flag}</span>
              </span>
            )}
          </Link>
        </div>
      ))}
    </nav>
  )
}

/** The entry whose section holds a path: the longest href that begins it. */
export function findCurrent(entries: readonly NavEntry[], pathname: string): string | null {
  const holds = ({ href }: NavEntry) => pathname === href || pathname.startsWith(`${href}/`)
  const sorted = entries.filter(holds).sort((a, b) => b.href.length - a.href.length)
  return sorted[0]?.href ?? null
}
