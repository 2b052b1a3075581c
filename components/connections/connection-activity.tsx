'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { AccessGate } from '#components/access/access-gate'
import { Button } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { Skeleton } from '#components/ui/skeleton'
import { Status } from '#components/ui/status'
import { NameCell, Table } from '#components/ui/table'
import { Time } from '#components/ui/time'
import { activityKey, readActivity } from '#lib/client/connections'
import { sayActor } from '#lib/domain/audit/say-actor'
import { sayActivity } from '#lib/domain/connections/say-state'
import type { ActivityEntry } from '#lib/domain/connections/wire'
import { ConnectionFrame } from './connection-frame'

export function ConnectionActivity({ name }: { name: string }) {
  return (
    <ConnectionFrame name={name} tab="activity">
      {() => <Loaded name={name} />}
    </ConnectionFrame>
  )
}

function Loaded({ name }: { name: string }) {
  const query = useInfiniteQuery({
    queryKey: activityKey(name),
    queryFn: ({ pageParam, signal }) => readActivity(name, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  })
  return (
    <AccessGate
      query={query}
      name={`the activity of ${name}`}
      loading={<Skeleton label="Loading activity" />}
      back={{ href: '/launchpad/connections', label: 'Back to Connections' }}
    >
      {({ pages }) => (
        <div className="stack">
          {pages.every((page) => page.items.length === 0) ? (
            <EmptyState icon="clock" title="No activity yet">
              Changes of this connection and reads through it stand here, newest first, from its first use on.
            </EmptyState>
          ) : (
            <>
              <p className="small muted">Audit events about this connection, newest first.</p>
              <div className="card">
                <Events items={pages.flatMap((page) => page.items)} />
              </div>
            </>
          )}
          {query.hasNextPage && (
            <div>
              <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                Show older
              </Button>
            </div>
          )}
        </div>
      )}
    </AccessGate>
  )
}

const OUTCOME = { success: 'ok', denied: 'lock', failed: 'bad' } as const

function Events({ items }: { items: readonly ActivityEntry[] }) {
  return (
    <Table
      two
      label="Activity"
      rows={items}
      rowKey={(entry) => entry.eventId}
      columns={[
        {
          id: 'what',
          header: 'What',
          card: 'head',
          cell: (entry) => (
            <NameCell second={<span className="mono">{entry.msgType}</span>}>
              <span>
                {sayActivity(entry.msgType)}
                {entry.count > 1 && <span className="muted"> · {entry.count} times</span>}
                {entry.reason && <span className="muted"> · “{entry.reason}”</span>}
              </span>
            </NameCell>
          ),
        },
        { id: 'who', header: 'Who', cell: (entry) => sayActor(entry.who) },
        { id: 'from', header: 'From', look: 'mono', wideOnly: true, cell: (entry) => entry.originAddress },
        {
          id: 'outcome',
          header: 'Outcome',
          cell: (entry) => <Status kind={OUTCOME[entry.outcome]}>{entry.outcome}</Status>,
        },
        { id: 'when', header: 'When', cell: (entry) => <Time at={entry.at} /> },
      ]}
    />
  )
}
