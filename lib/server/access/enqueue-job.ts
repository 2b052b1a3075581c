import 'server-only'
import type { Prisma } from '../platform/db/generated/client'
import { newId } from '../platform/ids'
import { sendJob } from '../platform/queue'
import type { AuthorizedTx } from './authorize'
import type { Context } from './caller'

export interface JobRequest {
  kind: string
  payload: Prisma.InputJsonObject
  objectType?: string
  objectId?: string
  /** At most one job with this key is under way; asking again gives back the one that is. */
  exclusiveKey?: string
  message?: string
}

/** Puts a job row and its message into the caller's transaction. The job acts as its caller, with their live rights. */
export async function enqueueJob(
  tx: AuthorizedTx,
  ctx: Context,
  request: JobRequest,
): Promise<{ jobId: string; fresh: boolean }> {
  const { spaceId } = ctx.caller
  if (request.exclusiveKey) {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`${spaceId}|${request.exclusiveKey}`}, 2))`
    const under = await tx.job.findFirst({
      where: { spaceId, exclusiveKey: request.exclusiveKey, state: { in: ['queued', 'running'] } },
    })
    if (under) return { jobId: under.id, fresh: false }
  }
  const jobId = newId()
  await tx.job.create({
    data: {
      id: jobId,
      spaceId,
      kind: request.kind,
      state: 'queued',
      message: request.message ?? '',
      actor: ctx.caller,
      payload: request.payload,
      objectType: request.objectType ?? null,
      objectId: request.objectId ?? null,
      exclusiveKey: request.exclusiveKey ?? null,
      requestId: ctx.requestId,
    },
  })
  await sendJob(tx, jobId)
  return { jobId, fresh: true }
}
