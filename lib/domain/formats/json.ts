import * as z from 'zod'
import { textParams } from './text-params'

/** JSON objects: one a line, one behind another, in one array, or in an array below a root path. */
export const jsonFormatSchema = z.object({
  type: z.literal('json'),
  params: z.object({
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
  }),
})

export type JsonFormat = z.infer<typeof jsonFormatSchema>
