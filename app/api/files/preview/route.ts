import { previewRequest } from '#lib/domain/datasets/files-wire'
import { previewSchema } from '#lib/domain/formats/wire'
import { previewFiles } from '#lib/server/datasets/detection/preview'
import { route } from '#lib/server/http/route'

export const POST = route(
  {
    summary: 'The first records of a file, read as settings say',
    body: previewRequest,
    result: previewSchema,
  },
  (ctx, { body }) => previewFiles(ctx, body),
)
