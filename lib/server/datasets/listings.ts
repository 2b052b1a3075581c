import 'server-only'
import { type DatasetPartitions, type PartitionsReport, partitionsReport } from '#lib/domain/datasets/wire'
import { readAs } from '../access/act'
import type { Context } from '../access/caller'
import type { Tx } from '../platform/db/client'
import { inTransaction } from '../platform/db/transaction'
import { newId } from '../platform/ids'
import { type DatasetRef, type DatasetRow, datasetKind } from './dataset-kind'

/** Listings of one dataset that are kept, the newest first. */
const KEPT = 5

/** Keeps a listing with its dataset, dated and bound to the settings it was made with. */
export function keepListing(row: DatasetRow, report: PartitionsReport): Promise<void> {
  const { spaceId, id: datasetId, version } = row
  return inTransaction(async (tx) => {
    await tx.datasetListing.create({
      data: {
        id: newId(),
        spaceId,
        datasetId,
        version,
        listedAt: new Date(report.listedAt),
        complete: report.complete,
        ledger: report,
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
  return readAs(ctx, datasetKind, 'list-partitions', ref, async ({ tx, row }) => {
    const latest = await tx.datasetListing.findFirst({
      where: { spaceId: row.spaceId, datasetId: row.id },
      orderBy: { listedAt: 'desc' },
    })
    return {
      report: latest && partitionsReport.parse(latest.ledger),
      stale: latest !== null && latest.version !== row.version,
    }
  })
}

/** The sums of the latest listing that still fits the settings; null when there is none. */
export async function lastLedger(tx: Tx, row: DatasetRow): Promise<PartitionsReport['ledger'] | null> {
  const latest = await tx.datasetListing.findFirst({
    where: { spaceId: row.spaceId, datasetId: row.id, version: row.version, complete: true },
    orderBy: { listedAt: 'desc' },
  })
  return latest && partitionsReport.parse(latest.ledger).ledger
}
