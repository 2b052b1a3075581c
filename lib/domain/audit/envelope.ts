import { parseExactJson, printExactJson } from '../exact-json'
import type { MsgType, Outcome, Topic } from './vocabulary'

/** What the message of one of our own events holds; absent fields are left out. */
export interface EventMessage {
  msgType: MsgType
  eventId: string
  nodeId: string
  requestId: string
  authUser: string
  authSource: string
  /** Of what a key did: its id. */
  authKeyId?: string
  authVia: string
  originAddress: string
  outcome: Outcome
  projectKey?: string
  objectType?: string
  objectId?: string
  before?: unknown
  after?: unknown
  [field: string]: unknown
}

export interface EnvelopeFields {
  topic: Topic
  message: EventMessage
  /** The HTTP call that led to it, or the job: `"POST /api/connections"`. */
  apiCall: string
  callTimeMs: number
  at: Date
}

/** One delivered line, without its end, in the shape of a DSS audit log. */
export function formatEnvelope({ topic, message, apiCall, callTimeMs, at }: EnvelopeFields): string {
  return printExactJson({
    severity: message.outcome === 'success' ? 'INFO' : 'WARN',
    logger: `dku.audit.${topic}`,
    topic,
    message,
    mdc: { apiCall, user: message.authUser },
    callTime: callTimeMs,
    timestamp: formatTimestamp(at),
  })
}

/** `"2026-02-19T15:05:02.441+0000"`: always UTC, with the offset written as DSS writes it. */
export const formatTimestamp = (at: Date): string => at.toISOString().replace('Z', '+0000')

/** The line as delivered: an event that stands for repeats says how many. */
export function withRepeats(line: string, repeats: number): string {
  if (repeats <= 1) return line
  const envelope = parseExactJson(line) as { message: Record<string, unknown> }
  envelope.message.count = repeats
  return printExactJson(envelope)
}
