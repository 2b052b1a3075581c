import type { Issue } from './result'

/** The few kinds of failure, and the HTTP status that each one answers. */
export const HTTP_STATUS = {
  validation_failed: 422,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  precondition_failed: 412,
  limit_exceeded: 429,
  unavailable: 503,
  internal: 500,
} as const

export type ErrorKind = keyof typeof HTTP_STATUS

export interface FailureDetails {
  /** The product's own code: `"ERR_FSPROVIDER_ILLEGAL_PATH"`, `"name-taken"`. */
  reason?: string
  /** Where it happened: an object's path, a connection's name. */
  where?: string
  /** Byte offset in the object, where one is known. */
  offset?: number
  /** What the person can do about it, one sentence. */
  remedy?: string
  /** Names of people who can help: the administrators to ask. */
  ask?: string[]
  issues?: Issue[]
  retryAfterSeconds?: number
  /** Facts that a page shows with the error: base, theirs and yours of a conflict. */
  facts?: Record<string, unknown>
}

/** The only error that verbs throw on purpose; everything else is a defect and answers `internal`. */
export class Failure extends Error {
  override name = 'Failure'
  constructor(
    readonly kind: ErrorKind,
    message: string,
    readonly details: FailureDetails = {},
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}
