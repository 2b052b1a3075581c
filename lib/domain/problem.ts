import * as z from 'zod'
import { HTTP_STATUS } from './errors'

const issue = z.object({
  reason: z.string(),
  message: z.string(),
  start: z.number().optional(),
  end: z.number().optional(),
  path: z.array(z.union([z.string(), z.number()])).optional(),
})

/** The body of every refused or failed request (application/problem+json). */
export const problem = z.object({
  type: z.literal('about:blank'),
  title: z.string(),
  status: z.number().int(),
  code: z.enum(Object.keys(HTTP_STATUS) as [keyof typeof HTTP_STATUS]),
  /** What happened, in a sentence for people. */
  detail: z.string(),
  /** Also in the server's log and in the header x-request-id. */
  requestId: z.string(),
  details: z.object({
    reason: z.string().optional(),
    where: z.string().optional(),
    offset: z.number().optional(),
    remedy: z.string().optional(),
    ask: z.array(z.string()).optional(),
    issues: z.array(issue).optional(),
    retryAfterSeconds: z.number().optional(),
    facts: z.record(z.string(), z.unknown()).optional(),
  }),
})
export type Problem = z.infer<typeof problem>
