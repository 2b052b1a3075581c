import 'server-only'
import { redirect } from 'next/navigation'
import { parseNextPath } from '#lib/domain/identity/landing'
import type { Session } from '#lib/domain/identity/wire'
import { now } from '../platform/clock'
import { newId } from '../platform/ids'
import { getPageVisitor } from './session'
import type { Visit } from './visit'

/** How long a page may take to find out who opens it. */
const DEADLINE_MS = 10_000

/** The circumstances of a page's request. */
const pageVisit = (headers: Headers): Visit => ({
  headers,
  requestId: headers.get('x-request-id') ?? newId(),
  originAddress: headers.get('x-forwarded-for') ?? 'unknown',
  via: 'browser',
  call: `GET ${headers.get('x-path') ?? '/'}`,
  startedAt: now(),
  signal: AbortSignal.timeout(DEADLINE_MS),
})

/** Who opens a page of the application; whoever is not signed in is sent to sign in, or to the first run. */
export async function requirePageSession(headers: Headers): Promise<Session> {
  const visitor = await getPageVisitor(pageVisit(headers))
  if (visitor.state === 'signed-in') return visitor.session
  if (visitor.state === 'not-set-up') redirect('/setup-needed')
  const next = wantedPath(headers)
  redirect(next === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(next)}`)
}

/** The path that was asked for, without what Next's own client adds to it. */
function wantedPath(headers: Headers): string {
  const path = parseNextPath(headers.get('x-path'))
  if (!path) return '/'
  const url = new URL(path, 'http://launchpad.invalid')
  url.searchParams.delete('_rsc')
  return `${url.pathname}${url.search}`
}

/** Who opens a page that comes before one is in. */
export const findPageVisitor = (headers: Headers) => getPageVisitor(pageVisit(headers))
