import * as z from 'zod'
import { maxLineChars, textParams } from './text-params'

/** What becomes of a line that the expression does not match. */
export const UNMATCHED_LINES = ['keep', 'skip', 'fail'] as const

/** Lines taken apart by a regular expression of the RE2 subset; each named group is a column. */
export const regexpFormatSchema = z.object({
  type: z.literal('regexp'),
  params: z.object({
    ...textParams,
    maxLineChars,
    pattern: z.string().min(1, 'Enter a regular expression.').max(10_000),
    unmatchedLines: z.enum(UNMATCHED_LINES).default('keep'),
  }),
})

export type RegexpFormat = z.infer<typeof regexpFormatSchema>
