import 'server-only'
import { Failure } from '#lib/domain/errors'
import { notFound } from '../access/authorize'
import { connectionPlace } from '../connections/store-target'
import type { Tx } from '../platform/db/client'
import { Prisma } from '../platform/db/generated/client'
import { type DatasetRow, datasetKind } from './dataset-kind'

/**
 * Keeps a dataset from being deleted or moved, and its connection from leading elsewhere, until this transaction has written what
 * belongs to it: work that took minutes may come late.
 * @throws Failure `not_found` when it was deleted meanwhile, `conflict` when it was moved to another place
 */
export async function holdDataset(
  tx: Tx,
  { id, name, connection }: Pick<DatasetRow, 'id' | 'name' | 'connection'>,
): Promise<void> {
  const [found] = await tx.$queryRaw<{ id: string; params: unknown }[]>`
    SELECT "connection"."id", "connection"."params"
    FROM "dataset" JOIN "connection" ON "connection"."id" = "dataset"."connectionId"
    WHERE "dataset"."id" = ${id} FOR SHARE`
  if (!found) throw notFound(datasetKind.name)
  if (connectionPlace(found) === connectionPlace(connection)) return
  throw new Failure('conflict', `${name} was moved meanwhile, or its connection leads elsewhere.`, {
    reason: 'moved-meanwhile',
    remedy: 'Start it again, to read from there.',
  })
}

/** Takes what has to stand, and be held, while findings of a dataset are written; jobs write them after minutes. */
export type KeepWhile = (stands: (tx: Tx) => Promise<void>) => void

/** For verbs that are called by who writes nothing. */
export const keepAnyway: KeepWhile = () => undefined

/**
 * Forgets what was listed, counted and detected of a dataset: it is of its connection, and so is the right to read it. Whoever
 * moves a dataset has its row, so work that holds it has written before, or finds it moved.
 */
export async function forgetFindings(tx: Tx, { spaceId, id: datasetId }: DatasetRow): Promise<void> {
  const where = { spaceId, datasetId }
  const jobs = { spaceId, objectType: 'dataset', objectKey: datasetId }
  await tx.job.updateMany({ where: jobs, data: { result: Prisma.DbNull } })
  await tx.jobItem.deleteMany({ where: { job: jobs } })
  await tx.datasetListing.deleteMany({ where })
  await tx.metricValue.deleteMany({ where })
  await tx.metricPoint.deleteMany({ where })
}
