'use client'

import { EmptyState } from '#components/ui/empty-state'
import type { ConnectionDetail } from '#lib/domain/connections/wire'
import { ConnectionFrame } from './connection-frame'
import { ManagedSettings } from './managed-settings'
import { OwnSettings } from './own-settings'

export function ConnectionSettings({ name }: { name: string }) {
  return (
    <ConnectionFrame name={name} tab="settings">
      {(connection, ended) => <Settings connection={connection} ended={ended ?? readOnly(connection)} />}
    </ConnectionFrame>
  )
}

function Settings({ connection, ended }: { connection: ConnectionDetail; ended: string | null }) {
  const { details } = connection
  if (!details) {
    return (
      <EmptyState icon="lock" title="The details are not readable by you">
        Using a connection does not need them. Ask: {connection.ask.join(', ')}.
      </EmptyState>
    )
  }
  // Another version is another form: what was typed on the old one must not be saved over it unseen.
  if (details.store === 'own')
    return <OwnSettings key={connection.version} connection={connection} details={details} ended={ended} />
  return <ManagedSettings key={connection.version} connection={connection} details={details} ended={ended} />
}

const readOnly = ({ abilities }: ConnectionDetail) =>
  abilities.canGovern ? null : 'You need to be a space administrator.'
