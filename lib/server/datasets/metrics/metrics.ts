import 'server-only'
import type { z } from 'zod'
import type { Subject } from '#lib/domain/access/subject'
import {
  computeMetricsJob,
  type DatasetMetrics,
  KEPT_OF_PARTITION,
  KEPT_OF_WHOLE,
  METRIC_IDS,
  type MetricsHistory,
  type MetricsHistoryQuery,
  type MetricsPageInput,
  type MetricsRequest,
  type MetricValue,
  metricId,
  metricsQueryInput,
  RECORDS,
} from '#lib/domain/datasets/metrics'
import { columnsOutside, NOTHING_OUTSIDE } from '#lib/domain/datasets/outside-schema'
import { meansWhole, NOT_PARTITIONED, WHOLE } from '#lib/domain/partitioning/partition-id'
import { readAs } from '../../access/act'
import type { Context } from '../../access/caller'
import { enqueueJob } from '../../access/enqueue-job'
import type { Tx } from '../../platform/db/client'
import { escapeLike } from '../../platform/db/escape-like'
import type { MetricValue as MetricRow } from '../../platform/db/generated/client'
import { type DatasetRef, type DatasetRow, datasetKind, definitionOf } from '../dataset-kind'

/** How values name the dataset as a whole: `"NP"` without partitioning, else `"ALL"`. */
export const wholeOf = (row: DatasetRow): string =>
  definitionOf(row).partitioning.dimensions.length === 0 ? NOT_PARTITIONED : WHOLE

/** Whether a request is for the dataset as a whole, named so or by no partition. */
export const isForWhole = (partition: string | null): boolean => partition === null || meansWhole(partition)

/** Names the computations that one caller starts of one dataset: at most one of each is under way. */
const exclusiveKeyOf = (datasetId: string, { keyId, userId }: Subject): string =>
  `${computeMetricsJob.kind}|${datasetId}|${keyId ?? userId}`

/** Starts the computation of metrics as a job; read its progress by the job, its result with `getMetrics`. */
export function startComputeMetrics(
  ctx: Context,
  ref: DatasetRef,
  request: MetricsRequest,
): Promise<{ jobId: string }> {
  // The same work in whatever order it is asked for.
  const metricIds = METRIC_IDS.filter((id) => request.metricIds.includes(id))
  const partition = isForWhole(request.partition) ? null : request.partition
  const details = { metrics: metricIds.join(','), ...(partition === null ? {} : { partitions: partition }) }
  return readAs(
    ctx,
    datasetKind,
    'compute-metrics',
    ref,
    async ({ tx, row, subject }) => {
      const dataset = { projectKey: row.project.key, name: row.name }
      const { jobId } = await enqueueJob(tx, ctx, {
        kind: computeMetricsJob.kind,
        payload: { dataset, partition, metricIds },
        objectType: 'dataset',
        objectId: `${dataset.projectKey}.${dataset.name}`,
        objectKey: row.id,
        exclusiveKey: `${exclusiveKeyOf(row.id, subject)}|${partition ?? ''}|${metricIds.join(',')}`,
      })
      return { jobId }
    },
    details,
  )
}

/** The last values of a dataset: as a whole, and of one page of its partitions. */
export function getMetrics(
  ctx: Context,
  ref: DatasetRef,
  input: MetricsPageInput = {},
): Promise<DatasetMetrics> {
  const page = metricsQueryInput.parse(input)
  return readAs(ctx, datasetKind, 'see-metrics', ref, async ({ tx, row, subject }) => {
    const { spaceId, id: datasetId } = row
    const whole = await tx.metricValue.findMany({ where: { spaceId, datasetId, partition: wholeOf(row) } })
    const underWay = await tx.job.findFirst({
      where: {
        spaceId,
        exclusiveKey: { startsWith: exclusiveKeyOf(datasetId, subject) },
        state: { in: ['queued', 'running'] },
      },
      select: { id: true },
      orderBy: { createdAt: 'desc' },
    })
    const counted = whole.find(({ metric }) => metric === RECORDS)
    return {
      whole: whole.map((one) => toValue(one, row)),
      outside: columnsOutside.parse(counted?.outside ?? NOTHING_OUTSIDE),
      ...(await readPartitions(tx, row, page)),
      jobId: underWay?.id ?? null,
    }
  })
}

async function readPartitions(
  tx: Tx,
  row: DatasetRow,
  { after, limit, search }: z.output<typeof metricsQueryInput>,
): Promise<Pick<DatasetMetrics, 'partitions' | 'next'>> {
  const place = { spaceId: row.spaceId, datasetId: row.id }
  const found = await tx.metricValue.groupBy({
    by: ['partition'],
    where: {
      ...place,
      partition: {
        notIn: [NOT_PARTITIONED, WHOLE],
        ...(after === undefined ? {} : { gt: after }),
        ...(search.trim() === '' ? {} : { contains: escapeLike(search.trim()), mode: 'insensitive' }),
      },
    },
    orderBy: { partition: 'asc' },
    take: limit + 1,
  })
  const ids = found.slice(0, limit).map(({ partition }) => partition)
  const values = await tx.metricValue.findMany({ where: { ...place, partition: { in: ids } } })
  const byId = Map.groupBy(values, ({ partition }) => partition)
  return {
    partitions: ids.map((id) => ({ id, values: (byId.get(id) ?? []).map((one) => toValue(one, row)) })),
    next: found.length > limit ? (ids.at(-1) ?? null) : null,
  }
}

/** The last values of one partition, or of the dataset as a whole. */
export function getMetricsOf(ctx: Context, ref: DatasetRef, partition: string): Promise<MetricValue[]> {
  return readAs(ctx, datasetKind, 'see-metrics', ref, async ({ tx, row }) => {
    const found = await tx.metricValue.findMany({
      where: {
        spaceId: row.spaceId,
        datasetId: row.id,
        partition: meansWhole(partition) ? wholeOf(row) : partition,
      },
    })
    return found.map((one) => toValue(one, row))
  })
}

/** The values that were computed of one partition, or of the dataset as a whole when null, newest first. */
export function getMetricsHistory(
  ctx: Context,
  ref: DatasetRef,
  { partition, metric }: MetricsHistoryQuery,
): Promise<MetricsHistory> {
  const isWhole = isForWhole(partition)
  return readAs(ctx, datasetKind, 'see-metrics', ref, async ({ tx, row }) => {
    const found = await tx.metricPoint.findMany({
      where: {
        spaceId: row.spaceId,
        datasetId: row.id,
        // A dataset that was partitioned meanwhile is the same whole.
        partition: { in: isWhole ? [WHOLE, NOT_PARTITIONED] : [partition ?? ''] },
        ...(metric === undefined ? {} : { metric }),
      },
      orderBy: [{ computedAt: 'desc' }, { metric: 'asc' }],
    })
    return {
      partition: isWhole ? wholeOf(row) : (partition ?? ''),
      keeps: isWhole ? KEPT_OF_WHOLE : KEPT_OF_PARTITION,
      points: found.map((one) => ({ ...toValue(one, row), computedBy: one.computedBy })),
    }
  })
}

function toValue(
  { metric, partition, value, computedAt, version, unreadFiles, declaredFiles }: Omit<MetricRow, 'outside'>,
  dataset: DatasetRow,
): MetricValue {
  return {
    metric: metricId.parse(metric),
    partition,
    value: Number(value),
    computedAt: computedAt.toISOString(),
    stale: version !== dataset.version,
    unreadFiles,
    declaredFiles,
  }
}
