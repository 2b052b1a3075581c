import { suggestionRequest, suggestions } from '#lib/domain/partitioning/suggest/suggest-wire'
import { suggestForPaths } from '#lib/server/datasets/listing/suggest-for-paths'
import { route } from '#lib/server/http/route'

export const POST = route(
  {
    summary: 'Partitionings that suit paths, as the wizard suggests them',
    body: suggestionRequest,
    result: suggestions,
  },
  (ctx, { body }) => suggestForPaths(ctx, body),
)
