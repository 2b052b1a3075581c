import 'server-only'
import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { withRepeats } from '#lib/domain/audit/envelope'
import { formatBatchPath, startOfHour } from '#lib/domain/audit/object-key'
import { REPEAT_WINDOW_MS } from '../access/record-event'
import { now } from '../platform/clock'
import { crashPoint } from '../platform/crash-point'
import type { Tx } from '../platform/db/client'
import { Prisma } from '../platform/db/generated/client'
import { inTransaction } from '../platform/db/transaction'
import { newId } from '../platform/ids'
import { type DeliveryStream, streamName } from './streams'

export interface BatchLimits {
  events: number
  rawBytes: number
}
export const BATCH_LIMITS: BatchLimits = { events: 20_000, rawBytes: 64 * 1024 * 1024 }

interface ClaimedRow {
  seq: bigint
  line: string
  repeats: number
  receivedAt: Date
}

const compress = promisify(gzip)

/** The bytes of an object: its lines, each ended, compressed without time or name so that they depend on nothing else. */
export const packLines = (lines: string[]): Promise<Buffer> => compress(`${lines.join('\n')}\n`, { level: 6 })

/**
 * Claims the oldest waiting events of one UTC hour and seals them: key and bytes stand from then on, in one
 * transaction, so that a crash leaves either both or neither.
 * @param spacingMs an object no sooner than this after the one before, unless a full one waits
 * @returns false when there is nothing to do, or another worker is at it
 */
export function sealNextBatch(
  at: DeliveryStream,
  spacingMs: number,
  limits: BatchLimits = BATCH_LIMITS,
): Promise<boolean> {
  return inTransaction(async (tx) => {
    if (!(await lockStream(tx, at))) return false
    const last = await lastBatch(tx, at)
    if (last && isEarly(last.sealedAt, spacingMs) && !(await fullOneWaits(tx, at, limits))) return false
    const batchId = idAfter(last?.id)
    const rows = await claimRows(tx, at, batchId, limits)
    crashPoint('claimed')
    if (rows.length === 0) return false
    await storeSealed(tx, at, batchId, rows)
    return true
  }, 120_000).then((sealed) => {
    if (sealed) crashPoint('sealed')
    return sealed
  })
}

/** One worker at a time seals a stream, so that the order of its batches is the order of its events. */
async function lockStream(tx: Tx, at: DeliveryStream): Promise<boolean> {
  // A worker that is stopped in here, without dying, loses the lock all the same.
  await tx.$executeRaw`SET LOCAL idle_in_transaction_session_timeout = '30s'`
  const [row] = await tx.$queryRaw<{ locked: boolean }[]>`
    SELECT pg_try_advisory_xact_lock(hashtextextended(${streamName(at)}, 4)) AS locked`
  return row?.locked === true
}

const lastBatch = (tx: Tx, { spaceId, stream, nodeType }: DeliveryStream) =>
  tx.deliveryBatch.findFirst({
    where: { spaceId, stream, nodeType },
    orderBy: { id: 'desc' },
    select: { id: true, sealedAt: true },
  })

/** A batch that seems to come from the future was sealed before the clock was set back, and holds nothing up. */
function isEarly(sealedAt: Date, spacingMs: number): boolean {
  const agoMs = now().getTime() - sealedAt.getTime()
  return agoMs >= 0 && agoMs < spacingMs
}

async function fullOneWaits(tx: Tx, at: DeliveryStream, limits: BatchLimits): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM audit_event WHERE ${isWaiting(at)} OFFSET ${limits.events - 1} LIMIT 1`
  return rows.length > 0
}

/**
 * The rows that a stream may let out. Only what counts repeats waits for a time; everything else goes by its number, so
 * that clocks which differ or are set back neither hold it up nor change its order.
 */
function isWaiting({ spaceId, stream, nodeType, after, until }: DeliveryStream): Prisma.Sql {
  const at = now()
  const latestEnd = new Date(at.getTime() + REPEAT_WINDOW_MS)
  return Prisma.sql`"spaceId" = ${spaceId} AND stream = ${stream} AND "nodeType" = ${nodeType} AND "batchId" IS NULL
    AND ("repeatKey" IS NULL OR "closesAt" <= ${at}::timestamptz OR "closesAt" > ${latestEnd}::timestamptz)
    AND (${after}::bigint IS NULL OR seq > ${after}::bigint)
    AND (${until}::bigint IS NULL OR seq <= ${until}::bigint)`
}

/** Ids name the objects, and readers go by their names: a later batch never sorts before an earlier one. */
export function idAfter(last: string | undefined): string {
  const id = newId()
  if (last === undefined || id > last) return id
  const ms = Number.parseInt(last.slice(0, 8) + last.slice(9, 13), 16) + 1
  const hex = ms.toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}${id.slice(13)}`
}

/**
 * Rows in another's hands are passed over and come in a later batch: a row is chosen by its state, not its number. An
 * event stays behind those of its node that came before it, also when the receiver's clock went back over the hour. The
 * extension is looked at in the same statement: what was recorded after a deactivation is not in its snapshot.
 */
async function claimRows(
  tx: Tx,
  at: DeliveryStream,
  batchId: string,
  limits: BatchLimits,
): Promise<ClaimedRow[]> {
  const rows = await tx.$queryRaw<ClaimedRow[]>`
    WITH waiting AS (
      SELECT seq, "nodeId", octet_length(line) AS bytes, date_trunc('hour', "receivedAt", 'UTC') AS hour FROM audit_event
      WHERE ${isWaiting(at)} AND EXISTS (
        SELECT FROM extension WHERE extension."spaceId" = ${at.spaceId} AND key = ${at.extension.key}
          AND version = ${at.extension.version})
      ORDER BY seq LIMIT ${limits.events} FOR UPDATE SKIP LOCKED
    ), aged AS (
      SELECT seq, bytes, bool_or(hour <> (SELECT hour FROM waiting ORDER BY seq LIMIT 1))
        OVER (PARTITION BY "nodeId" ORDER BY seq) AS of_another_hour FROM waiting
    ), counted AS (
      SELECT seq, sum(bytes) OVER (ORDER BY seq) - bytes AS bytes_before FROM aged WHERE NOT of_another_hour
    )
    UPDATE audit_event SET "batchId" = ${batchId} FROM counted
    WHERE audit_event.seq = counted.seq AND counted.bytes_before < ${limits.rawBytes}
    RETURNING audit_event.seq, line, repeats, "receivedAt"`
  return rows.sort((a, b) => (a.seq < b.seq ? -1 : 1))
}

async function storeSealed(tx: Tx, at: DeliveryStream, batchId: string, rows: ClaimedRow[]): Promise<void> {
  const { spaceId, stream, nodeType } = at
  const body = await packLines(rows.map(({ line, repeats }) => withRepeats(line, repeats)))
  const received = rows.map(({ receivedAt }) => receivedAt.getTime())
  const first = received.reduce((a, b) => Math.min(a, b))
  const last = received.reduce((a, b) => Math.max(a, b))
  const hour = startOfHour(new Date(first))
  const sealedAt = now()
  await tx.deliveryBatch.create({
    data: {
      id: batchId,
      spaceId,
      stream,
      nodeType,
      hour,
      key: `${spaceId}${formatBatchPath({ stream, nodeType, hour, batchId })}`,
      events: rows.length,
      sizeBytes: body.length,
      sha256: createHash('sha256').update(body).digest('hex'),
      body: new Uint8Array(body),
      firstReceivedAt: new Date(first),
      lastReceivedAt: new Date(last),
      sealedAt,
      nextAttemptAt: sealedAt,
    },
  })
}
