'use client'

import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { AccessGate } from '#components/access/access-gate'
import { Page, PageHeader } from '#components/layout/page'
import { Skeleton } from '#components/ui/skeleton'
import { TabLinks } from '#components/ui/tab-links'
import { connectionQuery, dependentsQuery } from '#lib/client/connections'
import { CONNECTION_TYPE_LABEL } from '#lib/domain/connections/params'
import type { ConnectionDetail } from '#lib/domain/connections/wire'
import { formatQuantity } from '#lib/domain/format'
import { addressOf } from './connections-table'
import { CreateDataset } from './create-dataset'

export type ConnectionTab = '' | 'settings' | 'permissions' | 'access' | 'activity'

const TABS: [tab: ConnectionTab, label: string][] = [
  ['', 'Overview'],
  ['settings', 'Settings'],
  ['permissions', 'Permissions'],
  ['access', 'Who can access'],
  ['activity', 'Activity'],
]

interface FrameProps {
  name: string
  tab: ConnectionTab
  /** The tab's page; `ended` says why nothing can be saved any more. */
  children: (connection: ConnectionDetail, ended: string | null) => ReactNode
}

/** What all pages of one connection share: who may open it, its head and its tabs. */
export function ConnectionFrame({ name, tab, children }: FrameProps) {
  const query = useQuery(connectionQuery(name))
  return (
    <AccessGate
      query={query}
      name={name}
      loading={
        <Page>
          <Skeleton label={`Loading ${name}`} />
        </Page>
      }
      back={{ href: '/launchpad/connections', label: 'Back to Connections' }}
    >
      {(connection, ended) => (
        <Page tabs>
          <Head connection={connection} tab={tab} ended={ended} />
          <TabLinks label={connection.name} items={tabsOf(connection)} current={addressOf(name, tab)} />
          {children(connection, ended)}
        </Page>
      )}
    </AccessGate>
  )
}

/** Where a tab's own actions appear in the head: filled by `HeadActions` of the tab. */
export const HEAD_ACTIONS_ID = 'connection-actions'

interface HeadProps {
  connection: ConnectionDetail
  tab: ConnectionTab
  ended: string | null
}

function Head({ connection, tab, ended }: HeadProps) {
  const { canAudit } = connection.abilities
  const dependents = useQuery({ ...dependentsQuery(connection.name), enabled: canAudit })
  const facts = [
    CONNECTION_TYPE_LABEL,
    connection.managedBy && `managed by extension ${connection.managedBy.label} · read only`,
    dependents.data &&
      dependents.data.total > 0 &&
      `${formatQuantity(dependents.data.total, 'dataset')} in ${formatQuantity(dependents.data.projects, 'project')}`,
  ]
  return (
    <PageHeader
      mono
      title={connection.name}
      description={facts.filter(Boolean).join(' · ')}
      actions={
        <>
          {tab !== 'settings' && connection.abilities.canUse && (
            <CreateDataset connection={connection} ended={ended} />
          )}
          <span className="contents" id={HEAD_ACTIONS_ID} />
        </>
      }
    />
  )
}

const tabsOf = ({ name, abilities }: ConnectionDetail) =>
  TABS.filter(([tab]) => tab === '' || abilities.canAudit).map(([tab, label]) => ({
    label,
    href: addressOf(name, tab),
  }))
