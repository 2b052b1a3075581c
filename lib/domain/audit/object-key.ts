import type { EventStream } from './vocabulary'

/** The folders below a space's root that the two managed connections open. */
export const STREAM_FOLDERS = { instance: '/audit-logs/', apinode: '/apinode-audit-logs/' } as const

export interface BatchPlace {
  stream: EventStream
  nodeType: string
  /** Any instant of the UTC hour of receipt. */
  hour: Date
  batchId: string
}

/**
 * The path of a sealed batch below the space's root.
 * @example "/audit-logs/design/2026/11/22/14/0190f3c2-….ndjson.gz", "/apinode-audit-logs/2026/11/22/14/….ndjson.gz"
 */
export function formatBatchPath({ stream, nodeType, hour, batchId }: BatchPlace): string {
  const [year, month, day, hours] = hour.toISOString().split(/[-T:]/)
  const nodeFolder = stream === 'instance' ? `${nodeType}/` : ''
  return `${STREAM_FOLDERS[stream]}${nodeFolder}${year}/${month}/${day}/${hours}/${batchId}.ndjson.gz`
}

/** The first instant of the UTC hour that holds `at`. */
export const startOfHour = (at: Date): Date => new Date(Math.floor(at.getTime() / 3_600_000) * 3_600_000)

/** The first instant of the UTC day that holds `at`. */
export const startOfDay = (at: Date): Date => new Date(Math.floor(at.getTime() / 86_400_000) * 86_400_000)
