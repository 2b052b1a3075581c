import 'server-only'
import type { NodeEvent } from '#lib/domain/audit/node-event'
import type { SendingNode } from './authenticate-node'

export type IncomingEvent = NodeEvent & { eventId: string; digest: string }

export interface Inserted {
  inserted: number
  /** Ids already there with another body; with `unlessClash`, nothing was inserted when there are any. */
  clashes: number
}

/**
 * One statement, so one round trip and one flush to disk. The order of the rows is that of the request. Each look for
 * a known id is one step in the unique index, which the LIMIT holds the planner to.
 */
export const INSERT_EVENTS = `
  WITH incoming AS (
    SELECT * FROM unnest($6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[],
      $13::text[], $14::text[], string_to_array($15, E'\\n'), $16::text[])
    WITH ORDINALITY AS sent (event_id, stream, topic, msg_type, outcome, actor, object_type, object_id, project_key,
      line, digest, place)
  ), clash AS (
    SELECT incoming.event_id FROM incoming, LATERAL (
      SELECT 1 FROM audit_event WHERE "spaceId" = $1 AND "nodeId" = $2 AND "eventId" = incoming.event_id
        AND digest <> incoming.digest LIMIT 1) AS known
  ), inserted AS (
    INSERT INTO audit_event ("spaceId", "nodeId", "nodeType", "receivedAt", "closesAt", "eventId", stream, topic,
      "msgType", outcome, actor, "objectType", "objectId", "projectKey", line, digest)
    SELECT $1, $2, $3, $4::timestamptz, $4::timestamptz, event_id, stream, topic, msg_type, outcome, actor,
      object_type, object_id, project_key, line, digest
    FROM incoming WHERE NOT $17::boolean OR NOT EXISTS (SELECT FROM clash) ORDER BY place
    ON CONFLICT DO NOTHING RETURNING 1
  ), seen AS (
    UPDATE node SET "lastEventAt" = $4::timestamptz, "lastAddress" = $5
    WHERE id = $2 AND ("lastEventAt" IS NULL OR "lastEventAt" < $4::timestamptz - interval '1 second')
  )
  SELECT (SELECT count(*) FROM inserted)::int AS inserted, (SELECT count(*) FROM clash)::int AS clashes`

/** The parameters of `INSERT_EVENTS`. Lines hold no line end, so that they travel as one text. */
export function insertParameters(
  node: SendingNode,
  events: IncomingEvent[],
  at: Date,
  address: string,
  unlessClash: boolean,
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
    unlessClash,
  ]
}
