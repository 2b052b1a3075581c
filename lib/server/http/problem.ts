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
  const { reason = failure.kind, remedy, ask = [] } = details
  const said = [
    message,
    ...placesOf(failure),
    ...(remedy === undefined ? [] : [remedy]),
    ...(ask.length === 0 ? [] : [`Ask: ${ask.join(', ')}.`]),
    `(request ${requestId})`,
  ]
  const detailedMessage = [...new Set(said)].join(' ')
  return respond(failure, 'application/json', { errorType: reason, message, detailedMessage })
}

/** Issues that one message tells. */
const MOST_ISSUES = 5

/** Where it happened: by the paths of fields, in which clients think; labels of the interface only where there are none. */
function placesOf({ message, details: { where, issues = [] } }: Failure): string[] {
  const placed = issues.slice(0, MOST_ISSUES).map((issue) => {
    const path = (issue.path ?? []).join('.')
    if (path === '') return issue.message === message ? '' : issue.message
    if (issue.message === message) return `At ${path}.`
    const isNamed = issue.message.startsWith(`${path} `) || issue.message.startsWith(`${path}: `)
    return isNamed ? issue.message : `${path}: ${issue.message}`
  })
  if (where !== undefined && !issues.some(({ path = [] }) => path.length > 0)) placed.unshift(`At ${where}.`)
  return placed.filter((place) => place !== '')
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
