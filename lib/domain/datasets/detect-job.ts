import * as z from 'zod'

/** Detection of format and schema for a dataset's own files; the result is in DSS's form. */
export const testAndDetectJob = {
  kind: 'test-and-detect',
  payload: z.object({
    dataset: z.object({ projectKey: z.string(), name: z.string() }),
    inferStorageTypes: z.boolean(),
  }),
} as const
