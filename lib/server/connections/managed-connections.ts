import 'server-only'
import { CONNECTION_TYPE, type PlatformParams } from '#lib/domain/connections/params'
import type { PermissionState } from '#lib/domain/connections/permissions'
import { Failure } from '#lib/domain/errors'
import { lockRow } from '../access/lock-row'
import type { EventSpec } from '../access/record-event'
import type { Tx } from '../platform/db/client'
import { newId } from '../platform/ids'
import { type ConnectionRow, loadConnection } from './load-connection'
import { stateOf, writeState } from './permission-rows'
import { reloadConnection } from './permissions'

export interface ManagedConnectionRequest {
  spaceId: string
  /** The extension that manages it: `"dku-audit-log"`. */
  extensionKey: string
  /** `"dku-audit-log"`. */
  name: string
  /** The one folder it opens, below the space's own: `"/audit-logs/"`. */
  prefix: string
  usableByGroupIds: string[]
  /** "Also required to read datasets on this connection". */
  readRequired: boolean
  description?: string
  /** Who activates, as intervals name them. */
  actor: string
  at: Date
}

export interface ManagedConnection {
  connectionId: string
  /** To be committed with the change; null when the connection was there already. */
  event: EventSpec | null
}

/**
 * Makes the connection that an extension manages. Asking again changes nothing; one that was removed comes back under
 * its id, with default permissions, so that its datasets recover.
 * @throws Failure `conflict` when a connection of one's own has the name
 */
export async function createManagedConnection(
  tx: Tx,
  request: ManagedConnectionRequest,
): Promise<ManagedConnection> {
  const { spaceId, name, extensionKey } = request
  await lockName(tx, spaceId, name)
  const live = await loadConnection(tx, spaceId, { name })
  if (live?.managedBy === extensionKey) return { connectionId: live.id, event: null }
  if (live) throw nameTaken(name)
  const connectionId = await insertOrRestore(tx, request)
  const row = await loadConnection(tx, spaceId, { id: connectionId })
  if (!row) throw new Error(`the connection ${name} vanished while it was made`)
  const state = defaultState(request)
  await writeState(tx, row, state, {
    actor: request.actor,
    reason: `Activation of ${extensionKey}`,
    at: request.at,
  })
  return { connectionId, event: creationEvent(request, state) }
}

async function insertOrRestore(tx: Tx, request: ManagedConnectionRequest): Promise<string> {
  const { spaceId, name, extensionKey } = request
  const removed = await tx.connection.findFirst({
    where: { spaceId, name, managedBy: extensionKey, removedAt: { not: null } },
    orderBy: { removedAt: 'desc' },
  })
  const params = { store: 'platform', allowedPrefixes: [request.prefix] } satisfies PlatformParams
  if (removed) {
    await tx.connection.update({
      where: { id: removed.id },
      data: { removedAt: null, removedBy: null, removedReason: null, hidden: false, params },
    })
    return removed.id
  }
  const id = newId()
  await tx.connection.create({
    data: {
      id,
      spaceId,
      name,
      type: CONNECTION_TYPE,
      description: request.description ?? '',
      managedBy: extensionKey,
      params,
      createdBy: request.actor,
      createdAt: request.at,
    },
  })
  return id
}

const defaultState = ({ usableByGroupIds, readRequired }: ManagedConnectionRequest): PermissionState => ({
  usableBy: 'selected',
  grants: usableByGroupIds.map((id) => ({ principal: 'group', id, until: null })),
  detailsBy: 'nobody',
  detailsGroups: [],
  readRequired,
  hidden: false,
})

const creationEvent = (request: ManagedConnectionRequest, state: PermissionState): EventSpec => ({
  msgType: 'admin-connection-create',
  objectType: 'connection',
  objectId: request.name,
  after: { name: request.name, managedBy: request.extensionKey, prefix: request.prefix, permissions: state },
})

export interface ManagedRemoval {
  spaceId: string
  extensionKey: string
  name: string
  actor: string
  reason: string
  at: Date
}

/**
 * Removes the connection that an extension manages: its datasets say who removed it and when, and recover when it comes
 * back. Logs in the bucket stay. Gives the event to commit, or null when there was none to remove.
 */
export async function removeManagedConnection(tx: Tx, request: ManagedRemoval): Promise<EventSpec | null> {
  const { spaceId, name, extensionKey } = request
  await lockName(tx, spaceId, name)
  const found = await loadConnection(tx, spaceId, { name })
  if (found?.managedBy !== extensionKey) return null
  await lockRow(tx, { table: 'connection', id: found.id })
  return removeRow(tx, await reloadConnection(tx, found), request)
}

/** Ends all rights of a locked connection and marks it removed; the row stays, since datasets and history refer to it. */
export async function removeRow(
  tx: Tx,
  row: ConnectionRow,
  act: { actor: string; reason: string | null; at: Date },
): Promise<EventSpec> {
  const { id, spaceId } = row
  const before = stateOf(row)
  const { actor, reason, at } = act
  await tx.connectionGrant.updateMany({
    where: { spaceId, id: { in: row.grants.map((grant) => grant.id) } },
    data: { until: at, endedBy: actor, endedReason: reason ?? 'The connection was removed.' },
  })
  await tx.readSwitch.updateMany({ where: { spaceId, connectionId: id, until: null }, data: { until: at } })
  await tx.connection.update({
    where: { id },
    data: { removedAt: at, removedBy: actor, removedReason: reason, secret: null, version: { increment: 1 } },
  })
  return {
    msgType: 'admin-connection-delete',
    objectType: 'connection',
    objectId: row.name,
    before: { name: row.name, managedBy: row.managedBy, permissions: before },
    fields: { reason },
  }
}

/** Two activations at the same time make one connection. */
async function lockName(tx: Tx, spaceId: string, name: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`${spaceId}|connection|${name.toLowerCase()}`}, 3))`
}

const nameTaken = (name: string) =>
  new Failure('conflict', `A connection named ${name} exists already, and no extension manages it.`, {
    reason: 'name-taken',
    where: name,
    remedy: 'Remove that connection or make it anew under another name, then try again.',
  })
