import { filesDetection } from '#lib/domain/datasets/files-detection'
import { definitionRequest } from '#lib/domain/datasets/files-wire'
import { detectFiles } from '#lib/server/datasets/detection/detect-format'
import { route } from '#lib/server/http/route'

export const POST = route(
  {
    summary: 'What the files look like: formats, charset, compression, times, with what speaks for each',
    body: definitionRequest.pick({ definition: true }),
    result: filesDetection,
  },
  (ctx, { body }) => detectFiles(ctx, body),
)
