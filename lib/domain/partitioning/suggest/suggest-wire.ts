import * as z from 'zod'
import { dimensionWire } from '../wire'

/** Paths to suggest a partitioning for, as List files found them. */
export const suggestionRequest = z.object({
  /** The connection that they are on. */
  connection: z.string(),
  examples: z
    .array(
      z.object({
        /** Below the dataset's path, with a slash before it. */
        path: z.string().max(2_000),
        /** When the file was changed: a date in its path was not to come then. */
        modifiedAt: z.iso.datetime().optional(),
      }),
    )
    .min(1)
    .max(500),
})
export type SuggestionRequest = z.output<typeof suggestionRequest>

/** What suits them, the best first. */
export const suggestions = z.object({
  /** Why what looks like days in most of the paths is not suggested as such. */
  unread: z.string().optional(),
  suggestions: z.array(
    z.object({
      filePathPattern: z.string(),
      dimensions: z.array(dimensionWire),
      /** How many of the paths it matches. */
      matched: z.number().int(),
      total: z.number().int(),
      /** The same number for the same layout by different periods. */
      layout: z.number().int(),
      /** What tells the day from the month, where dates have the year at their end. */
      told: z.string().optional(),
    }),
  ),
})
export type Suggestions = z.infer<typeof suggestions>
