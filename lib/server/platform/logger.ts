import 'server-only'
import { pino } from 'pino'

/**
 * The process's log: JSON lines on stdout, with the request id that the user sees in an error.
 * Never log a body, a cell or a secret; the redaction below is the second line of defence.
 */
export const logger = pino({
  level: process.env.LAUNCHPAD_LOG_LEVEL ?? 'info',
  base: { process: process.env.LAUNCHPAD_PROCESS ?? 'launchpad' },
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: {
    paths: [
      '*.password',
      '*.secret',
      '*.token',
      '*.secretAccessKey',
      '*.authorization',
      '*.cookie',
      '*.apiKey',
    ],
    censor: 'hidden',
  },
})
