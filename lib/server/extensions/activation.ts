import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import { Failure } from '#lib/domain/errors'
import type { ExtensionFacts } from '#lib/domain/extensions/catalogue'
import type { ActivateExtensionPayload } from '#lib/domain/extensions/jobs'
import { formatQuantity } from '#lib/domain/format'
import type { Context } from '../access/caller'
import { database } from '../platform/db/client'
import { type ActivationRun, openRun } from './activation-run'
import { failActivation, finishActivation } from './end-activation'
import { readBack } from './read-back'
import { setUp } from './set-up'

/** How delivery brings the first event to the store: it stands later in the line of nouns. */
export type DeliverFirst = (
  place: {
    spaceId: string
    stream: ExtensionFacts['stream']
    after: bigint | null
    startedAt: Date
    extension: { key: string; version: number }
  },
  signal: AbortSignal,
) => Promise<{ path: string; sizeBytes: number; sha256: string }>

const TRIES = 5
const FIRST_PAUSE_MS = 500

/** Walks through the steps of an activation. Repeated after a crash, what was done is found done. */
export async function runActivation(
  ctx: Context,
  jobId: string,
  payload: ActivateExtensionPayload,
  deliverFirst: DeliverFirst,
): Promise<void> {
  const run = await openRun(ctx, jobId, payload)
  // Finished by an earlier try of this job, which could not say so any more.
  if (!run) return
  try {
    await walk(run, payload, deliverFirst)
  } catch (error) {
    const canceled = ctx.signal.aborted && ctx.signal.reason instanceof Failure
    // A worker that is told to stop leaves the activation to the next one.
    if (ctx.signal.aborted && !canceled) throw error
    await failActivation(ctx, run, canceled ? ctx.signal.reason : error)
    throw error
  }
}

async function walk(run: ActivationRun, payload: ActivateExtensionPayload, deliverFirst: DeliverFirst) {
  const { ctx, facts, spaceId } = run
  await run.step('connection-created', async () => {
    await setUp(ctx, facts, payload.usableByGroups)
    return { detail: 'Amazon S3, read only, with this one allowed prefix', path: facts.folder }
  })
  const first = await run.step('first-event-written', async (tell) => {
    const { after, startedAt, version } = run
    const extension = { key: facts.key, version }
    const place = { spaceId, stream: facts.stream, after, startedAt, extension }
    const object = await withTries(ctx.signal, tell, () => deliverFirst(place, ctx.signal))
    return { ...object, detail: `${object.sizeBytes} bytes, compressed` }
  })
  await run.step('read-back', async (tell) => {
    await withTries(ctx.signal, tell, () => readBack(ctx, facts, first))
    return { detail: 'The bytes are those that were written.', path: first.path }
  })
  await run.step('delivering-kept', async () => ({ detail: await describeKept(run), path: null }))
  await finishActivation(ctx, run)
}

/** Tries what may only need a moment: an object that the reading key does not see yet, a store that is slow. */
async function withTries<T>(
  signal: AbortSignal,
  tell: (detail: string) => Promise<void>,
  attempt: () => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt()
    } catch (error) {
      const passing = error instanceof Failure && (error.kind === 'unavailable' || error.kind === 'not_found')
      if (!passing || tries === TRIES || signal.aborted) throw error
      await tell(`Try ${tries + 1} of ${TRIES}. ${error.message.replace(/\.$/, '')}.`)
      await sleep(FIRST_PAUSE_MS * 2 ** (tries - 1), undefined, { signal })
    }
  }
}

async function describeKept({ spaceId, facts, after, since }: ActivationRun): Promise<string> {
  const where = {
    spaceId,
    stream: facts.stream,
    batchId: null,
    ...(after === null ? {} : { seq: { gt: after } }),
  }
  const waiting = await database().auditEvent.count({ where })
  if (since !== null)
    return `From ${since.toISOString().slice(0, 16).replace('T', ' ')} UTC on: ${formatQuantity(waiting, 'event')}`
  return `From the beginning: ${formatQuantity(waiting, 'event')}, oldest first`
}
