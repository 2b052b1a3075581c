import 'server-only'
import { lagQuantileMs } from '#lib/domain/audit/lag'
import { startOfDay } from '#lib/domain/audit/object-key'
import type { EventStream } from '#lib/domain/audit/vocabulary'
import type { DeliveryFigures } from '#lib/domain/extensions/wire'
import type { Tx } from '../platform/db/client'

const HOUR_MS = 3_600_000

export interface NodeTypeFigures extends DeliveryFigures {
  nodeType: string
  /** Events delivered per UTC hour of receipt, the last 24 hours, oldest first. */
  last24Hours: number[]
  /** Of the newest object. */
  lagMs: number | null
  /** Batches of the last hour, to add up with others. */
  lags: { lagMs: number; events: number }[]
}

interface Delivered {
  nodeType: string
  hour: Date
  events: number
  eventsToday: number
  objectsToday: number
}

/**
 * The delivery of one stream by node type: only those that ever had an event.
 * @param after events up to this one were declined and do not wait
 */
export async function readDeliveryFigures(
  tx: Tx,
  spaceId: string,
  stream: EventStream,
  after: bigint | null,
  at: Date,
): Promise<NodeTypeFigures[]> {
  const waiting = await readWaiting(tx, spaceId, stream, after)
  const pending = await tx.deliveryBatch.findMany({
    where: { spaceId, stream, deliveredAt: null },
    orderBy: { id: 'asc' },
    select: { nodeType: true, events: true, firstReceivedAt: true, lastError: true, nextAttemptAt: true },
  })
  const delivered = await readDelivered(tx, spaceId, stream, at)
  const newest = await readNewest(tx, spaceId, stream)
  const lags = await tx.deliveryBatch.findMany({
    where: { spaceId, stream, deliveredAt: { gte: new Date(at.getTime() - HOUR_MS) }, lagMs: { not: null } },
    select: { nodeType: true, events: true, lagMs: true },
  })
  const types = new Set([...waiting, ...pending, ...newest].map(({ nodeType }) => nodeType))
  return [...types].sort().map((nodeType) => {
    const of = <T extends { nodeType: string }>(rows: T[]) => rows.filter((row) => row.nodeType === nodeType)
    const last = of(newest)[0]
    const own = of(lags).map(({ lagMs, events }) => ({ lagMs: lagMs ?? 0, events }))
    return {
      nodeType,
      ...waitingOf(of(waiting), of(pending)),
      ...deliveredOf(of(delivered), at),
      lastObjectAt: last?.deliveredAt.toISOString() ?? null,
      lagMs: last?.lagMs ?? null,
      lags: own,
      lagP99Ms: lagQuantileMs(own, 0.99),
    }
  })
}

function readWaiting(tx: Tx, spaceId: string, stream: EventStream, after: bigint | null) {
  return tx.$queryRaw<{ nodeType: string; events: number; oldest: Date }[]>`
    SELECT "nodeType", count(*)::int AS events, min("receivedAt") AS oldest FROM audit_event
    WHERE "spaceId" = ${spaceId} AND stream = ${stream} AND "batchId" IS NULL
      AND (${after}::bigint IS NULL OR seq > ${after}::bigint)
    GROUP BY "nodeType"`
}

function readDelivered(tx: Tx, spaceId: string, stream: EventStream, at: Date) {
  const today = startOfDay(at)
  return tx.$queryRaw<Delivered[]>`
    SELECT "nodeType", hour, sum(events)::int AS events,
      coalesce(sum(events) FILTER (WHERE "deliveredAt" >= ${today}::timestamptz), 0)::int AS "eventsToday",
      count(*) FILTER (WHERE "deliveredAt" >= ${today}::timestamptz)::int AS "objectsToday"
    FROM delivery_batch
    WHERE "spaceId" = ${spaceId} AND stream = ${stream} AND "deliveredAt" >= ${new Date(at.getTime() - 24 * HOUR_MS)}::timestamptz
    GROUP BY "nodeType", hour`
}

/** The newest object of each node type, one step in the index for each. */
function readNewest(tx: Tx, spaceId: string, stream: EventStream) {
  return tx.$queryRaw<{ nodeType: string; deliveredAt: Date; lagMs: number | null }[]>`
    SELECT type AS "nodeType", newest."deliveredAt", newest."lagMs"
    FROM unnest(ARRAY['design', 'automation', 'api', 'deployer', 'govern']) AS type, LATERAL (
      SELECT "deliveredAt", "lagMs" FROM delivery_batch WHERE "spaceId" = ${spaceId} AND stream = ${stream}
        AND "nodeType" = type AND "deliveredAt" IS NOT NULL ORDER BY "deliveredAt" DESC LIMIT 1) AS newest`
}

function waitingOf(
  waiting: { events: number; oldest: Date }[],
  pending: { events: number; firstReceivedAt: Date; lastError: string | null; nextAttemptAt: Date }[],
) {
  const counted = [...waiting.map(({ events }) => events), ...pending.map(({ events }) => events)]
  const oldest = [
    ...waiting.map(({ oldest }) => oldest.getTime()),
    ...pending.map(({ firstReceivedAt }) => firstReceivedAt.getTime()),
  ]
  const failing = pending.find(({ lastError }) => lastError !== null)
  return {
    waiting: counted.reduce((sum, events) => sum + events, 0),
    waitingSince: oldest.length === 0 ? null : new Date(Math.min(...oldest)).toISOString(),
    lastError: failing?.lastError ?? null,
    nextAttemptAt: failing?.nextAttemptAt.toISOString() ?? null,
  }
}

function deliveredOf(rows: Delivered[], at: Date) {
  const last24Hours = new Array<number>(24).fill(0)
  const present = Math.floor(at.getTime() / HOUR_MS)
  for (const { hour, events } of rows) {
    const place = 23 - (present - Math.floor(hour.getTime() / HOUR_MS))
    if (place >= 0 && place < 24) last24Hours[place] = (last24Hours[place] ?? 0) + events
  }
  const sum = (read: (row: Delivered) => number) => rows.reduce((total, row) => total + read(row), 0)
  return {
    last24Hours,
    eventsToday: sum((row) => row.eventsToday),
    objectsToday: sum((row) => row.objectsToday),
  }
}

/** The figures of a whole stream, or of several. */
export function addFigures(parts: NodeTypeFigures[]): DeliveryFigures {
  const earliest = (times: (string | null)[]) => times.filter((time) => time !== null).sort()[0] ?? null
  const latest = (times: (string | null)[]) =>
    times
      .filter((time) => time !== null)
      .sort()
      .at(-1) ?? null
  const sum = (read: (part: NodeTypeFigures) => number) =>
    parts.reduce((total, part) => total + read(part), 0)
  const failing = parts.find(({ lastError }) => lastError !== null)
  return {
    eventsToday: sum((part) => part.eventsToday),
    objectsToday: sum((part) => part.objectsToday),
    waiting: sum((part) => part.waiting),
    waitingSince: earliest(parts.map((part) => part.waitingSince)),
    lastObjectAt: latest(parts.map((part) => part.lastObjectAt)),
    lagP99Ms: lagQuantileMs(
      parts.flatMap(({ lags }) => lags),
      0.99,
    ),
    lastError: failing?.lastError ?? null,
    nextAttemptAt: failing?.nextAttemptAt ?? null,
  }
}
