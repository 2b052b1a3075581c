import 'server-only'
import { type EventStream, NODE_TYPES } from '#lib/domain/audit/vocabulary'
import { EXTENSIONS, extensionKeys } from '#lib/domain/extensions/catalogue'
import { delivers, effectiveState, type StoredState } from '#lib/domain/extensions/state'
import { OWN_NODE } from '../access/record-event'
import type { Tx } from '../platform/db/client'

/** One line of delivery: its events keep their order, and its troubles do not touch the others. */
export interface DeliveryStream {
  spaceId: string
  stream: EventStream
  nodeType: string
  /** Events up to this one were declined; null delivers all. */
  after: bigint | null
  /** The last event to deliver, while the extension is being deactivated. */
  until: bigint | null
  /** Before this nobody waited for them: their lag counts from here. */
  activeSince: Date | null
  /** What these bounds were read from: once the extension has another version, nothing more is sealed by them. */
  extension: { key: string; version: number }
}

/** What tells a stream from the others of all spaces. */
export const streamName = (at: Pick<DeliveryStream, 'spaceId' | 'stream' | 'nodeType'>) =>
  `${at.spaceId}|${at.stream}|${at.nodeType}`

/** The streams whose extension lets their events out now. */
export async function activeStreams(tx: Tx): Promise<DeliveryStream[]> {
  const rows = await tx.extension.findMany({ where: { state: { in: ['active', 'deactivating'] } } })
  const ended = await endedJobs(tx, rows)
  const streams: DeliveryStream[] = []
  for (const row of rows) {
    const key = extensionKeys.safeParse(row.key)
    const state = effectiveState(row.state as StoredState, row.jobId !== null && !ended.has(row.jobId))
    if (!key.success || !delivers(state)) continue
    const until = state === 'deactivating' ? await horizon(tx, row.spaceId, row.key) : null
    const { stream } = EXTENSIONS[key.data]
    for (const nodeType of NODE_TYPES) {
      const { spaceId, deliverAfter: after, activatedAt: activeSince, version } = row
      const extension = { key: row.key, version }
      streams.push({ spaceId, stream, nodeType, after, until, activeSince, extension })
    }
  }
  return streams
}

async function endedJobs(tx: Tx, rows: { jobId: string | null }[]): Promise<Set<string>> {
  const ids = rows.flatMap(({ jobId }) => (jobId === null ? [] : [jobId]))
  const alive = await tx.job.findMany({
    where: { id: { in: ids }, state: { in: ['queued', 'running'] } },
    select: { id: true },
  })
  const living = new Set(alive.map(({ id }) => id))
  return new Set(ids.filter((id) => !living.has(id)))
}

/** A deactivation delivers everything up to and including its own event, which was committed with it. */
export async function horizon(tx: Tx, spaceId: string, key: string): Promise<bigint> {
  const own = await tx.auditEvent.findFirst({
    where: {
      spaceId,
      nodeId: OWN_NODE.nodeId,
      objectType: 'extension',
      objectId: key,
      msgType: 'extension-deactivate',
      outcome: 'success',
    },
    orderBy: { seq: 'desc' },
    select: { seq: true },
  })
  return own?.seq ?? 0n
}
