import 'server-only'
import type { DssDetection, DssFuture } from '#lib/domain/public-api/dataset-wire'
import type { Context } from '../../access/caller'
import { refuseUnkept } from '../../platform/refuse-unkept'
import type { DatasetRef } from '../dataset-kind'
import { startTestAndDetect } from '../detection/test-and-detect'
import { getFuture } from './futures'

/** Starts to detect format and schema of a dataset. @throws Failure `validation_failed` for what else is asked for */
export async function startDssDetection(
  ctx: Context,
  ref: DatasetRef,
  { detectPossibleFormats: _, inferStorageTypes, ...more }: DssDetection,
): Promise<DssFuture> {
  refuseUnkept(more, {}, [])
  const { jobId } = await startTestAndDetect(ctx, ref, inferStorageTypes)
  return getFuture(ctx, jobId, false)
}
