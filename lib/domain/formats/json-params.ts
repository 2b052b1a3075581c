import * as z from 'zod'
import { textParams } from './text-params'

/** Settings of JSON. */
export const jsonParamsSchema = z.object({
  ...textParams,
  /**
   * Levels of objects inside of a record whose values become columns of their own, named `a.b`: names have up to
   * maxDepth + 1 parts. Deeper objects and all arrays stay JSON, as with 0 every object does.
   */
  maxDepth: z
    .int('Enter a whole number from 0 to 100.')
    .min(0, 'Enter 0 or more.')
    .max(100, 'Enter 100 or less.')
    .default(1),
  /** Where the records stand, names joined by `.`: `Records` as in CloudTrail; `''` = the values themselves. */
  rootPath: z.string().max(1_000).default(''),
})
export type JsonParams = z.infer<typeof jsonParamsSchema>
