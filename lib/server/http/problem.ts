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

/** Answers any error as application/problem+json. */
export function problemResponse(error: unknown, requestId: string): Response {
  const failure = explain(error, requestId)
  const body: Problem = {
    type: 'about:blank',
    title: TITLES[failure.kind],
    status: HTTP_STATUS[failure.kind],
    code: failure.kind,
    detail: failure.message,
    requestId,
    details: failure.details,
  }
  return respond(failure, 'application/problem+json', body)
}

/**
 * Answers any error in the form that DSS clients read; they show `errorType: detailedMessage`.
 * @example {"errorType":"not_found","message":"…","detailedMessage":"…"}
 */
export function publicApiErrorResponse(error: unknown, requestId: string): Response {
  const failure = explain(error, requestId)
  const { message, details } = failure
  const { reason = failure.kind, where, remedy, ask = [], issues = [] } = details
  const detailedMessage = [
    message,
    ...(where === undefined ? [] : [`At ${where}.`]),
    ...issues.slice(0, 5).map((issue) => `${(issue.path ?? []).join('.')}: ${issue.message}`),
    ...(remedy === undefined ? [] : [remedy]),
    ...(ask.length === 0 ? [] : [`Ask: ${ask.join(', ')}.`]),
    `(request ${requestId})`,
  ].join(' ')
  return respond(failure, 'application/json', { errorType: reason, message, detailedMessage })
}

/** What is not a Failure is a defect: logged whole, told in general. */
function explain(error: unknown, requestId: string): Failure {
  const explained = explainDatabaseError(error)
  const failure = explained instanceof Failure ? explained : defect(explained)
  if (HTTP_STATUS[failure.kind] >= 500) {
    logger.error({ err: failure.cause ?? failure, requestId }, failure.message)
  }
  return failure
}

function respond(failure: Failure, contentType: string, body: object): Response {
  const headers = new Headers({ 'content-type': contentType, 'cache-control': 'no-store' })
  const { retryAfterSeconds } = failure.details
  if (retryAfterSeconds !== undefined) headers.set('retry-after', String(retryAfterSeconds))
  if (failure.kind === 'unauthenticated') headers.set('www-authenticate', 'Bearer realm="Launchpad"')
  return new Response(JSON.stringify(body), { status: HTTP_STATUS[failure.kind], headers })
}

const defect = (cause: unknown) =>
  new Failure(
    'internal',
    'Launchpad could not do this because of a fault of its own.',
    { remedy: 'Try again. If it happens again, tell your administrator the request id.' },
    { cause },
  )
