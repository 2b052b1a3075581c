import * as z from 'zod'
import { formatBytes, formatCount, formatQuantity } from '../format'
import { columnsOutside, NOTHING_OUTSIDE } from './outside-schema'

/** What is measured of a dataset, by the ids that DSS gives it. */
export const METRIC_IDS = [
  'basic:COUNT_FILES',
  'basic:SIZE',
  'basic:COUNT_COLUMNS',
  'records:COUNT_RECORDS',
] as const
export const metricId = z.enum(METRIC_IDS)
export type MetricId = z.infer<typeof metricId>

export const METRIC_LABELS: Record<MetricId, string> = {
  'basic:COUNT_FILES': 'Files',
  'basic:SIZE': 'Size',
  'basic:COUNT_COLUMNS': 'Columns',
  'records:COUNT_RECORDS': 'Records',
}

/** Those of partitions: a schema has as many columns whichever partition is asked. */
export const METRICS_OF_PARTITIONS = METRIC_IDS.filter((metric) => metric !== 'basic:COUNT_COLUMNS')

/** A value of a metric as people read it: bytes with their unit, all others counted. */
export const sayMetric = (metric: MetricId, value: number): string =>
  metric === 'basic:SIZE' ? formatBytes(value) : formatCount(value)

/** What a value lacks, in a sentence; null where it is whole. */
export function sayUnread(unreadFiles: number): string | null {
  if (unreadFiles === 0) return null
  const [were, their] = unreadFiles === 1 ? ['was', 'its'] : ['were', 'their']
  return `${formatQuantity(unreadFiles, 'file')} ${were} left out or not read to ${their} end.`
}

/** Of how many files a count is their own statement, in a sentence; null where all of them were read. */
export function sayDeclared(declaredFiles: number): string | null {
  if (declaredFiles === 0) return null
  const [say, were] = declaredFiles === 1 ? ['says', 'it was'] : ['say', 'they were']
  return `${formatQuantity(declaredFiles, 'Parquet file')} ${say} in the footer how many records there are; ${were} not read for that.`
}

/** The one metric for which files are read; the others come from the listing and the schema. */
export const RECORDS: MetricId = 'records:COUNT_RECORDS'

/** Of which partition (the whole dataset when null) which metrics are computed. */
export const metricsRequest = z.object({
  /** An id; `ALL` and `NP` are the whole dataset. */
  partition: z.string().min(1).max(2_000).nullable().default(null),
  metricIds: z
    .array(metricId)
    .min(1)
    .max(METRIC_IDS.length)
    .default([...METRIC_IDS]),
})
export type MetricsRequest = z.output<typeof metricsRequest>

/** The count of files, bytes, columns and records as a job; its result is the values of what was asked for. */
export const computeMetricsJob = {
  kind: 'compute-metrics',
  payload: metricsRequest.extend({
    dataset: z.object({ projectKey: z.string(), name: z.string() }),
  }),
} as const

export const metricValue = z.object({
  metric: metricId,
  partition: z.string(),
  value: z.number().int(),
  computedAt: z.iso.datetime(),
  /** The settings have changed since. */
  stale: z.boolean(),
  /** Files that are missing in it, in whole or from a fault on: the settings leave out what cannot be read. */
  unreadFiles: z.number().int().default(0),
  /** Files that say how many records they have, as footers of Parquet do: they were not read, and their pages may be damaged. */
  declaredFiles: z.number().int().default(0),
})
export type MetricValue = z.infer<typeof metricValue>

/** Partitions that one answer holds unless asked otherwise, and at most. */
const PARTITIONS_OF_PAGE = 500
const MOST_OF_PAGE = 5_000

/** Which partitions of those that were counted: in their order behind an id, those whose id has a text in it. */
export const metricsQueryInput = z.object({
  after: z.string().min(1).max(2_000).optional(),
  limit: z.coerce.number().int().min(1).max(MOST_OF_PAGE).default(PARTITIONS_OF_PAGE),
  search: z.string().max(200).default(''),
})
export type MetricsPageInput = z.input<typeof metricsQueryInput>

/** The last values of a dataset: as a whole, and of the partitions that were counted. */
export const datasetMetrics = z.object({
  whole: z.array(metricValue),
  /** What the records counted last hold in columns that the schema did not have then. */
  outside: columnsOutside.default(NOTHING_OUTSIDE),
  partitions: z.array(z.object({ id: z.string(), values: z.array(metricValue) })),
  /** What to ask for `after` to have the next ones; null with the last. */
  next: z.string().nullable(),
  /** A computation that the caller started and that is under way. */
  jobId: z.string().nullable(),
})
export type DatasetMetrics = z.infer<typeof datasetMetrics>
export type PartitionMetrics = DatasetMetrics['partitions'][number]

/** What a computation ends with: the values of the partition, or of the whole, that was asked for. */
export const computedMetrics = z.object({
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  values: z.array(metricValue),
  /** What the counted records hold in columns that the schema does not have; of Parquet, which says its counts, nothing is known. */
  outside: columnsOutside.default(NOTHING_OUTSIDE),
})
export type ComputedMetrics = z.infer<typeof computedMetrics>

/** Values that are kept of each metric: of the dataset as a whole, and of each partition. */
export const KEPT_OF_WHOLE = 100
export const KEPT_OF_PARTITION = 20

/** Of which partition (the whole dataset without), and of which metric (all without). */
export const metricsHistoryQuery = z.object({
  partition: z.string().min(1).max(2_000).nullable().default(null),
  metric: metricId.optional(),
})
export type MetricsHistoryQuery = z.output<typeof metricsHistoryQuery>

/** A value as it was computed once. */
export const metricPoint = metricValue.extend({
  /** As events name them; null for what was computed before the history was kept. */
  computedBy: z.string().nullable(),
})
export type MetricPoint = z.infer<typeof metricPoint>

/** What was computed of one partition, or of the whole, newest first. */
export const metricsHistory = z.object({
  partition: z.string(),
  /** The number of values that are kept of each metric. */
  keeps: z.number().int(),
  points: z.array(metricPoint),
})
export type MetricsHistory = z.infer<typeof metricsHistory>
