'use client'

import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { Page, PageHeader } from '#components/layout/page'
import { TabLinks } from '#components/ui/tab-links'

const TABS = [
  { href: '/launchpad/users', label: 'Users' },
  { href: '/launchpad/users/groups', label: 'Groups' },
  { href: '/launchpad/users/invites', label: 'Invitations' },
  { href: '/launchpad/users/keys', label: 'Global API keys' },
] as const

export const BACK = { href: '/', label: 'To the start page' } as const

/** The pages about who is who in this space. */
export function UsersFrame({ actions, children }: { actions?: ReactNode; children: ReactNode }) {
  const pathname = usePathname()
  return (
    <Page tabs>
      <PageHeader
        title="Users & access management"
        description="Who belongs to this space, in which groups. What groups and people may use is decided at each connection and project."
        actions={actions}
      />
      <TabLinks label="Users and access" items={TABS} current={pathname} />
      <div className="mt-6">{children}</div>
    </Page>
  )
}
