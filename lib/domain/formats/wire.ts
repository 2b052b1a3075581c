import * as z from 'zod'
import { COMPRESSIONS } from './text-params'

/** One thing about a file that a person should know, with the place. */
export const formatProblemSchema = z.object({
  /** `"looks-like-binary"`, `"undecodable-bytes"`, `"ERR_FORMAT_LINE_TOO_LARGE"`. */
  reason: z.string(),
  message: z.string(),
  path: z.string(),
  /** From 1. */
  record: z.int().optional(),
  /** In bytes; after decompression for texts, before it for compressed data. */
  offset: z.int().optional(),
  /** The column it stands in. */
  column: z.string().optional(),
  /** What stands there, cut short. */
  excerpt: z.string().optional(),
  /** How often there was the same in this file, where not each one is listed. */
  count: z.int().optional(),
  /** Settings of the format that mend it, each by one click. */
  fixes: z.array(z.object({ label: z.string(), params: z.record(z.string(), z.unknown()) })).optional(),
  remedy: z.string().optional(),
})
export type FormatProblem = z.infer<typeof formatProblemSchema>

export const previewRecordSchema = z.object({
  /** Its number in the file, from 1. */
  number: z.int(),
  /** The file inside of an archive that it stands in. */
  entry: z.string().optional(),
  /** One for each column of the preview; a shorter list leaves out columns that came later. */
  cells: z.array(z.string().nullable()),
  /** Places of cells that the record does not have at all: neither null nor empty. */
  absent: z.array(z.int()).optional(),
  /** The record as it stands in the file, where its cells do not say it. */
  raw: z.string().optional(),
  /** Why it could not be taken apart; its text is in `raw`. */
  unparsed: z.string().optional(),
  /** Longer than is held whole: `cells` show its first 64 KiB. */
  tooLarge: z.literal(true).optional(),
  /** Its full length in characters, where `cells` show less. */
  chars: z.int().optional(),
})
export type PreviewRecord = z.infer<typeof previewRecordSchema>

/** The first records of one file. */
export const previewSchema = z.object({
  /** "Used <path>". */
  usedPath: z.string(),
  /** How many files it is the newest of, where there are more than were looked at. */
  newestOf: z.int().optional(),
  sizeBytes: z.int(),
  compression: z.enum(COMPRESSIONS),
  /** `''` for formats that are no text. */
  charset: z.string(),
  /** What the content is, where it is no text: "Parquet"; null otherwise. */
  looksLike: z.string().nullable(),
  columns: z.array(z.object({ name: z.string(), type: z.string() })),
  rows: z.array(previewRecordSchema),
  /** Records read, which is the number of rows. */
  records: z.int(),
  /** What ended the preview before the file did; null when the file is shown whole. */
  truncatedBy: z.enum(['records', 'bytes-in', 'bytes-out', 'ratio', 'deadline', 'failure']).nullable(),
  /** U+FFFD put in place of what does not decode. */
  replacedBytes: z.int(),
  problems: z.array(formatProblemSchema),
})
export type Preview = z.infer<typeof previewSchema>
