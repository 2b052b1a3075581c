import 'server-only'
import { readAs } from '../../access/act'
import type { Context } from '../../access/caller'
import { now } from '../../platform/clock'
import { type DatasetRef, datasetKind } from '../dataset-kind'
import { listDatasetPartitions } from './list-partitions'

/** How old a listing may be that stands for what is there now. */
const FRESH_MS = 60_000

/**
 * The ids of a dataset's partitions, by a listing of the present settings, its own and those of its connection, that is younger than
 * a minute, or a new one.
 */
export async function listPartitionIds(ctx: Context, ref: DatasetRef): Promise<string[]> {
  const known = await readFreshIds(ctx, ref)
  if (known) return known
  const { ledger } = await listDatasetPartitions(ctx, ref, () => undefined)
  return ledger.partitions.map(({ id }) => id)
}

/** Picked out where they lie: a listing may hold a hundred thousand partitions with their sums. */
function readFreshIds(ctx: Context, ref: DatasetRef): Promise<string[] | null> {
  return readAs(ctx, datasetKind, 'list-partitions', ref, async ({ tx, row }) => {
    const since = new Date(now().getTime() - FRESH_MS)
    const [found] = await tx.$queryRaw<{ ids: string[] }[]>`
      SELECT ARRAY(SELECT listed ->> 'id' FROM jsonb_array_elements(ledger -> 'ledger' -> 'partitions') AS listed) AS ids
      FROM dataset_listing
      WHERE "spaceId" = ${row.spaceId} AND "datasetId" = ${row.id} AND "version" = ${row.version}
        AND "complete" AND "listedAt" > ${since}
      ORDER BY "listedAt" DESC
      LIMIT 1`
    return found?.ids ?? null
  })
}
