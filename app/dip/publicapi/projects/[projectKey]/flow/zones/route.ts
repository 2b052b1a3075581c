import * as z from 'zod'
import { dssObject } from '#lib/domain/public-api/wire'
import { publicApiRoute } from '#lib/server/http/public-api-route'
import { createDssZone, listDssZones } from '#lib/server/projects/dss-zones'

const params = z.object({ projectKey: z.string() })

export const GET = publicApiRoute(
  {
    summary: 'DSS client: flow.list_zones()',
    params,
    result: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        color: z.string(),
        items: z.array(dssObject),
        shared: z.array(dssObject),
      }),
    ),
  },
  (ctx, input) => listDssZones(ctx, input.params.projectKey),
)

export const POST = publicApiRoute(
  { summary: 'DSS client: flow.create_zone(…); refused, there is one zone', params, body: dssObject },
  (ctx, input) => createDssZone(ctx, input.params.projectKey),
)
