import * as z from 'zod'
import { lineFormatSchema } from './line'

/** How the files of a dataset are read; each format adds itself here. */
export const formatSchema = z.discriminatedUnion('type', [lineFormatSchema])
export type FormatSettings = z.infer<typeof formatSchema>

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
  remedy: z.string().optional(),
})
export type FormatProblem = z.infer<typeof formatProblemSchema>

export const previewRecordSchema = z.object({
  /** Its number in the file, from 1. */
  number: z.int(),
  cells: z.array(z.string().nullable()),
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
  sizeBytes: z.int(),
  compression: z.enum(['none', 'gzip']),
  charset: z.string(),
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
