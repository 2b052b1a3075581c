import 'server-only'
import { notFound } from '../access/authorize'
import type { Tx } from '../platform/db/client'
import { type DatasetRow, datasetKind } from './dataset-kind'

/**
 * Keeps a dataset from being deleted until this transaction has written what belongs to it: work that took minutes may come late.
 * @throws Failure `not_found` when it was deleted meanwhile
 */
export async function holdDataset(tx: Tx, { id }: Pick<DatasetRow, 'id'>): Promise<void> {
  const found = await tx.$queryRaw<unknown[]>`SELECT 1 FROM "dataset" WHERE "id" = ${id} FOR KEY SHARE`
  if (found.length === 0) throw notFound(datasetKind.name)
}
