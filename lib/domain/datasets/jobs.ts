import * as z from 'zod'
import { definitionRequest, listingScope } from './files-wire'
import { partitionsRequest } from './partitions-wire'

/** List files in the wizard; the result is a `filesReport`. */
export const listFilesJob = { kind: 'list-files', payload: definitionRequest } as const

/** List partitions, of settings in the wizard or of a dataset; items are partitions, the result is a `partitionsReport`. */
export const listPartitionsJob = {
  kind: 'list-partitions',
  payload: z.union([
    z.object({
      dataset: z.object({ projectKey: z.string(), name: z.string() }),
      scope: listingScope.optional(),
    }),
    partitionsRequest,
  ]),
} as const
