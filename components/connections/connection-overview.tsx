'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { ProblemNotice } from '#components/access/problem-notice'
import { Button } from '#components/ui/button'
import { Card } from '#components/ui/card'
import { KeyValue, type KeyValueEntry } from '#components/ui/key-value'
import { Table } from '#components/ui/table'
import { Time } from '#components/ui/time'
import { dependentsQuery, useTestConnection } from '#lib/client/connections'
import { sayActor } from '#lib/domain/audit/say-actor'
import { CONNECTION_TYPE_LABEL } from '#lib/domain/connections/params'
import type { ConnectionDependents } from '#lib/domain/connections/who-can-access'
import type { ConnectionDetail, ConnectionDetails } from '#lib/domain/connections/wire'
import { ConnectionFrame } from './connection-frame'
import { Health, UsableBy } from './connections-table'
import { HeadActions } from './head-actions'
import { RemoveConnection } from './remove-connection'
import { TestPanel } from './test-panel'

export function ConnectionOverview({ name }: { name: string }) {
  return (
    <ConnectionFrame name={name} tab="">
      {(connection, ended) => <Overview connection={connection} ended={ended} />}
    </ConnectionFrame>
  )
}

function Overview({ connection, ended }: { connection: ConnectionDetail; ended: string | null }) {
  const { abilities, details } = connection
  const test = useTestConnection(connection.name)
  const dependents = useQuery({ ...dependentsQuery(connection.name), enabled: abilities.canAudit })
  return (
    <>
      {abilities.canGovern && (
        <HeadActions>
          <Button busy={test.isPending} disabledReason={ended} onClick={() => test.mutate({})}>
            Test
          </Button>
        </HeadActions>
      )}
      <div className="cols even">
        <div className="stack">
          <Card title="Connection" padded>
            <KeyValue entries={[...facts(connection), ...place(details)]} />
          </Card>
          {dependents.data && <Datasets dependents={dependents.data} />}
          {abilities.canRemove && (
            <RemoveConnection connection={connection} dependents={dependents.data} ended={ended} />
          )}
        </div>
        {abilities.canAudit && (
          <TestPanel
            result={connection.lastTest}
            testing={test.isPending}
            place={details?.store === 'own' ? details : null}
            problem={<ProblemNotice error={test.error} />}
          />
        )}
      </div>
    </>
  )
}

function facts(connection: ConnectionDetail): KeyValueEntry[] {
  const { managedBy, usableBy, health, description, abilities } = connection
  return [
    { key: 'Type', value: CONNECTION_TYPE_LABEL },
    { key: 'Description', value: description || null },
    {
      key: 'Managed by',
      // Only administrators have the page of the extension.
      value:
        managedBy &&
        (abilities.canGovern ? (
          <Link className="link" href={`/launchpad/extensions/${managedBy.key}`}>
            extension {managedBy.label}
          </Link>
        ) : (
          `extension ${managedBy.label}`
        )),
    },
    { key: 'Freely usable by', value: usableBy && <UsableBy usableBy={usableBy} /> },
    { key: 'You', value: abilities.canUse ? 'may use it' : 'may not use it' },
    {
      key: 'Reading datasets',
      value: connection.readRequired
        ? 'also requires to be named in “Freely usable by”'
        : 'follows from the project alone',
    },
    { key: 'Health', value: health && <Health health={health} /> },
    { key: 'Last test', value: health?.at && <Time at={health.at} /> },
    {
      key: 'Created',
      value: (
        <>
          <Time at={connection.createdAt} /> by {sayActor(connection.createdBy)}
        </>
      ),
    },
  ]
}

/** Where it leads; only who may read the details has them. */
function place(details: ConnectionDetails | null): KeyValueEntry[] {
  if (!details) return [{ key: 'Details', value: 'not readable by you' }]
  const shared = [
    { key: 'Endpoint', value: details.endpoint || 'Amazon Web Services', mono: details.endpoint !== '' },
    { key: 'Region', value: details.region, mono: true },
    { key: 'Bucket', value: details.bucket || 'chosen by each dataset', mono: details.bucket !== '' },
    { key: 'Path in bucket', value: details.root, mono: true },
    { key: 'Allowed prefixes', value: details.allowedPrefixes.join(', ') || null, mono: true },
  ]
  if (details.store === 'platform') return shared
  return [...shared, { key: 'Role', value: details.roleArn || null, mono: true }]
}

function Datasets({ dependents }: { dependents: ConnectionDependents }) {
  const { datasets, total } = dependents
  if (total === 0) {
    return (
      <Card title="Datasets" padded>
        <p className="small muted">No dataset stands on this connection yet.</p>
      </Card>
    )
  }
  return (
    <Card
      title="Datasets"
      aside={
        <span className="small muted end">
          {total > datasets.length ? `first ${datasets.length} of ${total}` : total}
        </span>
      }
    >
      <Table
        label="Datasets on this connection"
        rows={datasets}
        rowKey={(row) => `${row.projectKey} ${row.name}`}
        columns={[
          {
            id: 'name',
            header: 'Dataset',
            card: 'head',
            cell: (row) => (
              <Link className="mono" href={`/projects/${row.projectKey}/datasets/${row.name}/explore`}>
                {row.name}
              </Link>
            ),
          },
          { id: 'project', header: 'Project', look: 'mono', cell: (row) => row.projectKey },
          { id: 'owner', header: 'Owner', cell: (row) => row.owner },
        ]}
      />
    </Card>
  )
}
