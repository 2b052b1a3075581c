import 'server-only'
import type { Subject } from '#lib/domain/access/subject'
import type { Dataset, DatasetItem, DatasetLock } from '#lib/domain/datasets/wire'
import { can } from '../access/resource-kind'
import { type DatasetRow, datasetKind, definitionOf } from './dataset-kind'

/** A dataset in a list or in the Flow: locked ones stay, with what is missing and whom to ask. */
export function toDatasetItem(row: DatasetRow, subject: Subject, at: Date, ask: string[]): DatasetItem {
  const { dimensions } = definitionOf(row).partitioning
  return {
    name: row.name,
    type: 'S3',
    connection: row.connection.name,
    partitioned: dimensions.length > 0,
    dimensions: dimensions.map((dimension) => dimension.name),
    lock: lockOf(row, subject, at, ask),
    updatedAt: row.updatedAt.toISOString(),
    createdBy: row.createdBy,
  }
}

export function toDataset(row: DatasetRow, subject: Subject, at: Date, ask: string[]): Dataset {
  const allowed = (action: 'read' | 'edit' | 'delete') => can(datasetKind, action, subject, row, at).allowed
  return {
    ...toDatasetItem(row, subject, at, ask),
    projectKey: row.project.key,
    definition: definitionOf(row),
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    updatedBy: row.updatedBy,
    can: { read: allowed('read'), edit: allowed('edit'), delete: allowed('delete') },
  }
}

function lockOf(row: DatasetRow, subject: Subject, at: Date, ask: string[]): DatasetLock {
  const decision = can(datasetKind, 'read', subject, row, at)
  if (decision.allowed) return null
  return {
    reason: row.connection.removedAt ? 'connection-removed' : 'connection-not-usable',
    message: `You need ${decision.need}.`,
    ask,
    connection: row.connection.name,
  }
}
