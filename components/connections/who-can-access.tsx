'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { AccessGate } from '#components/access/access-gate'
import { Section } from '#components/layout/page'
import { useDeferredSearch } from '#components/ui/deferred-search'
import { NoMatches } from '#components/ui/empty-state'
import { Icon } from '#components/ui/icon'
import { SearchField } from '#components/ui/search-field'
import { Skeleton } from '#components/ui/skeleton'
import { NameCell, Table } from '#components/ui/table'
import { Time } from '#components/ui/time'
import { accessQuery } from '#lib/client/connections'
import { sayActor } from '#lib/domain/audit/say-actor'
import { sayPeople } from '#lib/domain/connections/say-effects'
import type { AccessEntry, ConnectionAccess, DatasetAccess } from '#lib/domain/connections/who-can-access'
import { formatQuantity } from '#lib/domain/format'
import { ConnectionFrame } from './connection-frame'

export function WhoCanAccess({ name }: { name: string }) {
  return (
    <ConnectionFrame name={name} tab="access">
      {() => <Loaded name={name} />}
    </ConnectionFrame>
  )
}

function Loaded({ name }: { name: string }) {
  const { search, setSearch, asked } = useDeferredSearch()
  const query = useQuery(accessQuery(name, asked))
  return (
    <AccessGate
      query={query}
      name={`who can access ${name}`}
      loading={<Skeleton label="Loading who can access" />}
      back={{ href: '/launchpad/connections', label: 'Back to Connections' }}
    >
      {(access) => (
        <div className="stack-8">
          <Section title="May use it today" note={<AsOf access={access} />}>
            <div className="row wrap mb-3">
              <SearchField
                page
                className="w-90 max-w-full"
                label="Search people and keys"
                placeholder="Search by name, login or group"
                value={search}
                onValueChange={setSearch}
              />
            </div>
            <Entries access={access} onClear={() => setSearch('')} filtered={search !== ''} />
          </Section>
          <Section
            title="Datasets that hand its data on"
            note={
              access.readRequired
                ? 'Their readers also need to be on the list above.'
                : 'Anyone who can read the project reads its datasets, as in DSS.'
            }
          >
            <Datasets datasets={access.datasets} />
          </Section>
        </div>
      )}
    </AccessGate>
  )
}

const AsOf = ({ access }: { access: ConnectionAccess }) => (
  <>
    {sayPeople(access.people)} and {formatQuantity(access.keys, 'key')} at <Time at={access.at} as="clock" />
  </>
)

interface EntriesProps {
  access: ConnectionAccess
  filtered: boolean
  onClear: () => void
}

function Entries({ access, filtered, onClear }: EntriesProps) {
  if (access.entries.length === 0) {
    if (filtered) return <NoMatches what="people or keys" onClear={onClear} />
    return <p className="small muted">Nobody may use it. Its permissions say who.</p>
  }
  return (
    <>
      <div className="card">
        <Table
          two
          label="People and keys"
          rows={access.entries}
          rowKey={(entry) => `${entry.kind} ${entry.id}`}
          columns={[
            { id: 'who', header: 'Who', card: 'head', cell: (entry) => <Who entry={entry} /> },
            { id: 'through', header: 'Through', cell: (entry) => <Through entry={entry} /> },
            {
              id: 'since',
              header: 'Since',
              cell: ({ paths: [first] }) => first && <Time at={first.since} as="day" />,
            },
            {
              id: 'until',
              header: 'Until',
              cell: ({ until }) =>
                until ? <Time at={until} as="exact" /> : <span className="muted">no end</span>,
            },
          ]}
        />
      </div>
      {access.total > access.entries.length && (
        <p className="small muted mt-2">
          The first {access.entries.length} of {access.total}. Search to find the others.
        </p>
      )}
    </>
  )
}

const Who = ({ entry }: { entry: AccessEntry }) => (
  <NameCell second={entry.second}>
    <span className="row gap-2">
      <Icon
        name={entry.kind === 'person' ? 'user' : 'key'}
        label={entry.kind === 'person' ? 'person' : 'key'}
      />
      {entry.name}
    </span>
  </NameCell>
)

const Through = ({ entry }: { entry: AccessEntry }) => (
  <span>
    {entry.paths.map((path, index) => (
      <span key={`${path.through} ${path.since}`} title={`Given by ${sayActor(path.by)}`}>
        {index > 0 && ', '}
        <span className={path.principal === 'group' ? 'mono' : undefined}>{path.through}</span>
        {path.until && (
          <span className="muted">
            {' '}
            until <Time at={path.until} as="day" />
          </span>
        )}
      </span>
    ))}
  </span>
)

function Datasets({ datasets }: { datasets: readonly DatasetAccess[] }) {
  if (datasets.length === 0) return <p className="small muted">No dataset stands on this connection yet.</p>
  return (
    <div className="card">
      <Table
        two
        label="Datasets and their readers"
        rows={datasets}
        rowKey={(row) => `${row.projectKey} ${row.dataset}`}
        columns={[
          {
            id: 'dataset',
            header: 'Dataset',
            card: 'head',
            width: 320,
            cell: (row) => (
              <NameCell second={`project ${row.projectKey}`}>
                <Link className="mono" href={`/projects/${row.projectKey}/datasets/${row.dataset}/explore`}>
                  {row.dataset}
                </Link>
              </NameCell>
            ),
          },
          {
            id: 'readers',
            header: 'Can read it',
            cell: (row) => <span title={row.names.join(', ')}>{sayPeople(row.readers)}</span>,
          },
          {
            id: 'without',
            header: 'Of these, not on the list above',
            cell: (row) =>
              row.withoutUse === 0 ? <span className="muted">none</span> : sayPeople(row.withoutUse),
          },
          {
            id: 'locked',
            header: 'See it locked',
            cell: (row) => (row.locked === 0 ? <span className="muted">none</span> : sayPeople(row.locked)),
          },
        ]}
      />
    </div>
  )
}
