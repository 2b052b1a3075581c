'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { AccessGate } from '#components/access/access-gate'
import { Health } from '#components/connections/connections-table'
import { ExtensionBadge } from '#components/extensions/extension-badge'
import { Page, PageHeader, Section } from '#components/layout/page'
import { Figures } from '#components/ui/figures'
import { Skeleton } from '#components/ui/skeleton'
import { type Column, Table } from '#components/ui/table'
import { Time } from '#components/ui/time'
import { overviewQuery } from '#lib/client/overview'
import type { Overview } from '#lib/domain/overview/wire'
import { DeliveryTable } from './delivery-table'
import { overviewFigures } from './overview-figures'
import { Troubles } from './troubles'

/** What is delivered, what waits, and what needs someone. */
export function OverviewPage() {
  const query = useQuery(overviewQuery())
  return (
    <Page>
      <PageHeader title="Overview" description="What is delivered, what waits, and what needs you." />
      <AccessGate
        query={query}
        name="the overview"
        loading={<Skeleton label="Loading the overview" rows={8} />}
        back={{ href: '/', label: 'Back' }}
      >
        {(overview) => (
          <div className="stack-6">
            <Troubles troubles={overview.troubles} />
            <Figures items={overviewFigures(overview)} />
            <Section title="Delivery by node type" note="Times are UTC">
              <div className="card">
                <DeliveryTable rows={overview.rows} />
              </div>
            </Section>
            <div className="cols even">
              <Extensions extensions={overview.extensions} />
              <Connections connections={overview.connections} />
            </div>
          </div>
        )}
      </AccessGate>
    </Page>
  )
}

type ExtensionRow = Overview['extensions'][number]

const EXTENSION_COLUMNS: Column<ExtensionRow>[] = [
  {
    id: 'name',
    header: 'Extension',
    card: 'head',
    cell: ({ key, title }) => (
      <Link className={key === title ? 'mono' : undefined} href={`/launchpad/extensions/${key}`}>
        {title}
      </Link>
    ),
  },
  { id: 'state', header: 'State', cell: ({ state }) => <ExtensionBadge state={state} /> },
  {
    id: 'since',
    header: 'Since',
    look: 'when',
    cell: ({ activeSince, changedAt }) => {
      const at = activeSince ?? changedAt
      return at && <Time at={at} />
    },
  },
]

function Extensions({ extensions }: { extensions: Overview['extensions'] }) {
  return (
    <Section title="Extensions">
      <div className="card">
        <Table label="Extensions" columns={EXTENSION_COLUMNS} rows={extensions} rowKey={(row) => row.key} />
      </div>
    </Section>
  )
}

type ConnectionRow = Overview['connections'][number]

const CONNECTION_COLUMNS: Column<ConnectionRow>[] = [
  {
    id: 'name',
    header: 'Connection',
    card: 'head',
    cell: ({ name }) => (
      <Link className="mono" href={`/launchpad/connections/${encodeURIComponent(name)}`}>
        {name}
      </Link>
    ),
  },
  { id: 'health', header: 'Health', cell: ({ health }) => <Health health={health} /> },
  {
    id: 'at',
    header: 'Last test',
    look: 'when',
    cell: ({ health }) => (health.at ? <Time at={health.at} /> : <span className="muted">not tested</span>),
  },
]

function Connections({ connections }: { connections: Overview['connections'] }) {
  return (
    <Section title="Connections">
      {connections.length === 0 ? (
        <p className="muted">No connection yet. Activate an extension, or add one of your own.</p>
      ) : (
        <div className="card">
          <Table
            label="Connections"
            columns={CONNECTION_COLUMNS}
            rows={connections}
            rowKey={(row) => row.name}
          />
        </div>
      )}
    </Section>
  )
}
