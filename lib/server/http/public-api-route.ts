import 'server-only'
import { Failure } from '#lib/domain/errors'
import { authenticate } from '../access/authenticate'
import type { Context } from '../access/caller'
import { type Declaration, declare, type Handler, type Input, type Outcome, type Shape } from './declare'
import { publicApiErrorResponse } from './problem'
import { checkOrigin, withCaller } from './request-context'

/** Names whom `get_client_as()` means to act as. Done with the key's own rights instead, it could be more than they may. */
const ACT_AS_HEADER = 'x-dku-proxyuser'

/**
 * Declares a route of the API that DSS clients speak: a key in `Authorization`, cookies ignored, errors in their form.
 * Bodies are JSON whatever their content type says.
 */
export function publicApiRoute<
  P extends Shape = undefined,
  Q extends Shape = undefined,
  B extends Shape = undefined,
  R extends Shape = undefined,
>(
  declaration: Declaration<P, Q, B, R>,
  act: (ctx: Context, input: Input<P, Q, B>) => Promise<Outcome<R>>,
): Handler {
  return declare(
    'key',
    declaration,
    async (request, ctx, input) => {
      const found = request.headers.has('authorization') ? await authenticate(ctx) : null
      if (!found) throw keyNeeded()
      if (request.headers.has(ACT_AS_HEADER)) throw noImpersonation()
      // A browser that keeps a key for Basic can be tricked into sending it.
      if (request.headers.has('sec-fetch-site')) checkOrigin(request)
      return act(withCaller(ctx, found.caller), await input())
    },
    { refuse: publicApiErrorResponse, done },
  )
}

/** Clients read the answer to a change as JSON, whatever it is. */
function done(headers: Headers): Response {
  headers.set('content-type', 'application/json')
  return new Response('{}', { headers })
}

const keyNeeded = () =>
  new Failure('unauthenticated', 'This address needs an API key in the Authorization header.', {
    reason: 'no-key',
    remedy: 'Send "Authorization: Bearer KEY", or Basic with the key as user name and no password.',
  })

const noImpersonation = () =>
  new Failure('forbidden', 'A key acts with its own rights alone, and nobody can act as somebody else.', {
    reason: 'no-impersonation',
    remedy: 'Use a personal key of the person who is meant.',
  })
