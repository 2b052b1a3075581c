import * as z from 'zod'

export const JOB_STATES = ['queued', 'running', 'succeeded', 'failed', 'canceled'] as const

/** Why a job failed, in the vocabulary of problems. */
export const jobError = z.object({
  code: z.string(),
  message: z.string(),
  reason: z.string().optional(),
  where: z.string().optional(),
  remedy: z.string().optional(),
  ask: z.array(z.string()).optional(),
})
export type JobError = z.infer<typeof jobError>

/** A piece of work that goes on in the worker, as the page polls it. */
export const job = z.object({
  id: z.string(),
  kind: z.string(),
  state: z.enum(JOB_STATES),
  /** Units done so far, and of how many, where that is known. */
  done: z.number().int(),
  total: z.number().int().nullable(),
  /** What it does at the moment, for people. */
  message: z.string(),
  result: z.unknown(),
  error: jobError.nullable(),
  cancelRequested: z.boolean(),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
  canCancel: z.boolean(),
})
export type Job = z.infer<typeof job>

/** Results as they come: ask again with `after = next`. */
export const jobItems = z.object({
  items: z.array(z.unknown()),
  next: z.number().int(),
  finished: z.boolean(),
})
export type JobItems = z.infer<typeof jobItems>

/** Tells whether a job has not ended. */
export const isUnderWay = (state: Job['state']): boolean => state === 'queued' || state === 'running'

/** What stood behind a job: a person with a browser, a program with an API key, or Launchpad by itself. */
export const JOB_ORIGINS = ['browser', 'api-key', 'launchpad'] as const

/** A job in a list: what it is about, and who started it by what. */
export const projectJob = job.extend({
  object: z.string().nullable(),
  startedBy: z.string(),
  origin: z.enum(JOB_ORIGINS),
  /** The label of the API key, while there is one of that name. */
  keyLabel: z.string().nullable(),
})
export type ProjectJob = z.infer<typeof projectJob>
