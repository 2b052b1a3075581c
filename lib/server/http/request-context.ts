import 'server-only'
import { Failure } from '#lib/domain/errors'
import type { Arrival, Caller, Context } from '../access/caller'
import { now } from '../platform/clock'
import { config } from '../platform/config'
import { newId } from '../platform/ids'

/** What is known of a request before anyone is: its id, where it came from, when it began. */
export type PublicContext = Arrival

/** Reads what our own HTTP server put on the request; those headers never come from outside. */
export function publicContext(request: Request): PublicContext {
  const { headers, method, signal } = request
  return {
    headers,
    requestId: headers.get('x-request-id') ?? newId(),
    originAddress: headers.get('x-forwarded-for') ?? 'unknown',
    via: headers.has('authorization') ? 'api' : 'browser',
    call: `${method} ${new URL(request.url).pathname}`,
    startedAt: now(),
    signal,
  }
}

/** The context of a request whose caller is known, without its headers. */
export const withCaller = ({ headers: _, ...ctx }: PublicContext, caller: Caller): Context => ({
  ...ctx,
  caller,
})

const READING = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * A change that a browser may have been tricked into must come from our own pages: one that rides on a cookie, or on a
 * name and password that the browser keeps for Basic.
 * @throws Failure `forbidden` when Origin or Sec-Fetch-Site say otherwise, or neither is there
 */
export function checkOrigin(request: Request): void {
  if (READING.has(request.method)) return
  const origin = request.headers.get('origin')
  const site = request.headers.get('sec-fetch-site')
  const sameSite = site === null || site === 'same-origin'
  const sameOrigin = origin === null ? site === 'same-origin' : origin === config().url.origin
  if (sameSite && sameOrigin) return
  throw new Failure('forbidden', 'This change did not come from a page of this Launchpad.', {
    reason: 'foreign-origin',
    remedy: `Open ${config().url.origin} and try again there.`,
  })
}
