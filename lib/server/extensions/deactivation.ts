import 'server-only'
import { Failure } from '#lib/domain/errors'
import { EXTENSIONS, type ExtensionFacts } from '#lib/domain/extensions/catalogue'
import type { DeactivateExtensionPayload } from '#lib/domain/extensions/jobs'
import { changed, unchanged, writeAs } from '../access/act'
import { asSystem, type Context } from '../access/caller'
import { loadConnection } from '../connections/load-connection'
import { removeManagedConnection } from '../connections/managed-connections'
import { dependentsOf } from '../datasets/connections/connection-dependents'
import { database } from '../platform/db/client'
import { extensionKind } from './extension-kind'

/** How delivery empties a stream: it stands later in the line of nouns. */
export type Drain = (
  place: {
    spaceId: string
    extensionKey: string
    stream: ExtensionFacts['stream']
    after: bigint | null
    activeSince: Date | null
    version: number
  },
  signal: AbortSignal,
  tell: (waiting: number, trouble: string | null) => void,
) => Promise<void>

/** Delivers what is left, then ends the extension. Cancel before that leaves it active. */
export async function runDeactivation(
  ctx: Context,
  jobId: string,
  payload: DeactivateExtensionPayload,
  drain: Drain,
  tell: (waiting: number, trouble: string | null) => void,
): Promise<void> {
  const { spaceId } = ctx.caller
  const { key } = payload
  const stored = await database().extension.findUnique({ where: { spaceId_key: { spaceId, key } } })
  if (stored?.jobId !== jobId || stored.state !== 'deactivating') return
  const { deliverAfter: after, activatedAt: activeSince, version } = stored
  try {
    const { stream } = EXTENSIONS[key]
    await drain({ spaceId, extensionKey: key, stream, after, activeSince, version }, ctx.signal, tell)
    await stop(ctx, jobId, payload)
  } catch (error) {
    if (ctx.signal.aborted && ctx.signal.reason instanceof Failure) await stayActive(ctx, jobId, key)
    throw error
  }
}

function stop(ctx: Context, jobId: string, payload: DeactivateExtensionPayload): Promise<void> {
  const facts = EXTENSIONS[payload.key]
  return writeAs(
    ctx,
    extensionKind,
    'stop',
    { key: facts.key },
    async ({ tx, row: { spaceId }, subject, at }) => {
      const { count } = await tx.extension.updateMany({
        where: { spaceId, key: facts.key, jobId, state: 'deactivating' },
        data: { state: 'inactive', version: { increment: 1 } },
      })
      if (count === 0) return unchanged(undefined)
      const event = {
        msgType: 'extension-deactivated',
        objectType: 'extension',
        objectId: facts.key,
        before: { state: 'deactivating' },
        after: { state: 'inactive' },
        fields: { reason: payload.reason, connectionRemoved: payload.removeConnection },
      } as const
      if (!payload.removeConnection) return changed(undefined, event)
      const connection = await loadConnection(tx, spaceId, { name: facts.connectionName })
      const removal = await removeManagedConnection(tx, {
        spaceId,
        extensionKey: facts.key,
        name: facts.connectionName,
        actor: subject.name,
        reason: payload.reason,
        at,
      })
      if (!removal || !connection) return changed(undefined, event)
      const { datasets, total } = await dependentsOf(tx, spaceId, connection.id)
      const named = datasets.map(({ projectKey, name }) => `${projectKey}.${name}`)
      const fields = { ...removal.fields, datasets: named, datasetCount: total }
      return changed(undefined, event, { ...removal, fields })
    },
  )
}

/** Canceled: nothing was taken away, and delivery goes on. */
function stayActive(ctx: Context, jobId: string, key: DeactivateExtensionPayload['key']): Promise<void> {
  const { spaceId } = ctx.caller
  const system = asSystem('deactivate-extension', spaceId, ctx.requestId, ctx.signal, ctx.startedAt)
  return writeAs(system, extensionKind, 'stop', { key }, async ({ tx }) => {
    const { count } = await tx.extension.updateMany({
      where: { spaceId, key, jobId, state: 'deactivating' },
      data: { state: 'active', reason: null, version: { increment: 1 } },
    })
    if (count === 0) return unchanged(undefined)
    return changed(undefined, {
      msgType: 'extension-deactivation-canceled',
      objectType: 'extension',
      objectId: key,
      before: { state: 'deactivating' },
      after: { state: 'active' },
    })
  })
}
