import 'server-only'
import { Failure } from '#lib/domain/errors'
import { EXTENSIONS, type ExtensionFacts } from '#lib/domain/extensions/catalogue'
import type { ActivateExtensionPayload } from '#lib/domain/extensions/jobs'
import {
  type ActivationStep,
  activationSteps,
  beginStep,
  endStep,
  noteStep,
  type StepName,
} from '#lib/domain/extensions/steps'
import type { Context } from '../access/caller'
import { now } from '../platform/clock'
import { database } from '../platform/db/client'
import type { Prisma } from '../platform/db/generated/client'

/** An activation under way, and how its steps are told to the page that polls. */
export interface ActivationRun {
  ctx: Context
  jobId: string
  facts: ExtensionFacts
  spaceId: string
  /** Events up to this one were declined, at that time. */
  after: bigint | null
  since: Date | null
  startedAt: Date
  /** Of the extension while this activation is the one. */
  version: number
  steps: ActivationStep[]
  step<T extends { detail: string; path: string | null }>(
    name: StepName,
    work: (tell: (detail: string) => Promise<void>) => Promise<T>,
  ): Promise<T>
}

/** Takes up the activation that a job works on; null when it is active already. */
export async function openRun(
  ctx: Context,
  jobId: string,
  { key }: ActivateExtensionPayload,
): Promise<ActivationRun | null> {
  const stored = await loadOwn(ctx, jobId, key)
  if (!stored) return null
  const run: ActivationRun = {
    ctx,
    jobId,
    facts: EXTENSIONS[key],
    spaceId: ctx.caller.spaceId,
    after: stored.deliverAfter,
    since: stored.deliverSince,
    startedAt: stored.changedAt,
    version: stored.version,
    steps: activationSteps.parse(stored.steps),
    step: async (name, work) => {
      const save = async (steps: ActivationStep[]) => {
        run.steps = steps
        await saveSteps(run)
      }
      ctx.signal.throwIfAborted()
      await save(beginStep(run.steps, name, now()))
      const outcome = await work((detail) => save(noteStep(run.steps, name, { detail })))
      await save(endStep(run.steps, name, now(), { detail: outcome.detail, path: outcome.path }))
      return outcome
    },
  }
  return run
}

async function loadOwn(ctx: Context, jobId: string, key: string) {
  const { spaceId } = ctx.caller
  const row = await database().extension.findUnique({ where: { spaceId_key: { spaceId, key } } })
  if (row?.jobId !== jobId || (row.state !== 'activating' && row.state !== 'active')) throw superseded()
  return row.state === 'active' ? null : row
}

/**
 * Keeps the steps for the page that polls. They are no change of the extension: those have their own events.
 * @throws Failure `conflict` when another activation has taken over
 */
async function saveSteps(run: ActivationRun): Promise<void> {
  const { spaceId } = run.ctx.caller
  const { count } = await database().extension.updateMany({
    where: { spaceId, key: run.facts.key, jobId: run.jobId, state: 'activating' },
    data: { steps: run.steps as unknown as Prisma.InputJsonArray },
  })
  if (count === 0) throw superseded()
}

/** The end of an activation that another one has replaced. */
export const superseded = () =>
  new Failure('conflict', 'This activation was replaced by another one.', { reason: 'superseded' })
