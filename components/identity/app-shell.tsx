'use client'

import { useQuery } from '@tanstack/react-query'
import { usePathname } from 'next/navigation'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import type { NavEntry } from '#components/layout/nav'
import { Shell } from '#components/layout/shell'
import { projectEntries } from '#components/projects/project-pages'
import type { IconName } from '#components/ui/icon'
import { useOnce } from '#components/ui/use-once'
import { sessionQuery, useSignOut } from '#lib/client/session'
import { PAGES, type PageId } from '#lib/domain/identity/pages'
import type { Session } from '#lib/domain/identity/wire'
import { crumbsOfPath } from './crumbs-of-path'
import { SessionEnded } from './session-ended'

const ChangePasswordDialog = lazy(async () => ({
  default: (await import('./change-password-dialog')).ChangePasswordDialog,
}))

const ICONS: Record<PageId, IconName> = {
  overview: 'gauge',
  extensions: 'puzzle',
  connections: 'plug',
  'api-nodes': 'server',
  users: 'users',
  settings: 'sliders',
  projects: 'folder',
}

const OWN_KEYS = { id: '/keys', label: 'Your API keys', group: 'Pages', href: '/keys', icon: 'key' } as const
const API_DOCS = {
  id: '/api/docs',
  label: 'API',
  group: 'Pages',
  href: '/api/docs',
  icon: 'external',
} as const

/** The entries of the navigation: the pages that are open to this person, Projects under a line. */
function navOf(pages: readonly PageId[]): NavEntry[] {
  const open = PAGES.filter(({ id }) => pages.includes(id))
  return open.map(({ id, href, label }) => ({
    href,
    label,
    icon: ICONS[id],
    line: id === 'projects' && open.length > 1,
  }))
}

interface AppShellProps {
  /** As the server knew it when the page was asked for. */
  session: Session
  children: ReactNode
}

/** The frame of every page once one is in: it knows who one is and which pages are open, and notices when that changes. */
export function AppShell({ session: initialData, children }: AppShellProps) {
  const { data: session } = useQuery({ ...sessionQuery(), initialData })
  const pathname = usePathname()
  const signOut = useSignOut()
  const [changing, setChanging] = useState(false)
  const changes = useOnce(changing)
  const { space, home, pages, user, name } = session
  return (
    <>
      <Shell
        space={space.name}
        homeHref={home}
        person={{ name: user?.name ?? name, login: user?.login ?? name }}
        nav={navOf(pages)}
        rail={/^\/projects\/[^/]/.test(pathname)}
        crumbs={crumbsOfPath(pathname, { space: space.name, home })}
        entries={[...projectEntries(pathname), OWN_KEYS, API_DOCS]}
        userEntries={[
          { kind: 'link', label: 'Your API keys', icon: 'key', href: '/keys' },
          { kind: 'link', label: 'API', icon: 'external', href: '/api/docs' },
          { label: 'Change password', icon: 'lock', onSelect: () => setChanging(true) },
        ]}
        onSignOut={() => signOut.mutate(undefined, { onSuccess: () => window.location.assign('/sign-in') })}
      >
        {children}
      </Shell>
      {changes && (
        <Suspense>
          <ChangePasswordDialog open={changing} onOpenChange={setChanging} />
        </Suspense>
      )}
      <SessionEnded />
    </>
  )
}
