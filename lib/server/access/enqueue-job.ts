import 'server-only'
import { Failure } from '#lib/domain/errors'
import type { Prisma } from '../platform/db/generated/client'
import { newId } from '../platform/ids'
import { sendJob } from '../platform/queue'
import type { AuthorizedTx } from './authorize'
import type { Caller, Context } from './caller'

export interface JobRequest {
  kind: string
  payload: Prisma.InputJsonObject
  objectType?: string
  objectId?: string
  /** The inner id of that object, which no other ever has. */
  objectKey?: string
  /** At most one job with this key is under way; asking again gives back the one that is. */
  exclusiveKey?: string
  message?: string
}

/** The jobs of one caller that may be under way at once. */
export const MOST_UNDER_WAY = 30

/**
 * Puts a job row and its message into the caller's transaction. The job acts as its caller, with their live rights.
 * @throws Failure `limit_exceeded` when too many jobs of the caller are under way
 */
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
  await requireRoom(tx, ctx.caller)
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
      objectKey: request.objectKey ?? null,
      exclusiveKey: request.exclusiveKey ?? null,
      requestId: ctx.requestId,
    },
  })
  await sendJob(tx, jobId)
  return { jobId, fresh: true }
}

/** Queues are for all: nobody fills them alone. The product's own jobs are not counted. */
async function requireRoom(tx: AuthorizedTx, caller: Caller): Promise<void> {
  if (caller.kind === 'system') return
  const { spaceId } = caller
  const [name, id] = caller.kind === 'user' ? ['userId', caller.userId] : ['keyId', caller.keyId]
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`${spaceId}|jobs-of|${id}`}, 2))`
  const underWay = await tx.job.count({
    where: { spaceId, state: { in: ['queued', 'running'] }, actor: { path: [name], equals: id } },
  })
  if (underWay < MOST_UNDER_WAY) return
  throw new Failure('limit_exceeded', `${MOST_UNDER_WAY} jobs that you started are under way.`, {
    reason: 'too-many-jobs',
    remedy: 'Wait until one has ended, or cancel one.',
    retryAfterSeconds: 5,
  })
}
