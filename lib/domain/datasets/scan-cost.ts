import * as z from 'zod'

/** What listing everything below a path takes, by a look at a few places. */
export const scanCost = z.object({
  /** Objects below the path, whether the rules take them or not. */
  objects: z.number().int(),
  /** They were counted, estimated from a few ways down the folders, or are known from below only. */
  certainty: z.enum(['exact', 'about', 'at-least']),
  /** Requests to the store that listing them takes; each lists at most 1,000 objects of one folder. */
  requests: z.number().int(),
  /** Requests that this look took, and how long one that was alone took by the median, in milliseconds. */
  probes: z.number().int(),
  requestMs: z.number(),
  /** Of the folders that the listing walks side by side those that were looked at, below the path, with what each holds. */
  folders: z.array(z.object({ path: z.string(), objects: z.number().int(), atLeast: z.boolean() })),
  /** How many such folders there are; null where a page of what lies at the path did not tell. */
  foldersTotal: z.number().int().nullable(),
  /** Paths that were met on the way, below the path: what patterns are suggested from before anything is listed. */
  examples: z.array(z.string()).default([]),
})
export type ScanCost = z.infer<typeof scanCost>
