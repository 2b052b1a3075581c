import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import { Failure } from '#lib/domain/errors'
import { now } from '../platform/clock'
import { database } from '../platform/db/client'
import type { Prisma } from '../platform/db/generated/client'
import { logger } from '../platform/logger'
import { type ClaimedRow, stillOurs } from './claimed-row'

/** How often a running job tells that it lives, writes its progress and looks whether it should stop. */
const BEAT_MS = 250

export const CANCELED = new Failure('conflict', 'Canceled.', { reason: 'canceled' })
/** The row was given to another worker, or is gone; whatever this one makes of the job is not written. */
export const TAKEN_OVER = new Failure('conflict', 'Another worker runs this job.', { reason: 'taken-over' })

export interface Beat {
  /** Aborted with CANCELED or TAKEN_OVER. */
  signal: AbortSignal
  /** Adds to what the next beat writes. */
  tell(progress: Prisma.JobUpdateManyMutationInput): void
  /** Ends the beats and gives what was told since the last. */
  stop(): Promise<Prisma.JobUpdateManyMutationInput>
}

/** Keeps the row of a running job alive until `stop`. */
export function startBeat(row: ClaimedRow): Beat {
  const end = new AbortController()
  const stopped = new AbortController()
  let pending: Prisma.JobUpdateManyMutationInput = {}

  const beat = async () => {
    const told = pending
    pending = {}
    try {
      const [fresh] = await database().job.updateManyAndReturn({
        where: stillOurs(row),
        data: { ...told, heartbeatAt: now() },
        select: { cancelRequested: true },
      })
      if (!fresh) end.abort(TAKEN_OVER)
      else if (fresh.cancelRequested) end.abort(CANCELED)
    } catch (error) {
      pending = { ...told, ...pending }
      throw error
    }
  }

  const goOn = async () => {
    let silent = false
    while (!stopped.signal.aborted) {
      await sleep(BEAT_MS, undefined, { signal: stopped.signal }).catch(() => {})
      if (stopped.signal.aborted) return
      try {
        await beat()
        silent = false
      } catch (err) {
        if (!silent) logger.warn({ err, jobId: row.id }, 'a job could not tell its progress')
        silent = true
      }
    }
  }

  const beating = goOn()
  return {
    signal: end.signal,
    tell: (progress) => Object.assign(pending, progress),
    stop: async () => {
      stopped.abort()
      await beating
      return pending
    },
  }
}
