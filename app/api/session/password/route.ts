import { passwordChange } from '#lib/domain/identity/wire'
import { route } from '#lib/server/http/route'
import { changeOwnPassword } from '#lib/server/identity/change-password'

export const POST = route(
  { summary: "Change one's own password; the other sessions end", body: passwordChange },
  (ctx, { body, request }) => changeOwnPassword(ctx, request.headers, body),
)
