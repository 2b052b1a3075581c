import 'server-only'
import type { Subject } from '#lib/domain/access/subject'
import type { Dataset, DatasetItem, DatasetLock } from '#lib/domain/datasets/wire'
import { can } from '../access/resource-kind'
import { extensionLabel } from '../connections/dto'
import { type DatasetRow, datasetKind, definitionOf } from './dataset-kind'

/** What a dataset is shown with: who looks, when, whom to ask, and how many partitions were found in it last. */
export interface DatasetView {
  subject: Subject
  at: Date
  ask: string[]
  partitions: number | null
}

/** A dataset in a list or in the Flow: locked ones stay, with what is missing and whom to ask. */
export function toDatasetItem(row: DatasetRow, view: DatasetView): DatasetItem {
  const { dimensions } = definitionOf(row).partitioning
  return {
    name: row.name,
    type: 'S3',
    connection: row.connection.name,
    partitioned: dimensions.length > 0,
    dimensions: dimensions.map((dimension) => dimension.name),
    // What a listing found tells of the data.
    partitions: can(datasetKind, 'list-partitions', view.subject, row, view.at).allowed
      ? view.partitions
      : null,
    lock: lockOf(row, view),
    updatedAt: row.updatedAt.toISOString(),
    createdBy: row.createdBy,
  }
}

/** A dataset as its pages show it to one caller. */
export function toDataset(row: DatasetRow, view: DatasetView): Dataset {
  const allowed = (action: 'read' | 'edit' | 'delete') =>
    can(datasetKind, action, view.subject, row, view.at).allowed
  return {
    ...toDatasetItem(row, view),
    projectKey: row.project.key,
    definition: definitionOf(row),
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    updatedBy: row.updatedBy,
    can: { read: allowed('read'), edit: allowed('edit'), delete: allowed('delete') },
  }
}

function lockOf(row: DatasetRow, { subject, at, ask }: DatasetView): DatasetLock {
  const decision = can(datasetKind, 'read', subject, row, at)
  if (decision.allowed) return null
  const { name, removedAt, removedBy, managedBy } = row.connection
  return {
    reason: removedAt ? 'connection-removed' : 'connection-not-usable',
    message: `You need ${decision.need}.`,
    ask,
    connection: name,
    removed: removedAt && {
      by: removedBy ?? 'someone',
      at: removedAt.toISOString(),
      extension: managedBy && extensionLabel(managedBy),
    },
  }
}
