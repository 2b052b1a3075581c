import * as z from 'zod'
import { dssTags } from '#lib/domain/projects/dss-json'
import { listDssTags } from '#lib/server/datasets/dss/dss-tags'
import { publicApiRoute } from '#lib/server/http/public-api-route'

const params = z.object({ projectKey: z.string() })

export const GET = publicApiRoute(
  { summary: 'DSS client: project.get_tags(); tags have no colors here', params, result: dssTags },
  (ctx, input) => listDssTags(ctx, input.params.projectKey),
)
