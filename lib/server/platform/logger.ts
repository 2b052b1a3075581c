import 'server-only'
import { type DestinationStream, pino } from 'pino'

const SECRET_NAMES = ['password', 'secret', 'token', 'secretAccessKey', 'authorization', 'cookie', 'apiKey']
const CAUSES_TOLD = 5
const MESSAGE_CHARS = 2_000
const STACK_CHARS = 8_000

/**
 * The process's log: JSON lines on stdout, with the request id that the user sees in an error.
 * Never log a body, a cell or a secret; the redaction below is the second line of defence.
 */
export const logger = createLogger()

/** Makes a logger of JSON lines without secrets; to stdout unless told. */
export function createLogger(destination?: DestinationStream) {
  const options = {
    level: process.env.LAUNCHPAD_LOG_LEVEL ?? 'info',
    base: { process: process.env.LAUNCHPAD_PROCESS ?? 'launchpad' },
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: describeError },
    redact: {
      paths: SECRET_NAMES.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
      censor: 'hidden',
    },
  }
  return destination ? pino(options, destination) : pino(options)
}

interface DescribedError {
  type: string
  message: string
  code?: string
  stack?: string
  cause?: DescribedError
}

/** What an error says of itself, and no more: drivers hang connections, requests and rows onto theirs. */
function describeError(error: unknown, depth = 0): DescribedError {
  if (!(error instanceof Error)) return { type: typeof error, message: 'not an Error' }
  const { name, message, stack, cause } = error
  const { code } = error as { code?: unknown }
  return {
    type: name,
    message: message.slice(0, MESSAGE_CHARS),
    ...(typeof code === 'string' ? { code } : {}),
    ...(stack === undefined ? {} : { stack: stack.slice(0, STACK_CHARS) }),
    ...(cause instanceof Error && depth < CAUSES_TOLD ? { cause: describeError(cause, depth + 1) } : {}),
  }
}
