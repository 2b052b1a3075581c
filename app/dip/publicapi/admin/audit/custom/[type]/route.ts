import * as z from 'zod'
import { dssObject } from '#lib/domain/public-api/wire'
import { publicApiRoute } from '#lib/server/http/public-api-route'
import { logCustomEvent } from '#lib/server/identity/custom-event'

const params = z.object({
  type: z.string().regex(/^[\w.:-]{1,100}$/, 'is 1 to 100 letters, digits, "_", ".", ":" and "-"'),
})

export const POST = publicApiRoute(
  { summary: 'DSS client: log_custom_audit(type, params)', params, body: dssObject, keepsJson: true },
  (ctx, input) => logCustomEvent(ctx, input.params.type, input.body),
)
