import * as z from 'zod'
import { DEFAULT_MAX_LINE_CHARS, maxLineChars, textParams } from './text-params'

/** One record per line: a column named `line`, and on request the columns of the JSON that stands in it. */
export const lineFormatSchema = z.object({
  type: z.literal('line'),
  params: z.object({
    ...textParams,
    maxLineChars,
    /** Expand JSON: the object's values become columns beside `line`; audit envelopes are unwrapped. */
    expandJson: z.boolean().default(false),
    /** How many levels of objects become columns of their own, named `a.b`; deeper ones stay JSON. */
    expandDepth: z
      .int('Enter a whole number from 1 to 20.')
      .min(1, 'Enter 1 or more.')
      .max(20, 'Enter 20 or less.')
      .default(2),
  }),
})

export type LineFormat = z.infer<typeof lineFormatSchema>

/** The settings that a new dataset starts with. */
export const DEFAULT_LINE_FORMAT: LineFormat = {
  type: 'line',
  params: {
    charset: 'utf8',
    compress: '',
    maxLineChars: DEFAULT_MAX_LINE_CHARS,
    expandJson: false,
    expandDepth: 2,
  },
}
