import { landing, signInInput } from '#lib/domain/identity/gate-wire'
import { session } from '#lib/domain/identity/wire'
import { Answer } from '#lib/server/http/declare'
import { publicRoute, route } from '#lib/server/http/route'
import { getSession } from '#lib/server/identity/session'
import { signIn } from '#lib/server/identity/sign-in'
import { signOut } from '#lib/server/identity/sign-out'

export const GET = route({ summary: 'Who one is, and which pages are open', result: session }, (ctx) =>
  getSession(ctx),
)

export const POST = publicRoute(
  {
    summary: 'Sign in; the answer sets the session cookie',
    body: signInInput,
    result: landing,
  },
  async (ctx, { body }) => {
    const { home, headers } = await signIn(ctx, body)
    return new Answer({ home }, headers)
  },
)

export const DELETE = publicRoute(
  { summary: 'Sign out' },
  async (ctx) => new Answer(undefined, await signOut(ctx)),
)
