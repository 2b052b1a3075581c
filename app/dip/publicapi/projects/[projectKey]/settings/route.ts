import * as z from 'zod'
import { dssProjectSettings } from '#lib/domain/projects/dss-json'
import { publicApiRoute } from '#lib/server/http/public-api-route'
import { getDssSettings } from '#lib/server/projects/dss-project-settings'

const params = z.object({ projectKey: z.string() })

export const GET = publicApiRoute(
  {
    summary: 'DSS client: project.get_settings(), as they were given when it was made',
    params,
    result: dssProjectSettings,
    keepsJson: true,
  },
  (ctx, input) => getDssSettings(ctx, input.params.projectKey),
)
