'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { AccessGate } from '#components/access/access-gate'
import { Page, PageHeader } from '#components/layout/page'
import { ButtonLink } from '#components/ui/button'
import { EmptyState, NoMatches } from '#components/ui/empty-state'
import { SearchField } from '#components/ui/search-field'
import { Skeleton } from '#components/ui/skeleton'
import { connectionsQuery } from '#lib/client/connections'
import type { ConnectionItem, ConnectionList } from '#lib/domain/connections/wire'
import { formatQuantity } from '#lib/domain/format'
import { ConnectionsTable } from './connections-table'

/** Who may reach which storage. */
export function ConnectionsPage() {
  const query = useQuery(connectionsQuery())
  return (
    <Page>
      <PageHeader
        title="Connections"
        description="Who may reach which storage. Managed ones come from extensions."
        actions={query.data?.canAdd && <AddConnection />}
      />
      <AccessGate
        query={query}
        name="the connections"
        loading={<Skeleton label="Loading connections" rows={3} />}
        back={{ href: '/launchpad', label: 'Back to Overview' }}
      >
        {(list) => (list.items.length === 0 ? <NoConnections list={list} /> : <Listed list={list} />)}
      </AccessGate>
    </Page>
  )
}

const AddConnection = () => (
  <ButtonLink variant="primary" icon="plus" href="/launchpad/connections/new">
    Add a connection
  </ButtonLink>
)

function Listed({ list }: { list: ConnectionList }) {
  const [search, setSearch] = useState('')
  const shown = list.items.filter((item) => matches(item, search.trim().toLowerCase()))
  const total = formatQuantity(list.items.length, 'connection')
  return (
    <>
      <div className="row wrap mb-3">
        <SearchField
          page
          className="w-90 max-w-full"
          label="Search connections"
          placeholder="Search by name, group or bucket"
          value={search}
          onValueChange={setSearch}
        />
        <span className="small muted end only-l" role="status">
          {shown.length === list.items.length ? total : `${shown.length} of ${total}`}
        </span>
      </div>
      {shown.length === 0 ? (
        <NoMatches what="connections" onClear={() => setSearch('')} />
      ) : (
        <div className="card">
          <ConnectionsTable items={shown} ask={list.ask} />
        </div>
      )}
    </>
  )
}

function matches(item: ConnectionItem, search: string): boolean {
  const texts = [
    item.name,
    item.description,
    item.bucket,
    item.region,
    item.managedBy?.label,
    ...(item.usableBy?.names.map((one) => one.name) ?? []),
  ]
  return search === '' || texts.some((text) => text?.toLowerCase().includes(search))
}

function NoConnections({ list }: { list: ConnectionList }) {
  if (!list.canAdd) {
    return (
      <EmptyState icon="plug" title="No connections yet">
        A connection opens a bucket to groups and people. Nobody has made one that you may know of. Ask:{' '}
        {list.ask.join(', ')}.
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon="plug"
      title="No connections yet"
      actions={
        <ButtonLink href="/launchpad/extensions" icon="puzzle">
          Extensions
        </ButtonLink>
      }
    >
      A connection opens a bucket to groups and people. Add one of your own, or activate an extension: it
      brings the connection to its audit logs along.
    </EmptyState>
  )
}
