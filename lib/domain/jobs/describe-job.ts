import * as z from 'zod'
import { testAndDetectJob } from '../datasets/detect-job'
import { listPartitionsJob } from '../datasets/jobs'
import { computedMetrics, computeMetricsJob, METRIC_LABELS, sayMetric } from '../datasets/metrics'
import { sayOutside } from '../datasets/outside-schema'
import { partitionsSummary } from '../datasets/partitions-wire'
import { formatCount, formatQuantity } from '../format'
import { countExcluded } from '../partitioning/ledger'
import type { DatasetJobKind, JobFact } from './wire'

/** What a job gave, and what one should know of it. */
export interface JobOutcome {
  outcome: JobFact[]
  warnings: string[]
}

interface Description {
  label: string
  parameters: (payload: unknown) => JobFact[]
  outcome: (result: unknown) => JobOutcome
}

const fact = (name: string, value: string): JobFact => ({ name, value })

const DESCRIPTIONS: Record<DatasetJobKind, Description> = {
  [listPartitionsJob.kind]: {
    label: 'List partitions',
    parameters: () => [],
    outcome: describeListing,
  },
  [computeMetricsJob.kind]: {
    label: 'Compute metrics',
    parameters: describeRequest,
    outcome: (result) => {
      const parsed = computedMetrics.safeParse(result)
      if (!parsed.success) return NOTHING
      const { values, outside } = parsed.data
      const unseen = sayOutside(outside)
      return {
        outcome: values.map(({ metric, value }) => fact(METRIC_LABELS[metric], sayMetric(metric, value))),
        warnings: unseen === null ? [] : [`${unseen}.`],
      }
    },
  },
  [testAndDetectJob.kind]: {
    label: 'Detect format and schema',
    parameters: (payload) => {
      const parsed = testAndDetectJob.payload.safeParse(payload)
      if (!parsed.success) return []
      return [fact('Types of columns', parsed.data.inferStorageTypes ? 'read from the values' : 'all string')]
    },
    outcome: describeDetection,
  },
}

const NOTHING: JobOutcome = { outcome: [], warnings: [] }

const find = (kind: string): Description | undefined =>
  Object.hasOwn(DESCRIPTIONS, kind) ? DESCRIPTIONS[kind as DatasetJobKind] : undefined

/** A kind of job in plain words: `"compute-metrics"` is `"Compute metrics"`; one that is not known stands as it is. */
export const labelJob = (kind: string): string => find(kind)?.label ?? kind

/** What a job was asked to do besides what its kind says. */
export const describeParameters = (kind: string, payload: unknown): JobFact[] =>
  find(kind)?.parameters(payload) ?? []

/** What a job ended with; nothing while there is no result. */
export const describeOutcome = (kind: string, result: unknown): JobOutcome =>
  find(kind)?.outcome(result) ?? NOTHING

function describeRequest(payload: unknown): JobFact[] {
  const parsed = computeMetricsJob.payload.safeParse(payload)
  if (!parsed.success) return []
  const { metricIds, partition } = parsed.data
  return [
    fact('Metrics', metricIds.map((id) => METRIC_LABELS[id]).join(', ')),
    fact('Of', partition ?? 'the whole dataset, and each partition'),
  ]
}

function describeListing(result: unknown): JobOutcome {
  const parsed = partitionsSummary.safeParse(result)
  if (!parsed.success) return NOTHING
  const { ledger, partitions, complete, emptyBecause } = parsed.data
  const { listed, matched, unmatched } = ledger
  return {
    outcome: [
      fact('Partitions', formatCount(partitions)),
      fact('Listed', formatQuantity(listed, 'object')),
      fact('Matched', formatCount(matched)),
      fact('Excluded', formatCount(countExcluded(ledger))),
    ],
    warnings: [
      ...(complete ? [] : ['The listing did not see everything: the numbers are those so far.']),
      ...(unmatched === 0
        ? []
        : [`${formatQuantity(unmatched, 'file fits', 'files fit')} no partition and cannot be read.`]),
      ...(emptyBecause === null ? [] : [emptyBecause]),
    ],
  }
}

const detection = z.object({
  format: z.object({
    ok: z.boolean(),
    type: z.string().optional(),
    message: z.string().optional(),
    schemaDetection: z.object({ newSchema: z.object({ columns: z.array(z.unknown()) }) }).optional(),
  }),
})

function describeDetection(result: unknown): JobOutcome {
  const parsed = detection.safeParse(result)
  if (!parsed.success) return NOTHING
  const { ok, type, message, schemaDetection } = parsed.data.format
  if (!ok) return { outcome: [], warnings: [message ?? 'No format was found that reads the files.'] }
  return {
    outcome: [
      ...(type === undefined ? [] : [fact('Format', type)]),
      ...(schemaDetection ? [fact('Columns', formatCount(schemaDetection.newSchema.columns.length))] : []),
    ],
    warnings: [],
  }
}
