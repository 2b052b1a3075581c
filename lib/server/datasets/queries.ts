import 'server-only'
import type * as z from 'zod'
import type { Dataset, datasetList } from '#lib/domain/datasets/wire'
import { requireLevel } from '#lib/domain/projects/policy'
import { readAs, readTogether } from '../access/act'
import { administratorNames } from '../access/authorize'
import type { Context } from '../access/caller'
import { SharedLooks } from '../access/shared-looks'
import { loadConnections } from '../connections/load-connection'
import { toDataset, toDatasetItem } from './dataset-dto'
import { type DatasetRef, datasetKind } from './dataset-kind'
import { countListedPartitions } from './listing/listings'
import { projectDatasetsKind } from './project-datasets-kind'

type DatasetList = z.infer<typeof datasetList>

const lists = new SharedLooks<DatasetList>()

/** The datasets of a project: all of them, since a locked one is no secret to its members. */
export function listDatasets(ctx: Context, projectKey: string): Promise<DatasetList> {
  return readTogether(
    lists,
    ctx,
    projectDatasetsKind,
    'list',
    { projectKey },
    async ({ tx, row: project, subject, at }) => {
      const { spaceId } = project
      const rows = await tx.dataset.findMany({
        where: { spaceId, projectId: project.id },
        orderBy: { nameKey: 'asc' },
      })
      const connections = await loadConnections(tx, spaceId, [
        ...new Set(rows.map((row) => row.connectionId)),
      ])
      const byId = new Map(connections.map((connection) => [connection.id, connection]))
      const ask = await administratorNames(tx, spaceId, at)
      const counts = await countListedPartitions(
        tx,
        spaceId,
        rows.map((row) => row.id),
      )
      const datasets = rows.flatMap((row) => {
        const connection = byId.get(row.connectionId)
        const view = { subject, at, ask, partitions: counts.get(row.id) ?? null }
        return connection ? [toDatasetItem({ ...row, project, connection }, view)] : []
      })
      return { datasets, canCreate: requireLevel(subject, project, 'write').allowed }
    },
  )
}

/** One dataset with its definition and what the caller may do with it. */
export function getDataset(ctx: Context, ref: DatasetRef): Promise<Dataset> {
  return readAs(ctx, datasetKind, 'see', ref, async ({ tx, row, subject, at }) => {
    const counts = await countListedPartitions(tx, row.spaceId, [row.id])
    const ask = await administratorNames(tx, row.spaceId, at)
    return toDataset(row, { subject, at, ask, partitions: counts.get(row.id) ?? null })
  })
}
