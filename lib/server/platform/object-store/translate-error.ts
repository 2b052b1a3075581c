import 'server-only'
import { Failure, type FailureDetails } from '#lib/domain/errors'

/** What was tried, for messages: the object or folder, and the permission that it needs. */
export interface Attempt {
  /** A path as pages show it, never the bucket or the endpoint, which not everyone may read. */
  where: string
  permission: string
}

/** A store's answer that is not the one hoped for. */
export interface ForeignAnswer {
  status: number
  /** The `Code` of its XML, `''` if there was none. */
  code: string
  /** The body was there, but no S3 error. */
  strange: boolean
  region?: string | undefined
  retryAfterSeconds?: number | undefined
}

type Words = [kind: Failure['kind'], reason: string, message: string, remedy: string]

const CHECK_KEYS = 'Check access key and secret of the connection.'
const CHECK_ENDPOINT = 'Check the endpoint of the connection.'
const TRY_AGAIN = 'Try again in a moment.'

const NO_BUCKET: Words = [
  'validation_failed',
  'no-such-bucket',
  'The bucket does not exist',
  "Check the bucket's name and the region.",
]
const UNKNOWN_KEY: Words = [
  'validation_failed',
  'unknown-access-key',
  'The store does not know this access key',
  CHECK_KEYS,
]
const EXPIRED: Words = [
  'validation_failed',
  'credential-expired',
  'The credential has expired or is not valid',
  'Renew the credential of the connection.',
]
const SKEWED: Words = [
  'unavailable',
  'clock-skew',
  'The clocks of this server and of the store differ too much',
  'Set the clock of this server (NTP).',
]
const NO_OBJECT: Words = [
  'not_found',
  'object-not-found',
  'The object does not exist any more',
  'List the files again.',
]
const ARCHIVED: Words = [
  'conflict',
  'archived',
  'The object is archived and cannot be read at once',
  'Restore it in the store first, or leave archived objects out.',
]
const SLOW_DOWN: Words = ['unavailable', 'slow-down', 'The store asks to slow down', TRY_AGAIN]
const EXISTS: Words = [
  'conflict',
  'already-exists',
  'The object is there already',
  'Objects are never overwritten.',
]
const OUT_OF_RANGE: Words = [
  'conflict',
  'range-not-satisfiable',
  'The object is shorter than expected',
  'List the files again.',
]
const UNSUPPORTED: Words = [
  'validation_failed',
  'not-supported-by-store',
  'The store does not support this request',
  'Ask who runs the store, or change the checksum mode of the connection.',
]

/** By the `Code` of the answer; what is not here goes by its status. */
const BY_CODE: Record<string, Words> = {
  NoSuchBucket: NO_BUCKET,
  InvalidBucketName: NO_BUCKET,
  InvalidAccessKeyId: UNKNOWN_KEY,
  SignatureDoesNotMatch: [
    'validation_failed',
    'wrong-secret',
    'The secret does not belong to the access key',
    CHECK_KEYS,
  ],
  ExpiredToken: EXPIRED,
  InvalidToken: EXPIRED,
  RequestTimeTooSkewed: SKEWED,
  NoSuchKey: NO_OBJECT,
  NoSuchUpload: NO_OBJECT,
  InvalidObjectState: ARCHIVED,
  SlowDown: SLOW_DOWN,
  ServiceUnavailable: SLOW_DOWN,
  TooManyRequests: SLOW_DOWN,
  PreconditionFailed: EXISTS,
  ConditionalRequestConflict: [
    'unavailable',
    'write-race',
    'Another write to this object is under way',
    TRY_AGAIN,
  ],
  InvalidRange: OUT_OF_RANGE,
  NotImplemented: UNSUPPORTED,
}

const BY_STATUS: Record<number, Words> = {
  404: NO_OBJECT,
  412: EXISTS,
  416: OUT_OF_RANGE,
  429: SLOW_DOWN,
  501: UNSUPPORTED,
  503: SLOW_DOWN,
}

const WRONG_REGION = new Set([
  'PermanentRedirect',
  'AuthorizationHeaderMalformed',
  'IllegalLocationConstraintException',
])
const DENIED = new Set(['AccessDenied', 'AllAccessDisabled', 'AccountProblem', 'Forbidden'])

/** Turns a store's refusal into the product's words, by its code and status alone. */
export function translateAnswer(answer: ForeignAnswer, attempt: Attempt): Failure {
  const words = wordsFor(answer, attempt)
  const details: FailureDetails = { reason: words[1], where: attempt.where, remedy: words[3] }
  if (answer.retryAfterSeconds !== undefined) details.retryAfterSeconds = answer.retryAfterSeconds
  else if (words[0] === 'unavailable') details.retryAfterSeconds = 1
  if (words[1] === 'access-denied') details.facts = { permission: attempt.permission }
  if (words[1] === 'wrong-region' && answer.region !== undefined) details.facts = { region: answer.region }
  return new Failure(words[0], words[2], details)
}

function wordsFor(answer: ForeignAnswer, attempt: Attempt): Words {
  const { status, code } = answer
  const known = BY_CODE[code]
  if (known !== undefined) return known
  if (WRONG_REGION.has(code) || (status >= 300 && status < 400 && answer.region !== undefined)) {
    const region =
      answer.region === undefined
        ? 'Check the region of the connection.'
        : `Set the region to ${answer.region}.`
    return ['validation_failed', 'wrong-region', 'The bucket is in another region', region]
  }
  if (status >= 300 && status < 400) {
    return [
      'validation_failed',
      'redirect',
      'The endpoint redirects elsewhere, which is not followed',
      CHECK_ENDPOINT,
    ]
  }
  if (answer.strange) {
    return [
      'validation_failed',
      'not-s3',
      `The endpoint answers ${status}, but not as an S3 store does`,
      CHECK_ENDPOINT,
    ]
  }
  if (DENIED.has(code) || status === 403 || status === 401) {
    const remedy = `Allow ${attempt.permission} on the bucket to the key or role of the connection.`
    return ['validation_failed', 'access-denied', `The store refuses ${attempt.permission}`, remedy]
  }
  const byStatus = BY_STATUS[status]
  if (byStatus !== undefined) return byStatus
  if (status >= 500) return ['unavailable', 'store-error', `The store failed (status ${status})`, TRY_AGAIN]
  const named = /^[A-Za-z]{1,64}$/.test(code) ? `${code}, status ${status}` : `status ${status}`
  return ['validation_failed', 'store-refused', `The store refused the request (${named})`, CHECK_ENDPOINT]
}

const NETWORK: Record<string, [reason: string, message: string, remedy: string]> = {
  ENDPOINT_REFUSED: [
    'endpoint-not-allowed',
    'The endpoint leads to an address that is not allowed',
    'The operator can list it in LAUNCHPAD_ALLOWED_ENDPOINTS.',
  ],
  CONNECT_TIMEOUT: ['connect-timeout', 'The endpoint cannot be reached in time', CHECK_ENDPOINT],
  ETIMEDOUT: ['connect-timeout', 'The endpoint cannot be reached in time', CHECK_ENDPOINT],
  ANSWER_TIMEOUT: ['answer-timeout', 'The store did not answer in time', TRY_AGAIN],
  ECONNREFUSED: ['connection-refused', 'Nothing listens at the endpoint', CHECK_ENDPOINT],
  ENOTFOUND: ['host-not-found', 'The name of the endpoint is not known', CHECK_ENDPOINT],
  EAI_AGAIN: ['host-not-found', 'The name of the endpoint cannot be looked up', TRY_AGAIN],
  EHOSTUNREACH: ['no-route', 'There is no route to the endpoint', CHECK_ENDPOINT],
  ENETUNREACH: ['no-route', 'There is no route to the endpoint', CHECK_ENDPOINT],
  ECONNRESET: ['connection-reset', 'The store closed the connection', TRY_AGAIN],
  EPIPE: ['connection-reset', 'The store closed the connection', TRY_AGAIN],
}

const TLS = /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|EPROTO)/

/** Turns a failed connection into the product's words, by its code alone; a `Failure` stays what it is. */
export function translateNetworkError(
  error: unknown,
  where: string,
  signal: AbortSignal,
  offset?: number,
): Failure {
  if (error instanceof Failure) return error
  if (signal.aborted) return stopped(signal, where)
  const code = isSdkTimeout(error) ? 'ANSWER_TIMEOUT' : codeOf(error)
  const [reason, message, remedy] = NETWORK[code] ?? unknownNetworkError(code)
  const details: FailureDetails = { reason, where, remedy }
  if (offset !== undefined) details.offset = offset
  const kind = reason === 'endpoint-not-allowed' ? 'validation_failed' : 'unavailable'
  if (kind === 'unavailable') details.retryAfterSeconds = 5
  return new Failure(kind, message, details, { cause: error })
}

// The SDK gives this name to its own timers and to what a socket says of itself, which alone names its system call.
function isSdkTimeout(error: unknown): boolean {
  return error instanceof Error && error.name === 'TimeoutError' && !('syscall' in error) && !isReset(error)
}

function isReset(error: unknown): boolean {
  return ['ECONNRESET', 'EPIPE'].includes(codeOf(error))
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

function unknownNetworkError(code: string): [string, string, string] {
  if (TLS.test(code)) {
    return [
      'tls',
      "The endpoint's certificate or TLS is not accepted",
      'Check that it speaks https with a certificate this server trusts.',
    ]
  }
  if (code.startsWith('HPE_')) return ['not-s3', 'The endpoint does not speak HTTP', CHECK_ENDPOINT]
  return ['connection-failed', 'The connection to the store failed', TRY_AGAIN]
}

/** The failure for an answer that says success and is not what S3 would send. */
export function strangeAnswer(where: string, what: string): Failure {
  return new Failure('validation_failed', `The endpoint's answer is not that of an S3 store: ${what}`, {
    reason: 'not-s3',
    where,
    remedy: CHECK_ENDPOINT,
  })
}

/** The failure for bytes of an object that stop, or are not what was stored; without an error they ended too soon. */
export function bytesFailure(error: unknown, where: string, signal: AbortSignal, offset: number): Failure {
  if (error === undefined) {
    const details = { reason: 'connection-reset', where, offset }
    return new Failure('unavailable', 'The object ended before its length', details)
  }
  // Sockets and timers give codes; the SDK's comparison of checksums, at the end of the bytes, does not.
  if (error instanceof Failure || signal.aborted || codeOf(error) !== '') {
    return translateNetworkError(error, where, signal, offset)
  }
  const remedy = 'Try again; if it stays, change the checksum mode of the connection.'
  const details = { reason: 'checksum-mismatch', where, offset, remedy }
  return new Failure('unavailable', "The object's bytes do not match its checksum", details, { cause: error })
}

/** Says why work under a permit ended: the failure its signal carries, its deadline, or that it was stopped. */
export function stopped(signal: AbortSignal, where: string): Failure {
  const { reason } = signal
  if (reason instanceof Failure) return reason
  if (reason instanceof Error && reason.name === 'TimeoutError') {
    const remedy = 'Try again when the store answers faster, or ask for less at once.'
    return new Failure('limit_exceeded', 'It took longer than allowed', { reason: 'deadline', where, remedy })
  }
  return new Failure('unavailable', 'The work was stopped', { reason: 'stopped', where })
}

/** The failure for a dataset's path below which nothing is. */
export function rootPathMissing(path: string): Failure {
  return new Failure('not_found', `There is nothing at ${path}.`, {
    reason: 'ERR_FSPROVIDER_ROOT_PATH_DOES_NOT_EXIST',
    where: path,
    remedy: 'Check the path, or browse to it.',
  })
}
