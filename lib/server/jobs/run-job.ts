import 'server-only'
import { Failure } from '#lib/domain/errors'
import { type Context, storedCaller } from '../access/caller'
import { now } from '../platform/clock'
import { Prisma } from '../platform/db/generated/client'
import { storable } from '../platform/db/storable'
import { logger } from '../platform/logger'
import { appendItems, type ClaimedRow, claim, finish, type Stands } from './claimed-row'
import { toJobError, WORKER_LOST } from './job-error'
import type { JobHandler, RunningJob } from './job-handler'
import { handlerFor } from './registry'
import { type Beat, CANCELED, startBeat, TAKEN_OVER } from './start-beat'

/** Runs one job row to its end. Never throws: what goes wrong stands in the row, or is left to recovery. */
export async function runJob(jobId: string, shutdown: AbortSignal, find = handlerFor): Promise<void> {
  // A worker that is told to stop begins nothing; the row waits for another.
  if (shutdown.aborted) return
  try {
    const row = await claim(jobId)
    if (!row) return
    const beat = startBeat(row)
    const kept = new KeptResult()
    const ending = await perform(row, beat, shutdown, find(row.kind), kept)
    await end(row, { ...(await beat.stop()), ...ending }, kept)
  } catch (err) {
    // A row that still says "running" is recovered once it has been silent for long enough.
    logger.error({ err, jobId }, 'a job could not be brought to its end')
  }
}

type Ending = Prisma.JobUpdateManyMutationInput

/** Writes how a job ended, without what it found where that may not be kept any more. */
async function end(row: ClaimedRow, ending: Ending, { stands }: KeptResult): Promise<void> {
  try {
    await finish(row, ending, stands)
  } catch (error) {
    if (!(error instanceof Failure) || error.kind === 'unavailable') throw error
    const why = ending.state === 'canceled' ? {} : failed(toJobError(error))
    await finish(row, { ...ending, ...why, result: Prisma.JsonNull }, stands)
  }
}

async function perform(
  row: ClaimedRow,
  beat: Beat,
  shutdown: AbortSignal,
  handler: JobHandler | undefined,
  kept: KeptResult,
): Promise<Ending> {
  try {
    if (!handler) throw new Failure('internal', `There is no handler for jobs of kind ${row.kind}.`)
    const job = runningJob(row, beat, AbortSignal.any([beat.signal, shutdown]), kept)
    const result = storable(await handler.run(job, handler.payload.parse(row.payload)))
    return { state: 'succeeded', result: result ?? Prisma.JsonNull, finishedAt: now() }
  } catch (error) {
    const { aborted, reason } = beat.signal
    if (aborted && reason === CANCELED)
      return { state: 'canceled', message: 'Canceled', result: await kept.take(row), finishedAt: now() }
    if (shutdown.aborted) return leave(handler)
    logFault(error, row)
    return failed(toJobError(error))
  }
}

/** Logs what whoever asked for a job can do nothing about: a defect, or that something of ours did not answer. */
function logFault(err: unknown, { id: jobId, kind }: ClaimedRow): void {
  if (!(err instanceof Failure)) logger.error({ err, jobId, kind }, 'a job failed')
  else if (err.kind === 'unavailable') logger.warn({ err, jobId, kind }, 'a job failed')
}

/** A worker that is told to stop leaves the job to the next one, where it may be repeated. */
const leave = (handler: JobHandler | undefined): Ending =>
  handler?.whenWorkerIsLost === 'retry' ? { state: 'queued', heartbeatAt: null } : failed(WORKER_LOST)

const failed = (error: object): Ending => ({
  state: 'failed',
  error: error as Prisma.InputJsonObject,
  finishedAt: now(),
})

/** What is kept of what a job finds. */
class KeptResult {
  /** Asked wherever it is written. */
  stands: Stands = async () => undefined
  /** What a canceled job has found until then, where its handler can tell. */
  find: () => Promise<Prisma.InputJsonValue | null> = async () => null

  /** A partial result that cannot be told is none: the job is canceled all the same. */
  async take({ id, kind }: ClaimedRow) {
    try {
      return storable(await this.find()) ?? Prisma.JsonNull
    } catch (err) {
      logger.error({ err, jobId: id, kind }, 'the partial result of a canceled job could not be told')
      return Prisma.JsonNull
    }
  }
}

function runningJob(row: ClaimedRow, beat: Beat, signal: AbortSignal, kept: KeptResult): RunningJob {
  const ctx: Context = {
    caller: storedCaller.parse(row.actor),
    requestId: row.requestId,
    originAddress: 'internal',
    via: 'job',
    call: `job ${row.kind}`,
    startedAt: now(),
    signal,
  }
  return {
    id: row.id,
    ctx,
    report: ({ done, total, message }) =>
      beat.tell({
        ...(done === undefined ? {} : { done }),
        ...(total === undefined ? {} : { total }),
        ...(message === undefined ? {} : { message }),
      }),
    append: async (items) => {
      if (items.length > 0 && !(await appendItems(row, items, kept.stands))) throw TAKEN_OVER
    },
    keepWhile: (stands) => {
      kept.stands = stands
    },
    keepOnCancel: (find) => {
      kept.find = find
    },
  }
}
