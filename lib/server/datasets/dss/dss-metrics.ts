import 'server-only'
import { computedMetrics, METRIC_IDS, type MetricId } from '#lib/domain/datasets/metrics'
import { type DssFuture, describeMetric, toPoint } from '#lib/domain/public-api/dataset-wire'
import type { Context } from '../../access/caller'
import { refuseUnkept } from '../../platform/refuse-unkept'
import type { DatasetRef } from '../dataset-kind'
import { getMetricsOf, startComputeMetrics } from '../metrics/metrics'
import { waitForFuture } from './futures'

/** Clients read the values out of the answer itself; what takes longer is followed as a future. */
const WAIT_MS = 600_000

/**
 * Computes metrics and waits for them, all where none are named. An empty partition is the dataset as a whole.
 * @throws Failure `validation_failed` for what else is asked for, as probes are: there are none here
 */
export async function computeDssMetrics(
  ctx: Context,
  ref: DatasetRef,
  partition: string,
  { metricIds = [...METRIC_IDS], ...more }: { metricIds?: MetricId[] } = {},
): Promise<DssFuture> {
  refuseUnkept(more, {}, [])
  const request = { partition: partition === '' ? null : partition, metricIds }
  const { jobId } = await startComputeMetrics(ctx, ref, request)
  const future = await waitForFuture(ctx, jobId, WAIT_MS)
  return future.hasResult ? { ...future, result: toReport(future.result) } : future
}

function toReport(result: unknown) {
  const { startedAt, finishedAt, values } = computedMetrics.parse(result)
  return {
    startTime: Date.parse(startedAt),
    endTime: Date.parse(finishedAt),
    computed: values.map((value) => ({
      metricId: value.metric,
      metric: describeMetric(value.metric),
      ...toPoint(value),
    })),
    skipped: [],
  }
}

/** The last values of one partition, or of the whole by `NP` or `ALL`; a metric that was never computed has none. */
export async function getDssMetrics(ctx: Context, ref: DatasetRef, partition: string) {
  const values = await getMetricsOf(ctx, ref, partition)
  return {
    metrics: METRIC_IDS.map((id) => ({
      metric: describeMetric(id),
      displayedAsMetric: true,
      lastValues: values.filter(({ metric }) => metric === id).map(toPoint),
    })),
  }
}
