import 'server-only'
import type { Tx } from '../platform/db/client'
import { Prisma } from '../platform/db/generated/client'

/** The tables whose rows are changed one change after the other. */
export type LockedTable =
  | 'api_key'
  | 'connection'
  | 'dataset'
  | 'dataset_draft'
  | 'group'
  | 'node'
  | 'one_time_link'
  | 'project'
  | 'space'
  | 'user'

export interface RowLock {
  table: LockedTable
  id: string
}

/** Waits until nobody else changes the row, and keeps others from it for this transaction. What refers to it may be added meanwhile. */
export async function lockRow(tx: Tx, { table, id }: RowLock): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM ${Prisma.raw(`"${table}"`)} WHERE "id" = ${id} FOR NO KEY UPDATE`
}
