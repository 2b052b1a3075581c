import 'server-only'
import { Failure } from '#lib/domain/errors'
import { beginStep, endStep, failStep } from '#lib/domain/extensions/steps'
import { type JobError, jobError } from '#lib/domain/progress/wire'
import { changed, unchanged, writeAs } from '../access/act'
import { asSystem, type Context } from '../access/caller'
import { now } from '../platform/clock'
import type { Prisma } from '../platform/db/generated/client'
import { type ActivationRun, superseded } from './activation-run'
import { extensionKind } from './extension-kind'

/** From here on the worker delivers; the event commits with it. */
export function finishActivation(ctx: Context, run: ActivationRun): Promise<void> {
  return writeAs(
    ctx,
    extensionKind,
    'finish',
    { key: run.facts.key },
    async ({ tx, row: { spaceId }, at }) => {
      const steps = endStep(beginStep(run.steps, 'active', at), 'active', at)
      const { count } = await tx.extension.updateMany({
        where: { spaceId, key: run.facts.key, jobId: run.jobId, state: 'activating' },
        data: {
          state: 'active',
          steps: steps as unknown as Prisma.InputJsonArray,
          activatedAt: at,
          version: { increment: 1 },
        },
      })
      if (count === 0) throw superseded()
      return changed(undefined, {
        msgType: 'extension-activated',
        objectType: 'extension',
        objectId: run.facts.key,
        before: { state: 'activating' },
        after: { state: 'active' },
      })
    },
  )
}

/** Says why an activation ended, as the system: whoever started it may have lost the right meanwhile. */
export function failActivation(ctx: Context, run: ActivationRun, cause: unknown): Promise<void> {
  const { spaceId } = ctx.caller
  const system = asSystem('activate-extension', spaceId, ctx.requestId, ctx.signal, ctx.startedAt)
  const error = toError(cause)
  return writeAs(system, extensionKind, 'fail', { key: run.facts.key }, async ({ tx }) => {
    const { count } = await tx.extension.updateMany({
      where: { spaceId, key: run.facts.key, jobId: run.jobId, state: 'activating' },
      data: {
        state: 'failed',
        error: error as Prisma.InputJsonObject,
        steps: failStep(run.steps, now(), error.message) as unknown as Prisma.InputJsonArray,
        version: { increment: 1 },
      },
    })
    if (count === 0) return unchanged(undefined)
    return changed(undefined, {
      msgType: 'extension-activation-failed',
      outcome: 'failed',
      objectType: 'extension',
      objectId: run.facts.key,
      before: { state: 'activating' },
      after: { state: 'failed' },
      fields: { reason: error.reason ?? error.code, message: error.message },
    })
  })
}

function toError(cause: unknown): JobError {
  if (!(cause instanceof Failure)) {
    return {
      code: 'internal',
      message: 'Launchpad could not do this because of a fault of its own.',
      remedy: 'Retry it.',
    }
  }
  return jobError.parse({ code: cause.kind, message: cause.message, ...cause.details })
}
