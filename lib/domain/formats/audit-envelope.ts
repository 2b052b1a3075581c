import { escapeName } from './root-path'

/** Fields of the envelope that keep their names; `mdc` is an object of its own. */
const ENVELOPE_FIELDS = new Set(['severity', 'logger', 'topic', 'mdc', 'callTime', 'timestamp'])
/** What the Event Server adds around the envelope. */
const SERVER_FIELDS = new Set(['origAddress', 'serverTimestamp'])
/** Names that a field of the message cannot have as its column, since something else has. */
const TAKEN = new Set([
  ...ENVELOPE_FIELDS,
  ...SERVER_FIELDS,
  'message',
  'envelope',
  'eventServer',
  'clientEvent',
  'line',
])

/** What an audit event's top-level columns are, each with its value. */
export type UnwrappedEvent<Value> = Map<string, Value>

/**
 * Takes an audit event out of its envelope, so that both kinds give the same columns, or gives undefined for an object
 * that is no audit event. Known are `{topic, message: {msgType, …}, mdc, timestamp, …}` of audit logs and
 * `{clientEvent, origAddress, serverTimestamp}` of the Event Server, whose `clientEvent` is such an envelope or the
 * message itself. Fields of the message lose the prefix `message.`, fields of the envelope keep their names. A field of the
 * message whose name the envelope has as well stays `message.timestamp`; fields that neither envelope is known to
 * have become `envelope.x`, and `eventServer.x` where they stand beside `clientEvent`. So no two fields meet.
 * @param membersOf the members of a value that is an object
 * @returns column names (dots and backslashes in them escaped) with their values, in order of appearance
 */
export function unwrapAuditEnvelope<Value>(
  members: ReadonlyMap<string, Value>,
  membersOf: (value: Value) => ReadonlyMap<string, Value> | undefined,
): UnwrappedEvent<Value> | undefined {
  const fields: UnwrappedEvent<Value> = new Map()
  const clientEvent = objectOf(members, 'clientEvent', membersOf)
  if (clientEvent === undefined) {
    const message = objectOf(members, 'message', membersOf)
    if (message === undefined || !message.has('msgType')) return undefined
    addEnvelope(fields, members, message)
    return fields
  }
  const message = objectOf(clientEvent, 'message', membersOf)
  if (message === undefined && !clientEvent.has('msgType')) return undefined
  if (message !== undefined) addEnvelope(fields, clientEvent, message)
  else addBareMessage(fields, clientEvent)
  for (const [name, value] of members) {
    if (name === 'clientEvent') continue
    fields.set(SERVER_FIELDS.has(name) ? name : `eventServer.${escapeName(name)}`, value)
  }
  return fields
}

function objectOf<Value>(
  members: ReadonlyMap<string, Value>,
  name: string,
  membersOf: (value: Value) => ReadonlyMap<string, Value> | undefined,
): ReadonlyMap<string, Value> | undefined {
  const value = members.get(name)
  return value === undefined ? undefined : membersOf(value)
}

function addEnvelope<Value>(
  fields: UnwrappedEvent<Value>,
  envelope: ReadonlyMap<string, Value>,
  message: ReadonlyMap<string, Value>,
): void {
  for (const [name, value] of envelope) {
    if (name === 'message') addMessage(fields, message)
    else fields.set(ENVELOPE_FIELDS.has(name) ? name : `envelope.${escapeName(name)}`, value)
  }
}

function addMessage<Value>(fields: UnwrappedEvent<Value>, message: ReadonlyMap<string, Value>): void {
  for (const [name, value] of message) {
    fields.set(TAKEN.has(name) ? `message.${name}` : escapeName(name), value)
  }
}

/** A message without an envelope around it carries the topic and the time itself. */
function addBareMessage<Value>(fields: UnwrappedEvent<Value>, message: ReadonlyMap<string, Value>): void {
  for (const [name, value] of message) {
    const isPlain = ENVELOPE_FIELDS.has(name) || !TAKEN.has(name)
    fields.set(isPlain ? escapeName(name) : `message.${name}`, value)
  }
}
