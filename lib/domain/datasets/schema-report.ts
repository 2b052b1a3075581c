import * as z from 'zod'
import { formatProblemSchema } from '../formats/wire'

/** A value that does not fit a type, with its place. */
const counterExample = z.object({
  type: z.string(),
  path: z.string(),
  /** From 1. */
  record: z.int(),
  excerpt: z.string(),
})

/** A column that the files were seen to have. */
const foundColumn = z.object({
  name: z.string(),
  /** As the format declares it: `string` for texts. */
  type: z.string(),
  /** The narrowest storage type that all values fit. */
  inferred: z.string(),
  /** For each narrower type the first value that spoke against it. */
  against: z.array(counterExample),
  /** Records that have the column, of `records`; those with an empty or null value among them. */
  present: z.int(),
  empty: z.int(),
  firstSeen: z.object({ path: z.string(), modifiedAt: z.iso.datetime() }),
  longestChars: z.int(),
  /** Three at most. */
  examples: z.array(z.string()),
})
export type FoundColumn = z.infer<typeof foundColumn>

/** The columns of several files together, in the order in which they were met, oldest file first. */
export const schemaReport = z.object({
  files: z.array(z.object({ path: z.string(), records: z.int(), modifiedAt: z.iso.datetime() })),
  records: z.int(),
  columns: z.array(foundColumn),
  problems: z.array(formatProblemSchema),
  readAt: z.iso.datetime(),
  /** What ended the reading before it was done; null when it was. */
  endedBy: z.enum(['deadline']).nullable(),
})
export type SchemaReport = z.infer<typeof schemaReport>
