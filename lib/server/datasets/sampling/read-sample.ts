import 'server-only'
import { exportColumns, exportRows, SAMPLE_FILE_TYPES } from '#lib/domain/datasets/export-sample'
import type { Sample, SampleExportRequest, SampleRequest } from '#lib/domain/datasets/sample-wire'
import type { Context } from '../../access/caller'
import { withPermit } from '../../access/with-permit'
import { type DatasetRef, datasetKind } from '../dataset-kind'
import { countListedPartitions } from '../listing/listings'
import { collectSample, SAMPLE_TIMES } from './collect-sample'
import { writeParquet } from './write-parquet'

/** Reads a labelled sample of a dataset under its own rules of reading. */
export function readSample(
  ctx: Context,
  ref: DatasetRef,
  request: SampleRequest,
  times = SAMPLE_TIMES,
): Promise<Sample> {
  return sampleAs(ctx, 'sample', ref, request, {}, times)
}

export interface ExportedSample {
  /** `"instance_audit_logs-sample.csv"`. */
  name: string
  contentType: string
  /** Texts or bytes, some records at a time. */
  chunks: Iterable<string | Uint8Array>
}

/** Reads a sample to be taken away as a file; that it was is told before its first byte. */
export async function exportSample(
  ctx: Context,
  ref: DatasetRef,
  { format, ...request }: SampleExportRequest,
): Promise<ExportedSample> {
  const sample = await sampleAs(ctx, 'export', ref, request, { format })
  const { contentType, extension } = SAMPLE_FILE_TYPES[format]
  const chunks = format === 'parquet' ? writeParquet(exportColumns(sample)) : exportRows(sample, format)
  return { name: `${ref.name}-sample.${extension}`, contentType, chunks }
}

function sampleAs(
  ctx: Context,
  action: 'sample' | 'export',
  ref: DatasetRef,
  request: SampleRequest,
  more: Record<string, string> = {},
  times = SAMPLE_TIMES,
): Promise<Sample> {
  const { records, partitions, mode, seed } = request
  return withPermit(
    ctx,
    datasetKind,
    action,
    ref,
    {
      deadlineMs: times.wholeMs,
      details: {
        records,
        ...(partitions === undefined ? {} : { partitions }),
        ...(mode === undefined ? {} : { mode }),
        ...(seed === undefined ? {} : { seed }),
        ...more,
      },
    },
    async ({ tx, row }) => ({
      row,
      partitionsTotal: (await countListedPartitions(tx, row.spaceId, [row.id])).get(row.id) ?? null,
    }),
    (permit, { row, partitionsTotal }) => collectSample(permit, row, request, partitionsTotal, times),
  )
}
