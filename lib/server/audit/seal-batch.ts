import 'server-only'
import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { withRepeats } from '#lib/domain/audit/envelope'
import { formatBatchPath, startOfHour } from '#lib/domain/audit/object-key'
import { now } from '../platform/clock'
import { crashPoint } from '../platform/crash-point'
import type { Tx } from '../platform/db/client'
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
    const early = last !== null && now().getTime() - last.sealedAt.getTime() < spacingMs
    if (early && !(await fullOneWaits(tx, at, limits))) return false
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

async function fullOneWaits(tx: Tx, at: DeliveryStream, limits: BatchLimits): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM audit_event WHERE "spaceId" = ${at.spaceId} AND stream = ${at.stream} AND "nodeType" = ${at.nodeType}
      AND "batchId" IS NULL OFFSET ${limits.events - 1} LIMIT 1`
  return rows.length > 0
}

/** Ids name the objects, and readers go by their names: a later batch never sorts before an earlier one. */
export function idAfter(last: string | undefined): string {
  const id = newId()
  if (last === undefined || id > last) return id
  const ms = Number.parseInt(last.slice(0, 8) + last.slice(9, 13), 16) + 1
  const hex = ms.toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}${id.slice(13)}`
}

/** Rows in another's hands are passed over and come in a later batch: a row is chosen by its state, not its number. */
async function claimRows(
  tx: Tx,
  at: DeliveryStream,
  batchId: string,
  limits: BatchLimits,
): Promise<ClaimedRow[]> {
  const rows = await tx.$queryRaw<ClaimedRow[]>`
    WITH waiting AS (
      SELECT seq, octet_length(line) AS bytes, date_trunc('hour', "receivedAt", 'UTC') AS hour FROM audit_event
      WHERE "spaceId" = ${at.spaceId} AND stream = ${at.stream} AND "nodeType" = ${at.nodeType} AND "batchId" IS NULL
        AND "closesAt" <= ${now()}::timestamptz
        AND (${at.since}::timestamptz IS NULL OR "receivedAt" >= ${at.since}::timestamptz)
        AND (${at.until}::bigint IS NULL OR seq <= ${at.until}::bigint)
      ORDER BY seq LIMIT ${limits.events} FOR UPDATE SKIP LOCKED
    ), counted AS (
      SELECT seq, sum(bytes) OVER (ORDER BY seq) - bytes AS bytes_before FROM waiting
      WHERE hour = (SELECT hour FROM waiting ORDER BY seq LIMIT 1)
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
