import 'server-only'
import { Failure, HTTP_STATUS } from '#lib/domain/errors'
import type { Problem } from '#lib/domain/problem'
import { explainDatabaseError } from '../platform/db/transaction'
import { logger } from '../platform/logger'

const TITLES: Record<keyof typeof HTTP_STATUS, string> = {
  validation_failed: 'Not valid',
  unauthenticated: 'Not signed in',
  forbidden: 'Not permitted',
  not_found: 'Not found',
  conflict: 'Conflict',
  precondition_failed: 'Changed meanwhile',
  limit_exceeded: 'Too many attempts',
  unavailable: 'Not available now',
  internal: 'Something went wrong here',
}

/** Answers any error as application/problem+json. What is not a Failure is a defect: logged whole, told in general. */
export function problemResponse(error: unknown, requestId: string): Response {
  const explained = explainDatabaseError(error)
  const failure = explained instanceof Failure ? explained : defect(explained)
  const status = HTTP_STATUS[failure.kind]
  if (status >= 500) logger.error({ err: failure.cause ?? failure, requestId }, failure.message)
  const body: Problem = {
    type: 'about:blank',
    title: TITLES[failure.kind],
    status,
    code: failure.kind,
    detail: failure.message,
    requestId,
    details: failure.details,
  }
  const headers = new Headers({ 'content-type': 'application/problem+json', 'cache-control': 'no-store' })
  const { retryAfterSeconds } = failure.details
  if (retryAfterSeconds !== undefined) headers.set('retry-after', String(retryAfterSeconds))
  if (failure.kind === 'unauthenticated') headers.set('www-authenticate', 'Bearer realm="Launchpad"')
  return new Response(JSON.stringify(body), { status, headers })
}

const defect = (cause: unknown) =>
  new Failure(
    'internal',
    'Launchpad could not do this because of a fault of its own.',
    { remedy: 'Try again. If it happens again, tell your administrator the request id.' },
    { cause },
  )
