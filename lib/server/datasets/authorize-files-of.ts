import 'server-only'
import { authorize } from '../access/authorize'
import type { Context } from '../access/caller'
import type { Tx } from '../platform/db/client'
import { connectionFilesKind } from './connection-files-kind'
import { type DatasetRow, datasetKind } from './dataset-kind'

/**
 * Asks for the right to look at the files of a dataset, which seeing its settings does not give.
 * @throws Denied, which says of a removed connection who removed it and what helps, whatever has its name now
 */
export async function authorizeFilesOf(tx: Tx, ctx: Context, row: DatasetRow): Promise<void> {
  const { connection, project, name } = row
  // Nobody may read such a dataset, and that refusal says why.
  if (connection.removedAt) await authorize(tx, ctx, datasetKind, 'sample', { projectKey: project.key, name })
  await authorize(tx, ctx, connectionFilesKind, 'detect-format', { id: row.connectionId })
}
