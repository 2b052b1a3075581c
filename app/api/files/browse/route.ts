import * as z from 'zod'
import { filesRequest, folderPage } from '#lib/domain/datasets/files-wire'
import { browseFolder } from '#lib/server/datasets/listing/browse'
import { route } from '#lib/server/http/route'

export const POST = route(
  {
    summary: 'One page of a folder on a connection',
    body: filesRequest.extend({ after: z.string().optional() }),
    result: folderPage,
  },
  (ctx, { body }) => {
    const { after, ...request } = body
    return browseFolder(ctx, after === undefined ? request : { ...request, after })
  },
)
