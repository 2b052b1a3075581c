import 'server-only'
import type { NodeEvent } from '#lib/domain/audit/node-event'
import type { SendingNode } from './authenticate-node'

export type IncomingEvent = NodeEvent & { eventId: string; digest: string }

const INCOMING = `
  incoming AS (
    SELECT * FROM unnest($6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[],
      $13::text[], $14::text[], string_to_array($15, E'\\n'), $16::text[])
    WITH ORDINALITY AS sent (event_id, stream, topic, msg_type, outcome, actor, object_type, object_id, project_key,
      line, digest, place)
  ), seen AS (
    UPDATE node SET "lastEventAt" = $4::timestamptz, "lastAddress" = $5
    WHERE id = $2 AND ("lastEventAt" IS NULL OR "lastEventAt" < $4::timestamptz - interval '1 second')
  )`

const INSERT = `
  INSERT INTO audit_event ("spaceId", "nodeId", "nodeType", "receivedAt", "closesAt", "eventId", stream, topic,
    "msgType", outcome, actor, "objectType", "objectId", "projectKey", line, digest)
  SELECT $1, $2, $3, $4::timestamptz, $4::timestamptz, event_id, stream, topic, msg_type, outcome, actor,
    object_type, object_id, project_key, line, digest FROM incoming`

/**
 * Stores a request whose ids are all new, or nothing of it: gives `inserted` 0 when one is known, and fails on the
 * unique index when one becomes known meanwhile. One statement, so one round trip and one flush to disk. Each look for
 * an id is one step in the index, which the LIMIT holds the planner to. The order of the rows is that of the request.
 */
export const INSERT_NEW_EVENTS = `
  WITH ${INCOMING}, known AS (
    SELECT 1 FROM incoming, LATERAL (
      SELECT 1 FROM audit_event WHERE "spaceId" = $1 AND "nodeId" = $2 AND "eventId" = incoming.event_id LIMIT 1) AS row
  ), inserted AS (${INSERT} WHERE NOT EXISTS (SELECT FROM known) ORDER BY place RETURNING 1)
  SELECT count(*)::int AS inserted FROM inserted`

/** Stores what is not known with the same body; dearer by a third. */
export const INSERT_UNKNOWN_EVENTS = `
  WITH ${INCOMING}, inserted AS (
    ${INSERT} ORDER BY place ON CONFLICT ("spaceId", "nodeId", "eventId", digest) DO NOTHING RETURNING 1)
  SELECT count(*)::int AS inserted FROM inserted`

/** The parameters of both. Lines hold no line end, so that they travel as one text. */
export function insertParameters(
  node: SendingNode,
  events: IncomingEvent[],
  at: Date,
  address: string,
): unknown[] {
  const column = (read: (event: IncomingEvent) => string | null) => events.map(read)
  return [
    node.spaceId,
    node.nodeId,
    node.type,
    at.toISOString(),
    address,
    column((event) => event.eventId),
    column((event) => event.stream),
    column((event) => event.topic),
    column((event) => event.msgType),
    column((event) => event.outcome),
    column((event) => event.actor),
    column((event) => event.objectType),
    column((event) => event.objectId),
    column((event) => event.projectKey),
    events.map(({ line }) => line).join('\n'),
    column((event) => event.digest),
  ]
}
