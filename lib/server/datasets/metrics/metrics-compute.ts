import 'server-only'
import {
  type ComputedMetrics,
  type MetricId,
  type MetricsRequest,
  RECORDS,
} from '#lib/domain/datasets/metrics'
import { OutsideTally } from '#lib/domain/datasets/outside-schema'
import { Failure } from '#lib/domain/errors'
import { parsePartitionId } from '#lib/domain/partitioning/partition-id'
import type { Context } from '../../access/caller'
import { withPermit } from '../../access/with-permit'
import { openConnection } from '../../connections/store-target'
import { now } from '../../platform/clock'
import { inTransaction } from '../../platform/db/transaction'
import type { Permit } from '../../platform/permit'
import { type DatasetRef, type DatasetRow, datasetKind, definitionOf } from '../dataset-kind'
import { type AtOnce, FilesAtOnce } from '../files-at-once'
import { holdDataset, type KeepWhile, keepAnyway } from '../hold-dataset'
import { findWantedFiles, type WantedFile } from '../listing/wanted-files'
import { isForWhole, wholeOf } from './metrics'
import { type CountedValue, keepMetricValues, keepOutside } from './metrics-keep'
import { createRecordCounter } from './metrics-records'

/** Files that are listed before any of them is read: a page of the store. */
const BATCH = 1_000
/** Four files at once, or thirty-two small ones. */
const AT_ONCE: AtOnce = { shares: 32, mostOfOne: 8, shareBytes: 8 * 1024 }
/** Values of thousands of partitions and their history are written in one step; what was read for minutes should not be lost for it. */
const KEEPING_MS = 30_000
/** Columns outside of the schema that a computation names. */
const MOST_COLUMNS_TOLD = 20

/** Counts of one partition, or of all. */
interface Totals {
  files: number
  sizeBytes: number
  records: number
  /** Files of which not all records are counted. */
  unreadFiles: number
  /** Files whose records are counted by what they say of themselves. */
  declaredFiles: number
}

const NOTHING: Totals = { files: 0, sizeBytes: 0, records: 0, unreadFiles: 0, declaredFiles: 0 }

/** How far a count is; of how much only where all files are listed before the first is read. */
export interface CountProgress {
  files: number
  /** As they are stored. */
  bytes: number
  of: { files: number; bytes: number } | null
}

/** Told as files are read. */
export type OnCounted = (progress: CountProgress) => void

/**
 * Computes metrics of a dataset under its own rules of reading and keeps them. Of the whole dataset, those of each partition
 * come along, since its files are gone through anyway. `keepWhile` is told for what else is kept.
 * @throws Failure as reading: a broken file, unless the settings leave such out; `not_found` for a partition without files
 */
export function computeMetrics(
  ctx: Context,
  ref: DatasetRef,
  request: MetricsRequest,
  onCounted: OnCounted,
  keepWhile: KeepWhile = keepAnyway,
): Promise<ComputedMetrics> {
  return withPermit(
    ctx,
    datasetKind,
    'compute-metrics',
    ref,
    { details: { metrics: request.metricIds.join(',') } },
    async ({ row }) => row,
    (permit, row) => {
      keepWhile((tx) => holdDataset(tx, row))
      return compute(permit, row, request, onCounted)
    },
  )
}

async function compute(
  permit: Permit,
  row: DatasetRow,
  { partition, metricIds }: MetricsRequest,
  onCounted: OnCounted,
): Promise<ComputedMetrics> {
  const startedAt = now()
  const isWhole = isForWhole(partition)
  if (partition !== null && !isWhole) checkPartition(row, partition)
  const columns = definitionOf(row).schema.columns.length
  const outside = new OutsideTally()
  const counted = await count(permit, row, isWhole ? [] : [partition ?? ''], metricIds, outside, onCounted)
  const at = now()
  const name = isWhole ? wholeOf(row) : (partition ?? '')
  const values = valuesOf(name, sum(counted.values()), columns, metricIds)
  const hasParts = isWhole && definitionOf(row).partitioning.dimensions.length > 0
  const parts = hasParts ? [...counted].flatMap(([id, one]) => valuesOf(id, one, columns, metricIds)) : []
  const kept = [...values, ...parts]
  const told = outside.report(MOST_COLUMNS_TOLD)
  await inTransaction(async (tx) => {
    await holdDataset(tx, row)
    await keepMetricValues(tx, row, kept, { at, by: permit.actor, replaces: isWhole })
    if (metricIds.includes(RECORDS)) await keepOutside(tx, row, name, told)
  }, KEEPING_MS)
  const computedAt = at.toISOString()
  return {
    startedAt: startedAt.toISOString(),
    finishedAt: computedAt,
    values: values.map((value) => ({ ...value, computedAt, stale: false })),
    outside: told,
  }
}

function checkPartition(row: DatasetRow, partition: string): void {
  const parsed = parsePartitionId(partition, definitionOf(row).partitioning.dimensions)
  if (parsed.ok) return
  throw new Failure(
    'validation_failed',
    parsed.issues[0]?.message ?? 'This is no partition of the dataset.',
    {
      reason: 'invalid-partition',
      where: partition,
    },
  )
}

async function count(
  permit: Permit,
  row: DatasetRow,
  partitions: readonly string[],
  metricIds: readonly MetricId[],
  outside: OutsideTally,
  onCounted: OnCounted,
): Promise<Map<string, Totals>> {
  const definition = definitionOf(row)
  const store = openConnection(permit, row.connection, definition.params.bucket ?? undefined)
  const broken = new AbortController()
  const signal = AbortSignal.any([permit.signal, broken.signal])
  const countRecords = metricIds.includes(RECORDS)
    ? createRecordCounter(store, definition, signal, outside)
    : async () => ({ records: 0, isWhole: true, isDeclared: false })
  const counted = new Map<string, Totals>()
  const progress: CountProgress = { files: 0, bytes: 0, of: null }
  const tell = (bytes: number) => {
    progress.bytes += bytes
    onCounted(progress)
  }
  const take = async (batch: readonly WantedFile[]) => {
    await new FilesAtOnce(AT_ONCE).forEach(batch, async (file) => {
      const totals = counted.get(file.partition) ?? { ...NOTHING }
      counted.set(file.partition, totals)
      totals.files++
      totals.sizeBytes += file.sizeBytes
      let left = file.sizeBytes
      const onRead = (bytes: number) => {
        const more = Math.min(bytes, left)
        left -= more
        tell(more)
      }
      if (file.sizeBytes > 0) {
        const { records, isWhole, isDeclared } = await countRecords(file.path, onRead).catch(
          (error: unknown) => {
            // One that cannot be read ends the count: those beside it need not be read to their ends.
            broken.abort()
            throw error
          },
        )
        totals.records += records
        if (!isWhole) totals.unreadFiles++
        if (isDeclared) totals.declaredFiles++
      }
      progress.files++
      tell(left)
    })
  }
  let batch: WantedFile[] = []
  const place = { store, definition, now: now().getTime(), empties: true }
  for await (const file of findWantedFiles(place, { ids: partitions })) {
    if (batch.length === BATCH) {
      await take(batch)
      batch = []
    }
    batch.push(file)
  }
  if (progress.files === 0) {
    progress.of = { files: batch.length, bytes: batch.reduce((total, { sizeBytes }) => total + sizeBytes, 0) }
    tell(0)
  }
  await take(batch)
  return counted
}

function sum(parts: Iterable<Totals>): Totals {
  const whole = { ...NOTHING }
  for (const { files, sizeBytes, records, unreadFiles, declaredFiles } of parts) {
    whole.files += files
    whole.sizeBytes += sizeBytes
    whole.records += records
    whole.unreadFiles += unreadFiles
    whole.declaredFiles += declaredFiles
  }
  return whole
}

function valuesOf(
  partition: string,
  { files, sizeBytes, records, unreadFiles, declaredFiles }: Totals,
  columns: number,
  metricIds: readonly MetricId[],
): CountedValue[] {
  const byMetric: Record<MetricId, number> = {
    'basic:COUNT_FILES': files,
    'basic:SIZE': sizeBytes,
    'basic:COUNT_COLUMNS': columns,
    'records:COUNT_RECORDS': records,
  }
  return [...new Set(metricIds)].map((metric) => ({
    metric,
    partition,
    value: byMetric[metric],
    // Names, sizes and columns are known of files that cannot be read.
    unreadFiles: metric === RECORDS ? unreadFiles : 0,
    declaredFiles: metric === RECORDS ? declaredFiles : 0,
  }))
}
