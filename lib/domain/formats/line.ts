import * as z from 'zod'
import { findEncoding } from './charsets'

/** *Maximum characters per line* of a new dataset. */
export const DEFAULT_MAX_LINE_CHARS = 500_000_000

const charset = z.string().refine((label) => findEncoding(label) !== undefined, 'This charset is not known.')

/** `''` = detected from the content. */
export const compressionSchema = z.enum(['', 'none', 'gzip'])
export type CompressionSetting = z.infer<typeof compressionSchema>

/** One record per line: a single column named `line`. */
export const lineFormatSchema = z.object({
  type: z.literal('line'),
  params: z.object({
    charset: charset.default('utf8'),
    compress: compressionSchema.default(''),
    /** UTF-16 units; 0 = no limit. */
    maxLineChars: z
      .int('Enter a whole number; 0 means no limit.')
      .min(0, 'Enter 0 or more; 0 means no limit.')
      .max(Number.MAX_SAFE_INTEGER, 'Enter a smaller number, or 0 for no limit.')
      .default(DEFAULT_MAX_LINE_CHARS),
  }),
})

export type LineFormat = z.infer<typeof lineFormatSchema>

/** The settings that a new dataset starts with. */
export const DEFAULT_LINE_FORMAT: LineFormat = {
  type: 'line',
  params: { charset: 'utf8', compress: '', maxLineChars: DEFAULT_MAX_LINE_CHARS },
}
