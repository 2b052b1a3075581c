'use client'

import type { UseQueryResult } from '@tanstack/react-query'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { Page, PageHeader } from '#components/layout/page'
import { Skeleton } from '#components/ui/skeleton'
import { TabLinks } from '#components/ui/tab-links'
import { GatedPage } from './gated-page'

const TABS = [
  { href: '/launchpad/users', label: 'Users' },
  { href: '/launchpad/users/groups', label: 'Groups' },
  { href: '/launchpad/users/invites', label: 'Invitations' },
  { href: '/launchpad/users/keys', label: 'Global API keys' },
  { href: '/launchpad/users/personal-keys', label: 'Personal API keys' },
] as const

interface UsersFrameProps<T> {
  query: UseQueryResult<T>
  /** What the tab shows: `"the groups"`. */
  name: string
  actions?: ReactNode
  children: (data: T) => ReactNode
}

/** The pages about who is who in this space. */
export function UsersFrame<T>({ query, name, actions, children }: UsersFrameProps<T>) {
  const pathname = usePathname()
  return (
    <GatedPage
      query={query}
      name={name}
      loading={<Skeleton label={`Loading ${name}`} rows={3} />}
      frame={(content) => (
        <Page tabs>
          <PageHeader
            title="Users & access management"
            description="Who belongs to this space, and in which groups."
            actions={actions}
          />
          <TabLinks label="Users and access" items={TABS} current={pathname} />
          <div className="mt-6">{content}</div>
        </Page>
      )}
    >
      {children}
    </GatedPage>
  )
}
