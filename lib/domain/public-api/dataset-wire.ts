import * as z from 'zod'
import {
  METRIC_IDS,
  type MetricId,
  type MetricValue,
  metricsRequest,
  sayDeclared,
  sayUnread,
} from '../datasets/metrics'
import { taggedFields } from '../field-tags'

/** What people say of a dataset; DSS keeps it apart from the settings, here it is part of the definition. */
export const dssMetadata = z.looseObject({
  label: z.string(),
  shortDesc: z.string(),
  description: z.string(),
  tags: z.array(z.string()),
  custom: z.looseObject({ kv: z.unknown() }),
  customMeta: z.looseObject({ kv: z.unknown() }),
  checklists: z.looseObject({ checklists: z.array(z.unknown()) }),
  metadataTag: taggedFields,
})

const keyValues = z.looseObject({ kv: z.looseObject({}).optional() })

/** What a client sends of it: what it leaves out stays as it is. */
export const dssMetadataInput = z.looseObject({
  label: z.string().nullish(),
  shortDesc: z.string().max(2_000).nullish(),
  description: z.string().max(100_000).nullish(),
  tags: z.array(z.string().max(200)).max(1_000).optional(),
  custom: keyValues.optional(),
  customMeta: keyValues.optional(),
  checklists: z.looseObject({ checklists: z.array(z.unknown()).optional() }).optional(),
  metadataTag: taggedFields.nullish(),
})
export type DssMetadataInput = z.output<typeof dssMetadataInput>

/** A long piece of work as DSS clients follow it. */
export const dssFuture = z.object({
  jobId: z.string(),
  alive: z.boolean(),
  hasResult: z.boolean(),
  aborted: z.boolean(),
  /** Epoch milliseconds. */
  startTime: z.number(),
  runningTime: z.number(),
  owner: z.string().optional(),
  payload: z.object({ displayName: z.string() }),
  progress: z.object({
    states: z.array(z.object({ name: z.string(), cur: z.number(), target: z.number(), unit: z.string() })),
  }),
  result: z.unknown().optional(),
})
export type DssFuture = z.infer<typeof dssFuture>

const metricPoint = z.object({
  metricId: z.enum(METRIC_IDS),
  metric: z.object({
    id: z.string(),
    type: z.string(),
    metricType: z.string(),
    dataType: z.literal('BIGINT'),
  }),
  partition: z.string(),
  dataType: z.literal('BIGINT'),
  /** A number as text. */
  value: z.string(),
  /** Epoch milliseconds. */
  computed: z.number(),
})

export const dssLastMetrics = z.object({
  metrics: z.array(
    z.object({
      metric: metricPoint.shape.metric,
      displayedAsMetric: z.boolean(),
      lastValues: z.array(metricPoint.omit({ metricId: true, metric: true })),
    }),
  ),
})

/** `records:COUNT_RECORDS` as DSS describes it. */
export function describeMetric(id: MetricId) {
  const [type = '', metricType = ''] = id.split(':')
  return { id, type, metricType, dataType: 'BIGINT' as const }
}

/** A value as DSS gives it. */
export const toPoint = ({ partition, value, computedAt, unreadFiles, declaredFiles }: MetricValue) => ({
  partition,
  dataType: 'BIGINT' as const,
  value: String(value),
  computed: Date.parse(computedAt),
  ...(unreadFiles > 0 ? { warning: sayUnread(unreadFiles), unreadFiles } : {}),
  ...(declaredFiles > 0 ? { note: sayDeclared(declaredFiles), declaredFiles } : {}),
})

/** A job of a project, in DSS's form. */
export const dssJob = z.object({
  baseStatus: z.object({
    def: z.object({ id: z.string(), name: z.string(), projectKey: z.string(), initiator: z.string() }),
    state: z.enum(['RUNNING', 'DONE', 'FAILED', 'ABORTED']),
    startTime: z.number(),
    endTime: z.number().nullable(),
  }),
})
export type DssJob = z.infer<typeof dssJob>

/** What a client asks to be built. */
export const dssBuild = z.looseObject({
  type: z.string().nullish(),
  outputs: z
    .array(z.looseObject({ type: z.string().nullish(), id: z.string(), projectKey: z.string().nullish() }))
    .min(1, 'Name at least one output.')
    .max(1_000),
})
export type DssBuild = z.output<typeof dssBuild>

/** What detection is asked for. */
export const dssDetection = z.looseObject({
  detectPossibleFormats: z.literal(true, 'has to be true: formats are always looked for').default(true),
  inferStorageTypes: z.boolean().default(false),
})
export type DssDetection = z.output<typeof dssDetection>

/** Which metrics are to be computed; all where none are named. */
export const dssMetricsRequest = z.looseObject({ metricIds: metricsRequest.shape.metricIds })
