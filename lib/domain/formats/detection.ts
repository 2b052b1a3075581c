import * as z from 'zod'
import { formatSchema } from './catalogue'
import { COMPRESSIONS } from './text-params'

/** One way to read the files, with what speaks for it. */
export const formatCandidateSchema = z.object({
  /** All settings; taking the candidate over means taking these. */
  format: formatSchema,
  /** `"Separated values, semicolon"`, `"JSON, one object a line"`. */
  label: z.string(),
  /** A layout that is known by name: `"CloudTrail"`, `"nginx combined"`. */
  layout: z.string().nullable(),
  /** 0 to 1: the share of what was looked at that fits, weighed by how telling the fit is. */
  confidence: z.number().min(0).max(1),
  /** What was seen, in plain sentences: `"All 412 rows have 7 cells."` */
  evidence: z.array(z.string()),
  /** Why another one won: `"Only 3 of 412 lines are JSON."`; null for the first. */
  lostBecause: z.string().nullable(),
  /** Names of the columns it gives, as far as the samples tell. */
  columns: z.array(z.string()),
})
export type FormatCandidate = z.infer<typeof formatCandidateSchema>

/** What the files look like, the best way to read them first. */
export const detectionSchema = z.object({
  /** Empty when nothing could be read. */
  candidates: z.array(formatCandidateSchema),
  /** The objects that were looked at, of different ages and sizes. */
  files: z.array(
    z.object({
      path: z.string(),
      sizeBytes: z.int(),
      modifiedAt: z.iso.datetime(),
      compression: z.enum(COMPRESSIONS),
      charset: z.string(),
      /** The kind of binary file it is, if it is one. */
      looksLike: z.string().nullable(),
      /** Why it could not be read whole, or at all; null where nothing spoke against it. */
      problem: z.string().nullable(),
      /** Of an archive, how many files inside of it were looked at: it is these that the evidence counts. */
      inside: z.int().optional(),
    }),
  ),
  charset: z.object({ name: z.string(), confidence: z.number().min(0).max(1), evidence: z.string() }),
  compression: z.object({ name: z.enum(COMPRESSIONS), evidence: z.string() }),
  /** Columns of the first candidate that hold times, with how they are written: `"yyyy-MM-dd'T'HH:mm:ssZ"`. */
  timestamps: z.array(
    z.object({
      column: z.string(),
      layout: z.string(),
      /** The other order of day and month, where the values do not tell which one is meant. */
      ambiguousWith: z.string().optional(),
      example: z.string(),
    }),
  ),
  durationMs: z.int(),
})
export type Detection = z.infer<typeof detectionSchema>
