import 'server-only'
import { Failure } from '#lib/domain/errors'
import { authenticate } from '../access/authenticate'
import type { Context } from '../access/caller'
import { type Declaration, declare, type Handler, type Input, type Outcome, type Shape } from './declare'
import { checkOrigin, type PublicContext, withCaller } from './request-context'

/** Declares a route for people and keys: authenticate, parse, one verb, answer. */
export function route<
  P extends Shape = undefined,
  Q extends Shape = undefined,
  B extends Shape = undefined,
  R extends Shape = undefined,
>(
  declaration: Declaration<P, Q, B, R>,
  act: (ctx: Context, input: Input<P, Q, B>) => Promise<Outcome<R>>,
): Handler {
  return declare('user', declaration, async (request, ctx, input, cookies) => {
    const found = await authenticate(ctx)
    if (!found) throw notSignedIn()
    cookies.push(...found.cookies)
    // Only browsers send the second; programs with a key come from anywhere.
    if (found.byCookie || request.headers.has('sec-fetch-site')) checkOrigin(request)
    return act(withCaller(ctx, found.caller), await input())
  })
}

/** Declares a route that needs no caller: sign-in, first run, health, a node's intake. */
export function publicRoute<
  P extends Shape = undefined,
  Q extends Shape = undefined,
  B extends Shape = undefined,
  R extends Shape = undefined,
>(
  declaration: Declaration<P, Q, B, R> & { audience?: 'public' | 'node' },
  act: (ctx: PublicContext, input: Input<P, Q, B>) => Promise<Outcome<R>>,
): Handler {
  const { audience = 'public', ...rest } = declaration
  return declare(audience, rest, async (request, ctx, input) => {
    // A node has no cookies; everything else that is public and changes something comes from our own pages.
    if (audience === 'public') checkOrigin(request)
    return act(ctx, await input())
  })
}

const notSignedIn = () =>
  new Failure('unauthenticated', 'You are not signed in.', {
    reason: 'signed-out',
    remedy: 'Sign in and try again.',
  })
