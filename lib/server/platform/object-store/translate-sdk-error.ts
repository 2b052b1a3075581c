import 'server-only'
import { Failure } from '#lib/domain/errors'
import {
  type Attempt,
  stopped,
  strangeAnswer,
  translateAnswer,
  translateNetworkError,
} from './translate-error'

/** The answer that the SDK hides in its errors; only what is asked of it here. */
interface HiddenAnswer {
  statusCode: number
  headers: Record<string, string>
  /** Whole for a refusal, a stream where the head of an object was not understood. */
  body?: { length?: number; destroy?: () => void }
}

/** Turns what the SDK throws into the product's words: by the code and status of the answer, or that there was none. */
export function translateSdkError(
  error: unknown,
  attempt: Attempt,
  { region, signal }: { region: string; signal: AbortSignal },
): Failure {
  const answer = hiddenAnswer(error)
  // Nobody else knows of a stream in here, and it would hold its socket.
  answer?.body?.destroy?.()
  if (error instanceof Failure) return error
  if (signal.aborted) return stopped(signal, attempt.where)
  if (answer === undefined) {
    return isTooLarge(error)
      ? strangeAnswer(attempt.where, 'it is too large')
      : translateNetworkError(error, attempt.where, signal)
  }
  const { statusCode: status, headers, body } = answer
  if (status >= 200 && status < 300) return strangeAnswer(attempt.where, 'it cannot be read')
  const code = textIn(error, 'Code')
  const actual = headers['x-amz-bucket-region'] || textIn(error, 'Region') || undefined
  const foreign = {
    status,
    code: code ?? '',
    strange: code === undefined && (body?.length ?? 0) > 0,
    region: actual === region ? undefined : actual,
    retryAfterSeconds: seconds(headers['retry-after']),
  }
  return translateAnswer(foreign, attempt)
}

/** The answer behind an error of the SDK, if one came. */
export function hiddenAnswer(error: unknown): HiddenAnswer | undefined {
  if (!(error instanceof Error) || !('$response' in error)) return undefined
  const answer = error.$response
  return typeof answer === 'object' && answer !== null && 'statusCode' in answer
    ? (answer as HiddenAnswer)
    : undefined
}

function isTooLarge(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ANSWER_TOO_LARGE'
}

/** A field of the answer's XML, which the SDK copies onto its error. */
function textIn(error: unknown, field: 'Code' | 'Region'): string | undefined {
  const value: unknown = error instanceof Error ? Reflect.get(error, field) : undefined
  return typeof value === 'string' ? value : undefined
}

function seconds(header: string | undefined): number | undefined {
  return header !== undefined && /^\d{1,5}$/.test(header) ? Number(header) : undefined
}
