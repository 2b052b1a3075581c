import * as z from 'zod'
import { refuseCharset } from './charsets'

/** *Maximum characters per line* of a new dataset. */
export const DEFAULT_MAX_LINE_CHARS = 500_000_000

/** What a file can be packed with; zip may hold several files, read one after another. */
export const COMPRESSIONS = ['none', 'gzip', 'bzip2', 'zip', 'zstd'] as const
export type Compression = (typeof COMPRESSIONS)[number]

/** `''` = detected from the content. */
export const compressionSchema = z.enum(['', ...COMPRESSIONS])
export type CompressionSetting = z.infer<typeof compressionSchema>

/** Settings that all text formats share. */
export const textParams = {
  charset: z
    .string()
    .superRefine((label, context) => {
      const message = refuseCharset(label)
      if (message !== undefined) context.addIssue({ code: 'custom', message })
    })
    .default('utf8'),
  compress: compressionSchema.default(''),
  /** Set where bytes that look like no text are read as text all the same, with their NULs. */
  binaryAsText: z.boolean().optional(),
  /** Names of the entries of zip archives that are read, `*` for anything; without it those of each archive's largest kind. */
  zipEntries: z.string().max(200, 'Enter 200 characters or less.').optional(),
}

/** UTF-16 units; 0 = no limit. */
export const maxLineChars = z
  .int('Enter a whole number; 0 means no limit.')
  .min(0, 'Enter 0 or more; 0 means no limit.')
  .max(Number.MAX_SAFE_INTEGER, 'Enter a smaller number, or 0 for no limit.')
  .default(DEFAULT_MAX_LINE_CHARS)
