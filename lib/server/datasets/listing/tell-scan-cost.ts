import 'server-only'
import type { ListingScope, ScanCostRequest } from '#lib/domain/datasets/files-wire'
import type { ScanCost } from '#lib/domain/datasets/scan-cost'
import type { Context } from '../../access/caller'
import { withPermit } from '../../access/with-permit'
import { openConnection } from '../../connections/store-target'
import { connectionFilesKind } from '../connection-files-kind'
import { type DatasetRef, datasetKind, definitionOf } from '../dataset-kind'
import { estimateObjects } from './estimate-objects'
import { folderFilterOf } from './list-partitions'

const DEADLINE_MS = 10_000

/** Tells what List files or List partitions takes, before it is begun: some tens of requests at most, at any size. */
export function tellScanCost(ctx: Context, { definition, of, scope }: ScanCostRequest): Promise<ScanCost> {
  const { connection: name, path, bucket } = definition.params
  return withPermit(
    ctx,
    connectionFilesKind,
    of === 'files' ? 'list-files' : 'detect-partitioning',
    { name },
    { deadlineMs: DEADLINE_MS, details: { path, cost: true } },
    async ({ row }) => row,
    (permit, connection) => {
      const store = openConnection(permit, connection, bucket ?? undefined)
      return estimateObjects(
        store,
        definition,
        of === 'files' ? undefined : folderFilterOf(definition, scope),
      )
    },
  )
}

/** Tells what List partitions of a dataset takes, for those who may list them. */
export function tellDatasetScanCost(ctx: Context, ref: DatasetRef, scope?: ListingScope): Promise<ScanCost> {
  return withPermit(
    ctx,
    datasetKind,
    'list-partitions',
    ref,
    { deadlineMs: DEADLINE_MS, details: { cost: true } },
    async ({ row }) => row,
    (permit, row) => {
      const definition = definitionOf(row)
      const store = openConnection(permit, row.connection, definition.params.bucket ?? undefined)
      return estimateObjects(store, definition, folderFilterOf(definition, scope))
    },
  )
}
