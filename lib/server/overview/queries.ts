import 'server-only'
import { lagQuantileMs } from '#lib/domain/audit/lag'
import { type EventStream, NODE_TYPES } from '#lib/domain/audit/vocabulary'
import { extensionKeys } from '#lib/domain/extensions/catalogue'
import { delivers } from '#lib/domain/extensions/state'
import { deliveryState, isLate, LAG_TARGET_MS } from '#lib/domain/overview/delivery-state'
import type { DeliveryRow, DeliveryTrouble, Overview } from '#lib/domain/overview/wire'
import { readAs } from '../access/act'
import type { AuthorizedTx } from '../access/authorize'
import type { Context } from '../access/caller'
import { addFigures, type NodeTypeFigures, readDeliveryFigures } from '../extensions/delivery-figures'
import { toExtensionState } from '../extensions/dto'
import { type ExtensionRow, loadExtension } from '../extensions/extension-kind'
import { overviewKind } from './overview-kind'

interface Line {
  stream: EventStream
  label: string
  delivers: boolean
  /** Before this nobody waited for its events. */
  activeSince: string | null
  /** Null when there never was an event. */
  figures: NodeTypeFigures | null
}

/** What is delivered, what waits and what needs someone. */
export function getOverview(ctx: Context): Promise<Overview> {
  return readAs(ctx, overviewKind, 'read', null, async ({ tx, row: { spaceId }, at }) => {
    const rows: ExtensionRow[] = []
    for (const key of extensionKeys.options) {
      const loaded = await loadExtension(tx, spaceId, { key })
      if (loaded) rows.push(loaded)
    }
    const lines = (await Promise.all(rows.map((row) => readLines(tx, row, at)))).flat()
    return {
      at: at.toISOString(),
      extensions: rows.map((row) => toExtensionState(row, at)),
      totals: totalsOf(lines),
      rows: lines.map((line) => toRow(line, at)),
      troubles: lines.flatMap((line) => toTrouble(line, at)),
      connections: await readConnections(tx, spaceId),
    }
  })
}

/** Instance events by node type; queries of API nodes in one line, whatever sent them. */
async function readLines(tx: AuthorizedTx, row: ExtensionRow, at: Date): Promise<Line[]> {
  const { spaceId, facts, stored, state } = row
  const figures = await readDeliveryFigures(tx, spaceId, facts.stream, stored?.deliverAfter ?? null, at)
  const activeSince = stored?.activatedAt?.toISOString() ?? null
  const base = { stream: facts.stream, delivers: delivers(state), activeSince }
  if (facts.stream === 'apinode') {
    return [{ ...base, label: 'API node queries', figures: figures.length > 0 ? mergeTypes(figures) : null }]
  }
  return NODE_TYPES.map((nodeType) => ({
    ...base,
    label: nodeType,
    figures: figures.find((part) => part.nodeType === nodeType) ?? null,
  }))
}

function mergeTypes(parts: NodeTypeFigures[]): NodeTypeFigures {
  const newest = parts.reduce((a, b) => ((b.lastObjectAt ?? '') > (a.lastObjectAt ?? '') ? b : a))
  const hours = Array.from({ length: 24 }, (_, hour) =>
    parts.reduce((sum, { last24Hours }) => sum + (last24Hours[hour] ?? 0), 0),
  )
  const lags = parts.flatMap((part) => part.lags)
  return { ...addFigures(parts), nodeType: newest.nodeType, lagMs: newest.lagMs, last24Hours: hours, lags }
}

function totalsOf(lines: Line[]): Overview['totals'] {
  const live = lines.filter((line) => line.delivers)
  const figures = live.flatMap((line) => line.figures ?? [])
  const sums = live.length > 0 ? addFigures(figures) : null
  return {
    eventsToday: sums?.eventsToday ?? null,
    objectsToday: sums?.objectsToday ?? null,
    waiting: sums?.waiting ?? null,
    waitingSince: sums?.waitingSince ?? null,
    lagP99Ms: lagQuantileMs(
      figures.flatMap(({ lags }) => lags),
      0.99,
    ),
    lagTargetMs: LAG_TARGET_MS,
  }
}

const NOTHING_YET = { waiting: 0, waitingSince: null, lastError: null, lastObjectAt: null }

function toRow(line: Line, at: Date): DeliveryRow {
  const { stream, label, figures } = line
  const everDelivered = figures?.lastObjectAt != null
  const waiting = figures?.waiting ?? 0
  return {
    stream,
    label,
    state: deliveryState(
      { ...NOTHING_YET, ...figures, delivers: line.delivers, activeSince: line.activeSince },
      at,
    ),
    lastObjectAt: figures?.lastObjectAt ?? null,
    lagMs: figures?.lagMs ?? null,
    waiting: line.delivers ? waiting : null,
    kept: line.delivers ? null : waiting,
    eventsToday: everDelivered ? figures.eventsToday : null,
    last24Hours: everDelivered ? figures.last24Hours : null,
  }
}

function toTrouble({ label, figures, delivers, activeSince }: Line, at: Date): DeliveryTrouble[] {
  if (!figures || figures.waitingSince === null || !isLate({ ...figures, delivers, activeSince }, at))
    return []
  const { waitingSince, waiting, lastError, nextAttemptAt } = figures
  return [{ label, since: waitingSince, waiting, lastError, nextAttemptAt }]
}

interface ConnectionLine {
  name: string
  managedBy: string | null
  at: Date | null
  ok: boolean | null
  message: string | null
}

/** Every connection with its newest test; what was never tested is not healthy, it is untested. */
async function readConnections(tx: AuthorizedTx, spaceId: string): Promise<Overview['connections']> {
  const lines = await tx.$queryRaw<ConnectionLine[]>`
    SELECT connection.name, connection."managedBy", test.at, test.ok, test.message FROM connection
    LEFT JOIN LATERAL (
      SELECT at, ok, message FROM connection_test WHERE "spaceId" = connection."spaceId"
        AND "connectionId" = connection.id ORDER BY at DESC LIMIT 1) AS test ON true
    WHERE connection."spaceId" = ${spaceId} AND connection."removedAt" IS NULL ORDER BY connection.name`
  return lines.map(({ name, managedBy, at, ok, message }) => ({
    name,
    managedBy,
    health:
      at === null
        ? { state: 'untested', message: 'Not tested yet', at: null }
        : { state: ok ? 'healthy' : 'failing', message: message ?? '', at: at.toISOString() },
  }))
}
