import 'server-only'
import {
  KEPT_OF_PARTITION,
  KEPT_OF_WHOLE,
  type MetricId,
  type MetricValue,
  RECORDS,
} from '#lib/domain/datasets/metrics'
import type { ColumnsOutside } from '#lib/domain/datasets/outside-schema'
import { NOT_PARTITIONED, WHOLE } from '#lib/domain/partitioning/partition-id'
import type { Tx } from '../../platform/db/client'
import { Prisma } from '../../platform/db/generated/client'
import { storable } from '../../platform/db/storable'
import type { DatasetRow } from '../dataset-kind'

/** Values that are written by one statement. */
const AT_ONCE = 5_000

/** A value as it was just counted. */
export type CountedValue = Pick<
  MetricValue,
  'metric' | 'partition' | 'value' | 'unreadFiles' | 'declaredFiles'
>

interface Computation {
  at: Date
  /** Who asked for it, as events name them. */
  by: string
  /** All partitions there are were counted: what is known of others is forgotten. */
  replaces: boolean
}

/** Keeps values in place of those before, and adds them to the history of each. */
export async function keepMetricValues(
  tx: Tx,
  dataset: DatasetRow,
  values: readonly CountedValue[],
  computation: Computation,
): Promise<void> {
  const { spaceId, id: datasetId } = dataset
  const metrics = [...new Set(values.map(({ metric }) => metric))]
  if (computation.replaces)
    await tx.metricValue.deleteMany({ where: { spaceId, datasetId, metric: { in: metrics } } })
  for (let from = 0; from < values.length; from += AT_ONCE)
    await writeLast(tx, dataset, values.slice(from, from + AT_ONCE), computation.at)
  await addPoints(tx, dataset, metrics, computation)
  const partitions = [...new Set(values.map(({ partition }) => partition))]
  await forgetOldest(tx, dataset, metrics, partitions)
  if (computation.replaces) await forgetGone(tx, dataset, metrics)
}

/** Keeps, beside the records that were counted, what they hold in columns that the schema does not have. */
export async function keepOutside(
  tx: Tx,
  { spaceId, id: datasetId }: DatasetRow,
  partition: string,
  outside: ColumnsOutside,
): Promise<void> {
  await tx.metricValue.updateMany({
    where: { spaceId, datasetId, partition, metric: RECORDS },
    data: { outside: outside.values > 0 ? storable(outside) : Prisma.DbNull },
  })
}

async function writeLast(
  tx: Tx,
  { spaceId, id: datasetId, version }: DatasetRow,
  values: readonly CountedValue[],
  at: Date,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO metric_value
      ("spaceId", "datasetId", "partition", "metric", "value", "version", "computedAt",
        "unreadFiles", "declaredFiles")
    SELECT ${spaceId}, ${datasetId}, given.partition, given.metric, given.value, ${version}, ${at},
      given.unread, given.declared
    FROM unnest(
      ${values.map(({ partition }) => partition)}::text[],
      ${values.map(({ metric }) => metric)}::text[],
      ${values.map(({ value }) => BigInt(value))}::bigint[],
      ${values.map(({ unreadFiles }) => unreadFiles)}::integer[],
      ${values.map(({ declaredFiles }) => declaredFiles)}::integer[]
    ) AS given(partition, metric, value, unread, declared)
    ON CONFLICT ("spaceId", "datasetId", "partition", "metric")
    DO UPDATE SET "value" = excluded."value", "version" = excluded."version",
      "computedAt" = excluded."computedAt", "unreadFiles" = excluded."unreadFiles",
      "declaredFiles" = excluded."declaredFiles"`
}

/** What was just written is what was computed at that time. */
async function addPoints(
  tx: Tx,
  { spaceId, id: datasetId }: DatasetRow,
  metrics: readonly MetricId[],
  { at, by }: Computation,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO metric_point
      ("spaceId", "datasetId", "partition", "metric", "computedAt", "value", "version", "unreadFiles",
        "declaredFiles", "computedBy")
    SELECT "spaceId", "datasetId", "partition", "metric", "computedAt", "value", "version", "unreadFiles",
      "declaredFiles", ${by}
    FROM metric_value
    WHERE "spaceId" = ${spaceId} AND "datasetId" = ${datasetId}
      AND "metric" = ANY(${metrics}::text[]) AND "computedAt" = ${at}
    ON CONFLICT DO NOTHING`
}

async function forgetOldest(
  tx: Tx,
  { spaceId, id: datasetId }: DatasetRow,
  metrics: readonly MetricId[],
  partitions: readonly string[],
): Promise<void> {
  // The rows are found once and taken by where they stand: joined with itself the table may be gone through for each row.
  await tx.$executeRaw`
    DELETE FROM metric_point WHERE ctid = ANY(ARRAY(
      SELECT ranked.ctid FROM (
        SELECT ctid, "partition",
          row_number() OVER (PARTITION BY "partition", "metric" ORDER BY "computedAt" DESC) AS place
        FROM metric_point
        WHERE "spaceId" = ${spaceId} AND "datasetId" = ${datasetId}
          AND "metric" = ANY(${metrics}::text[]) AND "partition" = ANY(${partitions}::text[])
      ) AS ranked
      WHERE ranked.place > CASE
        WHEN ranked."partition" IN (${WHOLE}, ${NOT_PARTITIONED}) THEN ${KEPT_OF_WHOLE}::bigint
        ELSE ${KEPT_OF_PARTITION}::bigint
      END
    ))`
}

/** A partition without files has no history: days that rotate out would pile up for ever. */
async function forgetGone(
  tx: Tx,
  { spaceId, id: datasetId }: DatasetRow,
  metrics: readonly MetricId[],
): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM metric_point
    WHERE "spaceId" = ${spaceId} AND "datasetId" = ${datasetId}
      AND "metric" = ANY(${metrics}::text[])
      AND "partition" NOT IN (${WHOLE}, ${NOT_PARTITIONED})
      AND ("partition", "metric") NOT IN (
        SELECT "partition", "metric" FROM metric_value
        WHERE "spaceId" = ${spaceId} AND "datasetId" = ${datasetId}
      )`
}
