import 'server-only'
import type { z } from 'zod'
import { testAndDetectJob } from '#lib/domain/datasets/detect-job'
import { explainEmptyDetection, toSchemaColumns } from '#lib/domain/public-api/detected'
import { readAs } from '../../access/act'
import type { Context } from '../../access/caller'
import { enqueueJob } from '../../access/enqueue-job'
import { authorizeFilesOf } from '../authorize-files-of'
import { type DatasetRef, datasetKind, definitionOf } from '../dataset-kind'
import { holdDataset, type KeepWhile } from '../hold-dataset'
import type { OnLooked } from './count-looked'
import { detectFiles } from './detect-format'
import { readSchema } from './read-schema'

/** Starts the detection of format and schema of a dataset as a job. Who may not use its connection is told at once. */
export function startTestAndDetect(
  ctx: Context,
  ref: DatasetRef,
  inferStorageTypes: boolean,
): Promise<{ jobId: string }> {
  return readAs(ctx, datasetKind, 'see', ref, async ({ tx, row, subject }) => {
    await authorizeFilesOf(tx, ctx, row)
    const dataset = { projectKey: row.project.key, name: row.name }
    const { jobId } = await enqueueJob(tx, ctx, {
      kind: testAndDetectJob.kind,
      payload: { dataset, inferStorageTypes },
      objectType: 'dataset',
      objectId: `${dataset.projectKey}.${dataset.name}`,
      objectKey: row.id,
      // Other settings are other work.
      exclusiveKey: [
        testAndDetectJob.kind,
        row.id,
        row.version,
        subject.keyId ?? subject.userId,
        inferStorageTypes,
      ].join('|'),
    })
    return { jobId }
  })
}

/**
 * Detects how a dataset's files are to be read, and which columns they have then, as a DSS client reads it. `onLooked` is told
 * of the files for each of the two, and `keepWhile` for what is kept of it.
 */
export async function testAndDetect(
  ctx: Context,
  { dataset, inferStorageTypes: infer }: z.output<typeof testAndDetectJob.payload>,
  onLooked: (what: 'format' | 'columns', ...counts: Parameters<OnLooked>) => void,
  keepWhile: KeepWhile,
) {
  const row = await readAs(ctx, datasetKind, 'see', dataset, async (authorized) => {
    await authorizeFilesOf(authorized.tx, ctx, authorized.row)
    return authorized.row
  })
  keepWhile((tx) => holdDataset(tx, row))
  const definition = definitionOf(row)
  const detection = await detectFiles(ctx, { definition }, (...counts) => onLooked('format', ...counts))
  const [best] = detection.candidates
  const possibleFormats = detection.candidates.map(({ format, label, confidence }) => ({
    type: format.type,
    params: format.params,
    label,
    confidence,
  }))
  if (!best) return { format: { ok: false, message: explainEmptyDetection(detection), possibleFormats } }
  const { type, params } = best.format
  // The schema that stands is of another format maybe: what the files say counts.
  const schema = { columns: [], userModified: false }
  const detected = { ...definition, formatType: type, formatParams: params, schema }
  const report = await readSchema(ctx, { definition: detected, infer }, (...counts) =>
    onLooked('columns', ...counts),
  )
  return {
    connectionOK: true,
    format: {
      ok: true,
      type,
      params,
      possibleFormats,
      schemaDetection: {
        newSchema: { columns: toSchemaColumns(report, infer), userModified: false },
      },
    },
  }
}
