'use client'

import { usePathname, useRouter } from 'next/navigation'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import type { MenuEntry } from '#components/ui/menu'
import type { Crumb } from './crumbs'
import type { GoToEntry } from './go-to-anything'
import { findCurrent, Nav, type NavEntry } from './nav'
import type { Opened } from './shell-overlays'
import { focusPageSearch, useShortcuts } from './shortcuts'
import { Topbar } from './topbar'
import type { Person } from './user-menu'

// What opens on demand comes on demand.
const Overlays = lazy(() => import('./shell-overlays'))

export interface ShellProps {
  /** The name of the space. */
  space: string
  homeHref: string
  person: Person
  nav: readonly NavEntry[]
  /** Icons only, inside a project. */
  rail?: boolean
  /** After "Launchpad /"; the last one is the page. */
  crumbs: readonly Crumb[]
  /** Places for Ctrl K beside the navigation's own. */
  entries?: readonly GoToEntry[]
  search?: (query: string, signal: AbortSignal) => Promise<readonly GoToEntry[]>
  userEntries?: readonly MenuEntry[]
  onSignOut: () => void
  children: ReactNode
}

function navPlaces(nav: readonly NavEntry[]): GoToEntry[] {
  return nav.map((entry) => ({ ...entry, id: entry.href, group: 'Pages' }))
}

/** The frame of every page: top bar, navigation, the page as `main`, and the keys that work everywhere. */
export function Shell(props: ShellProps) {
  const { space, nav, rail, crumbs, entries = [], onSignOut } = props
  const [opened, setOpened] = useState<Opened | null>(null)
  const router = useRouter()
  const pathname = usePathname()
  const current = findCurrent(nav, pathname)
  useShortcuts({
    'mod+k': () => setOpened((now) => (now === 'find' ? null : 'find')),
    '?': () => setOpened('help'),
    '/': focusPageSearch,
  })
  return (
    <>
      <a className="skip" href="#main">
        Skip to the page
      </a>
      <div className="shell" data-nav={rail ? 'rail' : undefined}>
        <Topbar
          homeHref={props.homeHref}
          crumbs={crumbs}
          person={props.person}
          userEntries={props.userEntries}
          onSignOut={onSignOut}
          onMenu={() => setOpened('menu')}
          onFind={() => setOpened('find')}
          onHelp={() => setOpened('help')}
        />
        <Nav entries={nav} current={current} />
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the page scrolls in here, and the skip link leads here */}
        <main id="main" tabIndex={0} aria-label={crumbs.at(-1)?.label ?? space}>
          {props.children}
        </main>
      </div>
      {opened && (
        <Suspense>
          <Overlays
            space={space}
            nav={nav}
            current={current}
            opened={opened}
            onOpen={setOpened}
            entries={[...navPlaces(nav), ...entries]}
            search={props.search}
            onGo={(href) => router.push(href)}
          />
        </Suspense>
      )}
    </>
  )
}
