import { resetInput } from '#lib/domain/identity/gate-wire'
import { publicRoute } from '#lib/server/http/route'
import { resetPassword } from '#lib/server/identity/resets'

export const POST = publicRoute(
  { summary: 'Set a new password with a reset link', body: resetInput },
  (ctx, { body }) => resetPassword(ctx, body),
)
