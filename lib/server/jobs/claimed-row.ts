import 'server-only'
import { now } from '../platform/clock'
import { database, type Tx } from '../platform/db/client'
import { Prisma } from '../platform/db/generated/client'
import { storable } from '../platform/db/storable'
import { inTransaction } from '../platform/db/transaction'
import { sendJob } from '../platform/queue'

/** A job's row as this worker took it; `attempts` tells this take from a later one. */
export type ClaimedRow = NonNullable<Awaited<ReturnType<typeof claim>>>

/** Takes a job that waits, so that no other worker does; undefined when there is nothing to take. */
export async function claim(jobId: string) {
  const at = now()
  const [row] = await database().job.updateManyAndReturn({
    where: { id: jobId, state: 'queued' },
    data: { state: 'running', startedAt: at, heartbeatAt: at, attempts: { increment: 1 } },
  })
  return row
}

/**
 * Only the worker that took the row last may write to it: one that was paused until its job was given to another
 * finds no row.
 */
export const stillOurs = ({ spaceId, id, attempts }: ClaimedRow) =>
  ({ spaceId, id, attempts, state: 'running' }) as const

/** Asks whether what a job found may still be written. @throws Failure where it may not */
export type Stands = (tx: Tx) => Promise<void>

/**
 * Writes how a job ended. One that goes back to the queue is sent in the same transaction.
 * @throws as `stands`, where there is a result
 */
export function finish(
  row: ClaimedRow,
  data: Prisma.JobUpdateManyMutationInput,
  stands: Stands,
): Promise<void> {
  return inTransaction(async (tx) => {
    // Before the row of the job, as whoever moves a dataset does.
    if (data.result !== undefined && data.result !== Prisma.JsonNull) await stands(tx)
    const { count } = await tx.job.updateMany({ where: stillOurs(row), data })
    if (count > 0 && data.state === 'queued') await sendJob(tx, row.id)
  })
}

/**
 * Adds results after those already there, whichever attempt they are from, so that a reader's cursor stays good.
 * @returns false when the job is not ours any more
 * @throws as `stands`
 */
export function appendItems(
  row: ClaimedRow,
  items: Prisma.InputJsonValue[],
  stands: Stands,
): Promise<boolean> {
  return inTransaction(async (tx) => {
    await stands(tx)
    const { count } = await tx.job.updateMany({ where: stillOurs(row), data: { heartbeatAt: now() } })
    if (count === 0) return false
    await tx.$executeRaw`
      INSERT INTO job_item ("spaceId", "jobId", "seq", "data")
      SELECT ${row.spaceId}, ${row.id}, last.seq + item.place::int, item.value
      FROM jsonb_array_elements(${JSON.stringify(storable(items))}::jsonb) WITH ORDINALITY AS item(value, place),
        (SELECT coalesce(max("seq"), 0) AS seq FROM job_item WHERE "spaceId" = ${row.spaceId} AND "jobId" = ${row.id}) AS last`
    return true
  })
}
