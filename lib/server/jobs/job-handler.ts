import 'server-only'
import type { z } from 'zod'
import type { Context } from '../access/caller'
import type { Tx } from '../platform/db/client'
import type { Prisma } from '../platform/db/generated/client'

/** What a handler has of its job: who it acts for, when to stop, and how to tell what it does. */
export interface RunningJob {
  id: string
  /** Acts with the live rights of whoever started the job; its signal ends on Cancel and on shutdown. */
  ctx: Context
  /** Tells progress; written at most four times a second. */
  report(progress: { done?: number; total?: number | null; message?: string }): void
  /** Adds results that the page reads by cursor as they come. */
  append(items: Prisma.InputJsonValue[]): Promise<void>
  /** Tells what is asked, and held, in each transaction that writes what the job found: where it throws, that is not kept. */
  keepWhile(stands: (tx: Tx) => Promise<void>): void
  /** Tells what to keep as the result when someone cancels the job: what it has found until then. */
  keepOnCancel(find: () => Promise<Prisma.InputJsonValue | null>): void
}

/** One kind of job: its file, and a line in the registry. */
export interface JobHandler<P extends z.ZodType = z.ZodType> {
  kind: string
  payload: P
  /** What becomes of it when its worker died: jobs that can be repeated are, up to three times. */
  whenWorkerIsLost: 'retry' | 'fail'
  run(job: RunningJob, payload: z.output<P>): Promise<Prisma.InputJsonValue | null>
}

/** Declares what runs the jobs of a kind, its payload typed by the schema. */
export const defineJob = <P extends z.ZodType>(handler: JobHandler<P>): JobHandler =>
  handler as unknown as JobHandler
