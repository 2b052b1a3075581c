import { fail, ok, type Result } from '../result'
import type { EventStream } from './vocabulary'

/** What is read off an event that a node sent; its line is delivered as it came. */
export interface NodeEvent {
  /** The delivered line, without its end. */
  line: string
  /** `message.eventId`, or null when the node gave none. */
  eventId: string | null
  stream: EventStream
  topic: string
  msgType: string
  outcome: string | null
  actor: string | null
  objectType: string | null
  objectId: string | null
  projectKey: string | null
}

const MAX_FIELD_CHARS = 200

/**
 * Reads one event in either envelope: `{"message":{…}}` of audit logs, or `{"clientEvent":{…}}` of the Event Server.
 * @example parseNodeEvent('{"topic":"apinode-query","message":{"msgType":"query"}}') // stream "apinode"
 */
export function parseNodeEvent(text: string): Result<NodeEvent> {
  const root = parseObject(text)
  if (!root) return fail({ reason: 'not-an-object', message: 'is not a JSON object on one line' })
  const core = asObject(root.clientEvent) ?? root
  const message = asObject(core.message) ?? (core === root ? null : core)
  if (!message) return fail({ reason: 'no-message', message: 'has neither "message" nor "clientEvent"' })
  const topic = readTopic(root, core, message)
  return ok({
    // A carriage return can stand between tokens only; readers of lines would break there.
    line: text.includes('\r') ? text.replaceAll('\r', ' ') : text,
    eventId: readEventId(message.eventId),
    stream: topic === 'apinode-query' ? 'apinode' : 'instance',
    topic,
    msgType: readField(message.msgType) ?? 'unknown',
    outcome: readField(message.outcome),
    actor: readField(message.authUser) ?? readField(asObject(core.mdc)?.user),
    objectType: readField(message.objectType),
    objectId: readField(message.objectId),
    projectKey: readField(message.projectKey),
  })
}

type JsonObject = Record<string, unknown>

function readTopic(root: JsonObject, core: JsonObject, message: JsonObject): string {
  const named = readField(core.topic) ?? readField(root.topic) ?? readField(message.topic)
  if (named) return named
  const logger = readField(core.logger) ?? readField(root.logger)
  return logger?.startsWith('dku.audit.') ? logger.slice('dku.audit.'.length) || 'generic' : 'generic'
}

function parseObject(text: string): JsonObject | null {
  try {
    return asObject(JSON.parse(text))
  } catch {
    return null
  }
}

const asObject = (value: unknown): JsonObject | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null

/** Only an id that a column holds exactly tells events apart; any other is as good as none. */
function readEventId(value: unknown): string | null {
  if (Number.isSafeInteger(value)) return String(value)
  if (typeof value !== 'string' || value === '' || value.length > MAX_FIELD_CHARS) return null
  return value.includes('\0') || !value.isWellFormed() ? null : value
}

/** A short text for a column; the line keeps the whole. PostgreSQL stores neither NUL nor half a character. */
function readField(value: unknown): string | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null
  const text = String(value).slice(0, MAX_FIELD_CHARS).replaceAll('\0', '').toWellFormed()
  return text === '' ? null : text
}
