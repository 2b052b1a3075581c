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

/**
 * How an audit event is wrapped: `delivered` as `{message: {msgType, …}, topic, mdc, timestamp, …}` of audit logs,
 * `forwarded` as that in the `clientEvent` of the Event Server's `{clientEvent, origAddress, serverTimestamp}`, `bare`
 * with the message itself as `clientEvent`.
 */
export type AuditEnvelope = 'delivered' | 'forwarded' | 'bare'

/** What all events in an envelope have, by the names that lead there. */
export const ENVELOPE_MARKS: Record<AuditEnvelope, readonly string[]> = {
  delivered: ['message', 'msgType'],
  forwarded: ['clientEvent', 'message'],
  bare: ['clientEvent', 'msgType'],
}

type Members<Value> = ReadonlyMap<string, Value>
/** Gives the members of a value that is an object and has some. */
type MembersOf<Value> = (value: Value) => Members<Value> | undefined

/** Tells how the audit event is wrapped that an object is, or undefined if it is none. */
export function findEnvelope<Value>(
  members: Members<Value>,
  membersOf: MembersOf<Value>,
): AuditEnvelope | undefined {
  const clientEvent = objectOf(members, 'clientEvent', membersOf)
  if (clientEvent === undefined) {
    return objectOf(members, 'message', membersOf)?.has('msgType') ? 'delivered' : undefined
  }
  if (objectOf(clientEvent, 'message', membersOf) !== undefined) return 'forwarded'
  return clientEvent.has('msgType') ? 'bare' : undefined
}

/**
 * Takes an audit event out of its envelope, so that all of them give the same columns. Fields of the message lose the
 * prefix `message.`, fields of the envelope keep their names. A field of the message whose name the envelope has as well
 * is `message.timestamp`; fields that neither envelope is known to have become `envelope.x`, and `eventServer.x` where
 * they stand beside `clientEvent`. So no two fields meet.
 * @returns column names (dots and backslashes in names escaped) with their values, in order of appearance
 */
export function unwrapAuditEnvelope<Value>(
  envelope: AuditEnvelope,
  members: Members<Value>,
  membersOf: MembersOf<Value>,
): Map<string, Value> {
  const fields = new Map<string, Value>()
  if (envelope === 'delivered') {
    addEnvelope(fields, members, membersOf)
    return fields
  }
  for (const [name, value] of members) {
    if (name !== 'clientEvent') {
      fields.set(SERVER_FIELDS.has(name) ? name : `eventServer.${escapeName(name)}`, value)
    } else if (envelope === 'bare') addBareMessage(fields, membersOf(value) ?? new Map())
    else addEnvelope(fields, membersOf(value) ?? new Map(), membersOf)
  }
  return fields
}

function objectOf<Value>(
  members: Members<Value>,
  name: string,
  membersOf: MembersOf<Value>,
): Members<Value> | undefined {
  const value = members.get(name)
  return value === undefined ? undefined : membersOf(value)
}

function addEnvelope<Value>(
  fields: Map<string, Value>,
  envelope: Members<Value>,
  membersOf: MembersOf<Value>,
): void {
  for (const [name, value] of envelope) {
    if (name === 'message') addMessage(fields, membersOf(value) ?? new Map())
    else fields.set(ENVELOPE_FIELDS.has(name) ? name : `envelope.${escapeName(name)}`, value)
  }
}

function addMessage<Value>(fields: Map<string, Value>, message: Members<Value>): void {
  for (const [name, value] of message) {
    fields.set(TAKEN.has(name) ? `message.${name}` : escapeName(name), value)
  }
}

/** A message without an envelope around it carries the topic and the time itself. */
function addBareMessage<Value>(fields: Map<string, Value>, message: Members<Value>): void {
  for (const [name, value] of message) {
    const isPlain = ENVELOPE_FIELDS.has(name) || !TAKEN.has(name)
    fields.set(isPlain ? escapeName(name) : `message.${name}`, value)
  }
}
