import Link from 'next/link'
import { Icon } from '#components/ui/icon'

export interface Crumb {
  label: string
  /** Without one it is the page itself. */
  href?: string
}

/** Where one is. On a small screen the parent alone, as the way back. */
export function Crumbs({ crumbs }: { crumbs: readonly Crumb[] }) {
  const last = crumbs.length - 1
  return (
    <nav className="crumbs" aria-label="Breadcrumb">
      <ol>
        <li className="only-l" aria-hidden="true" />
        {crumbs.map((crumb, index) => (
          <li
            key={`${crumb.href ?? ''} ${crumb.label}`}
            className={index === last ? 'here' : index === last - 1 ? 'up' : undefined}
          >
            {index === last - 1 && <Icon name="left" className="only-s" />}
            {index < last && crumb.href ? (
              <Link href={crumb.href}>{crumb.label}</Link>
            ) : (
              <span aria-current={index === last ? 'page' : undefined}>{crumb.label}</span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  )
}
