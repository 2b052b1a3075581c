import { filesPreview } from '#lib/domain/datasets/files-preview'
import { previewRequest } from '#lib/domain/datasets/files-wire'
import { previewFiles } from '#lib/server/datasets/detection/preview'
import { route } from '#lib/server/http/route'

export const POST = route(
  {
    summary: 'The first records of a file, read as settings say',
    body: previewRequest,
    result: filesPreview,
  },
  (ctx, { body }) => previewFiles(ctx, body),
)
