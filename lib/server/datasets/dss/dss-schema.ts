import 'server-only'
import { readingOf } from '#lib/domain/field-tags'
import type { DssSchemaSent } from '#lib/domain/public-api/wire'
import type { Context } from '../../access/caller'
import { markReading } from '../../platform/mark-reading'
import { keepWhatOthersSaved } from '../../platform/nothing-lost'
import { withOwnSaves } from '../../platform/own-saves'
import type { DatasetRef } from '../dataset-kind'
import { changeDss, getDssDataset, refuseDatasetOfGone } from './dss-datasets'

/** The columns of a dataset, and whether people settled them. */
export async function getDssSchema(ctx: Context, ref: DatasetRef) {
  const { schema, versionTag } = await getDssDataset(ctx, ref)
  const thing = { id: versionTag?.of ?? '', spaceId: ctx.caller.spaceId }
  return { ...schema, versionTag: markReading(thing, schema) }
}

/**
 * Replaces the schema alone.
 * @throws Failure `validation_failed` naming the field; `conflict` when it would undo what others saved of it since the
 * `versionTag` that is sent; without one the last wins
 */
export function saveDssSchema(ctx: Context, ref: DatasetRef, sent: DssSchemaSent): Promise<void> {
  const { versionTag: tag, ...schema } = sent
  return withOwnSaves(ctx, `schema of dataset ${tag?.of ?? ''}`, readingOf(tag), (own) =>
    changeDss(ctx, ref, async (dataset) => {
      const id = dataset.versionTag?.of ?? ''
      await refuseDatasetOfGone(ctx, ref.name, id, tag)
      const saving = { id, tag, own, current: dataset.schema, sent: { userModified: false, ...schema } }
      keepWhatOthersSaved(`the schema of ${ref.name}`, saving)
      return { ...dataset, schema }
    }),
  )
}
