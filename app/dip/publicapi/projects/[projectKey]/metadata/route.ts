import * as z from 'zod'
import { dssMetadataChange } from '#lib/domain/projects/dss-json'
import { dssMetadataAnswer } from '#lib/domain/public-api/wire'
import { publicApiRoute } from '#lib/server/http/public-api-route'
import { getDssMetadata, saveDssMetadata } from '#lib/server/projects/dss-project-settings'

const params = z.object({ projectKey: z.string() })

export const GET = publicApiRoute(
  { summary: 'DSS client: project.get_metadata()', params, result: dssMetadataAnswer, keepsJson: true },
  (ctx, input) => getDssMetadata(ctx, input.params.projectKey),
)

export const PUT = publicApiRoute(
  { summary: 'DSS client: project.set_metadata(…)', params, body: dssMetadataChange, keepsJson: true },
  (ctx, input) => saveDssMetadata(ctx, input.params.projectKey, input.body),
)
