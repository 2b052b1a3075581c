import 'server-only'
import { listFilesJob, listPartitionsJob } from '#lib/domain/datasets/jobs'
import { computeMetricsJob } from '#lib/domain/datasets/metrics'
import { Failure } from '#lib/domain/errors'
import { authorize, Denied, notFound } from '../../access/authorize'
import type { Context } from '../../access/caller'
import { connectionKind } from '../../connections/connection-kind'
import type { Tx } from '../../platform/db/client'
import type { Job } from '../../platform/db/generated/client'
import { authorizeFilesOf } from '../authorize-files-of'
import { type DatasetAction, datasetKind } from '../dataset-kind'

/** What is told of a job instead of what it found, to who may hear that it ran. */
export const UNKNOWN_RESULT =
  'What it found is not shown: what it is about is not there any more, or you may not read it.'

export type JobOnObject = Pick<Job, 'kind' | 'objectType' | 'objectId' | 'objectKey'>

/** What a job about a dataset tells of its data takes the right that starting it took. */
const ACTIONS: Record<string, DatasetAction> = {
  [listPartitionsJob.kind]: 'list-partitions',
  [computeMetricsJob.kind]: 'compute-metrics',
}
const ON_CONNECTION = new Set<string>([listFilesJob.kind, listPartitionsJob.kind])

/**
 * Asks anew for the right on what a job is about: who may not read a dataset any more has no use of what was read of it.
 * @throws Denied, or Failure `not_found` for a dataset that is not there, also where another has its name now
 */
export async function authorizeJobObject(tx: Tx, ctx: Context, job: JobOnObject): Promise<void> {
  const { kind, objectType, objectId } = job
  if (objectId === null) return
  if (objectType === 'dataset') return authorizeDataset(tx, ctx, job, objectId)
  if (objectType === 'connection' && ON_CONNECTION.has(kind))
    await authorize(tx, ctx, connectionKind, 'use', { name: objectId })
}

/** What keeps somebody from knowing what a job found. */
export interface Withheld {
  /** The right that is missing; null where what the job is about is not there, or may not be seen. */
  need: string | null
  /** Whom to ask for it. */
  ask: string[]
}

/** As `authorizeJobObject`, for who may hear that the job ran, whatever it found: null for who may know it, and is no denial. */
export async function withheldFrom(tx: Tx, ctx: Context, job: JobOnObject): Promise<Withheld | null> {
  try {
    await authorizeJobObject(tx, ctx, job)
    return null
  } catch (error) {
    if (error instanceof Failure && error.kind === 'not_found') return { need: null, ask: [] }
    if (!(error instanceof Denied)) throw error
    const { decision, ask } = error
    return decision.visible ? { need: decision.need, ask } : { need: null, ask: [] }
  }
}

async function authorizeDataset(tx: Tx, ctx: Context, job: JobOnObject, id: string): Promise<void> {
  const dot = id.indexOf('.')
  const ref = { projectKey: id.slice(0, dot), name: id.slice(dot + 1) }
  const action = ACTIONS[job.kind]
  const { row } = await authorize(tx, ctx, datasetKind, action ?? 'see', ref)
  // Names are used again.
  if (row.id !== job.objectKey) throw notFound('job')
  // A detection tells of files, which seeing the settings does not show.
  if (!action) await authorizeFilesOf(tx, ctx, row)
}
