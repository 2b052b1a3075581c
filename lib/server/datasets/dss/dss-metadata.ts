import 'server-only'
import type { DssDataset } from '#lib/domain/datasets/dss-json'
import { overlayExact } from '#lib/domain/exact-json'
import { readingOf, tagsRead } from '#lib/domain/field-tags'
import type { DssMetadataInput } from '#lib/domain/public-api/dataset-wire'
import type { Context } from '../../access/caller'
import { keepWhatOthersSaved } from '../../platform/nothing-lost'
import { withOwnSaves } from '../../platform/own-saves'
import { tagFields } from '../../platform/tag-fields'
import type { DatasetRef } from '../dataset-kind'
import { invalidDefinition } from '../definition-rules'
import { changeDss, getDssDataset, refuseDatasetOfGone } from './dss-datasets'

/** Where a definition holds what clients put into the metadata and nobody here knows. */
const KEPT = 'metadata'

/** What people say of a dataset: tags, description, metadata of their own. */
export async function getDssMetadata(ctx: Context, ref: DatasetRef) {
  const dataset = await getDssDataset(ctx, ref)
  const said = saidOf(dataset)
  // Both names are in use among versions of DSS.
  const { of, space, reading } = dataset.versionTag ?? {}
  const metadataTag = { of, space, reading, fieldTags: tagFields(said) }
  return { ...said, label: dataset.name, custom: said.customMeta, metadataTag }
}

/** What is said of a dataset, read with care: definitions of older versions may hold anything. */
const saidOf = ({ tags, shortDesc, description, customMeta, checklists, [KEPT]: kept }: DssDataset) => ({
  ...toObject(kept),
  shortDesc: typeof shortDesc === 'string' ? shortDesc : '',
  description: typeof description === 'string' ? description : '',
  tags: Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : [],
  customMeta: customOf(customMeta),
  checklists: withList(toObject(checklists)),
})

const withList = (checklists: Record<string, unknown>) => ({
  ...checklists,
  checklists: Array.isArray(checklists.checklists) ? checklists.checklists : [],
})

/**
 * Saves what people say of a dataset with its definition; what is left out stays.
 * @throws Failure `conflict` when it would undo what others said since the `metadataTag` that is sent; without one the last wins
 */
export function saveDssMetadata(ctx: Context, ref: DatasetRef, input: DssMetadataInput): Promise<void> {
  const { label, shortDesc, description, tags, checklists, custom, customMeta, metadataTag, ...rest } = input
  const thing = `metadata of dataset ${metadataTag?.of ?? ''}`
  return withOwnSaves(ctx, thing, readingOf(metadataTag), (own) =>
    changeDss(ctx, ref, async (dataset) => {
      await refuseDatasetOfGone(ctx, ref.name, dataset.versionTag?.of ?? '', metadataTag)
      if (typeof label === 'string' && label !== dataset.name) throw labelIsName(dataset.name)
      const id = dataset.versionTag?.of ?? ''
      const read = tagsRead(metadataTag, id)
      const changed = customToSave([custom, customMeta], read?.customMeta ?? markOf(dataset.customMeta))
      const kept = Object.keys(rest).length > 0 ? overlayExact(toObject(dataset[KEPT]), rest) : undefined
      const fields = { shortDesc, description, tags, checklists, customMeta: changed, [KEPT]: kept }
      const given = Object.entries(fields).filter(([, value]) => value !== undefined && value !== null)
      const next = { ...dataset, ...Object.fromEntries(given) }
      const saving = { id, tag: metadataTag, own, current: saidOf(dataset), sent: saidOf(next) }
      keepWhatOthersSaved(`the metadata of ${ref.name}`, saving)
      return next
    }),
  )
}

/** Of the two names of one thing the one that was changed since it was read: clients send both back, having changed one. */
function customToSave(sent: readonly unknown[], readMark: string | undefined): unknown {
  const given = sent.filter((one) => one !== null && one !== undefined)
  const changed = given.filter((one) => markOf(one) !== readMark)
  if (new Set(changed.map(markOf)).size > 1) throw twoCustoms()
  return changed[0] ?? given[0]
}

const markOf = (custom: unknown) => tagFields({ customMeta: customOf(custom) }).customMeta

const twoCustoms = () =>
  invalidDefinition({
    reason: 'two-customs',
    message: 'custom and customMeta are two names of one thing: change one of them, or both alike.',
    path: ['custom'],
  })

const labelIsName = (name: string) =>
  invalidDefinition({
    reason: 'label-is-name',
    message: `label is the name of the dataset, which is ${name}. Rename it with actions/renameDataset.`,
    path: ['label'],
  })

const customOf = (value: unknown) => ({ kv: {}, ...toObject(value) })

const toObject = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
