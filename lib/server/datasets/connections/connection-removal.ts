import 'server-only'
import { Failure } from '#lib/domain/errors'
import { changed, writeAs } from '../../access/act'
import type { Context } from '../../access/caller'
import { connectionKind } from '../../connections/connection-kind'
import { extensionLabel } from '../../connections/dto'
import { removeRow } from '../../connections/managed-connections'
import { dependentsOf } from './connection-dependents'

/**
 * Removes a connection of one's own. Its datasets stay and say who removed it; objects in the bucket are untouched.
 * @throws Failure `validation_failed` for a managed one, which goes with its extension
 */
export function removeConnection(ctx: Context, name: string, reason: string): Promise<void> {
  return writeAs(ctx, connectionKind, 'remove', { name }, async ({ tx, row, subject, at }) => {
    if (row.managedBy !== null) throw managed(row.name, row.managedBy)
    const { datasets, total } = await dependentsOf(tx, row.spaceId, row.id)
    const event = await removeRow(tx, row, { actor: subject.name, reason: reason || null, at })
    const named = datasets.map((dataset) => `${dataset.projectKey}.${dataset.name}`)
    return changed(undefined, { ...event, fields: { ...event.fields, datasets: named, datasetCount: total } })
  })
}

const managed = (name: string, key: string) =>
  new Failure('validation_failed', `${name} is managed by extension ${extensionLabel(key)}.`, {
    reason: 'managed',
    where: name,
    remedy: 'Deactivate the extension and choose to remove the connection.',
  })
