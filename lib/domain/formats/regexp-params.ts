import * as z from 'zod'
import { parseLinePattern } from './line-pattern'
import { maxLineChars, textParams } from './text-params'

/** What becomes of a line that the expression does not match. */
export const UNMATCHED_LINES = ['keep', 'skip', 'fail'] as const

/** Settings of lines that are taken apart by a regular expression of the RE2 subset. */
export const regexpParamsSchema = z.object({
  ...textParams,
  maxLineChars,
  pattern: z
    .string()
    .min(1, { error: 'Enter a regular expression.', abort: true })
    .max(10_000, { error: 'Enter 10,000 characters or less.', abort: true })
    .superRefine((text, context) => {
      const parsed = parseLinePattern(text)
      if (parsed.ok) return
      for (const { message, start, end } of parsed.issues) {
        context.addIssue({ code: 'custom', message, params: { start, end } })
      }
    }),
  unmatchedLines: z.enum(UNMATCHED_LINES).default('keep'),
})
export type RegexpParams = z.infer<typeof regexpParamsSchema>
