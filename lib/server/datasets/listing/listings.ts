import 'server-only'
import {
  type DatasetPartitions,
  type PartitionsReport,
  partitionsReport,
} from '#lib/domain/datasets/partitions-wire'
import { readAs } from '../../access/act'
import type { Context } from '../../access/caller'
import { database, type Tx } from '../../platform/db/client'
import { storable } from '../../platform/db/storable'
import { inTransaction } from '../../platform/db/transaction'
import { newId } from '../../platform/ids'
import { type DatasetRef, type DatasetRow, datasetKind } from '../dataset-kind'
import { holdDataset } from '../hold-dataset'
import { listingKey } from './start-listing'

/** Listings of one dataset that are kept, the newest first. */
const KEPT = 5

/** Keeps a listing with its dataset, dated and bound to the settings it was made with. */
export function keepListing(row: DatasetRow, report: PartitionsReport): Promise<void> {
  const { spaceId, id: datasetId, version } = row
  return inTransaction(async (tx) => {
    await holdDataset(tx, row)
    await tx.datasetListing.create({
      data: {
        id: newId(),
        spaceId,
        datasetId,
        version,
        listedAt: new Date(report.listedAt),
        complete: report.complete,
        ledger: storable(report),
      },
    })
    const old = await tx.datasetListing.findMany({
      where: { spaceId, datasetId },
      orderBy: { listedAt: 'desc' },
      skip: KEPT,
      select: { id: true },
    })
    await tx.datasetListing.deleteMany({ where: { id: { in: old.map((listing) => listing.id) } } })
  })
}

/** The latest listing of a dataset, for those who may read it: paths and sizes tell of the data. */
export function getPartitions(ctx: Context, ref: DatasetRef): Promise<DatasetPartitions> {
  return readAs(ctx, datasetKind, 'list-partitions', ref, async ({ tx, row, subject }) => {
    const latest = await tx.datasetListing.findFirst({
      where: { spaceId: row.spaceId, datasetId: row.id },
      orderBy: { listedAt: 'desc' },
    })
    const underWay = await tx.job.findFirst({
      where: {
        spaceId: row.spaceId,
        exclusiveKey: { in: [listingKey(row.id, subject), listingKey(row.id, subject, 'everything')] },
        state: { in: ['queued', 'running'] },
      },
      select: { id: true },
    })
    return {
      report: latest && partitionsReport.parse(latest.ledger),
      stale: latest !== null && latest.version !== row.version,
      jobId: underWay?.id ?? null,
    }
  })
}

/** The ids of the partitions that the latest whole listing of a dataset's present settings found; null without one. */
export async function readListedIds({
  spaceId,
  id,
  version,
}: Pick<DatasetRow, 'spaceId' | 'id' | 'version'>): Promise<string[] | null> {
  // The ids alone: a listing may hold a hundred thousand partitions, with paths and sizes.
  const [latest] = await database().$queryRaw<{ ids: string[] }[]>`
    SELECT ARRAY(
      SELECT partition ->> 'id' FROM jsonb_array_elements(listing.ledger -> 'ledger' -> 'partitions') partition
    ) AS ids
    FROM dataset_listing listing
    WHERE listing."spaceId" = ${spaceId} AND listing."datasetId" = ${id} AND listing.version = ${version}
      AND listing.complete
    ORDER BY listing."listedAt" DESC LIMIT 1`
  return latest?.ids ?? null
}

/** How many partitions the latest whole listing of a dataset's present settings found, by dataset id. */
export async function countListedPartitions(
  tx: Tx,
  spaceId: string,
  datasetIds: readonly string[],
): Promise<Map<string, number>> {
  if (datasetIds.length === 0) return new Map()
  // Counted where it lies: a listing may hold a hundred thousand partitions.
  const counted = await tx.$queryRaw<{ datasetId: string; partitions: number }[]>`
    SELECT DISTINCT ON (listing."datasetId") listing."datasetId",
      jsonb_array_length(listing.ledger -> 'ledger' -> 'partitions') AS partitions
    FROM dataset_listing listing
    JOIN dataset ON dataset."spaceId" = listing."spaceId" AND dataset.id = listing."datasetId"
      AND dataset.version = listing.version
    WHERE listing."spaceId" = ${spaceId} AND listing."datasetId" = ANY(${datasetIds}) AND listing.complete
    ORDER BY listing."datasetId", listing."listedAt" DESC`
  return new Map(counted.map(({ datasetId, partitions }) => [datasetId, partitions]))
}
