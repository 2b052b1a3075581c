import 'server-only'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import {
  type DssDataset,
  fromDssDataset,
  type ReadDssDataset,
  toDssDataset,
} from '#lib/domain/datasets/dss-json'
import { nameKeyOf } from '#lib/domain/datasets/problems'
import { Failure } from '#lib/domain/errors'
import { isOfAnother, readingOf, type TaggedFields, taggedFields, tagsRead } from '#lib/domain/field-tags'
import type { DssBuild } from '#lib/domain/public-api/dataset-wire'
import { readAs, readTogether } from '../../access/act'
import type { Context } from '../../access/caller'
import { SharedLooks } from '../../access/shared-looks'
import { database } from '../../platform/db/client'
import { newId } from '../../platform/ids'
import { inTurn } from '../../platform/in-turn'
import { markThing } from '../../platform/mark-reading'
import { lostIn } from '../../platform/nothing-lost'
import { type OwnSaves, withOwnSaves } from '../../platform/own-saves'
import { refuseTextOfGone } from '../../platform/refuse-text-of-gone'
import { tagFields } from '../../platform/tag-fields'
import { createDataset, deleteDataset, saveDataset } from '../commands'
import { type DatasetRef, type DatasetRow, datasetKind, definitionOf } from '../dataset-kind'
import { invalidDefinition } from '../definition-rules'
import { projectDatasetsKind } from '../project-datasets-kind'

/** How often a change of a part is tried anew while others save the same dataset. */
const MOST_TRIES = 20

const lists = new SharedLooks<DssDataset[]>()

/** The whole definitions of a project's datasets; locked ones too, since settings are no data. */
export function listDssDatasets(ctx: Context, projectKey: string): Promise<DssDataset[]> {
  return readTogether(
    lists,
    ctx,
    projectDatasetsKind,
    'list',
    { projectKey },
    async ({ tx, row: project }) => {
      const { spaceId } = project
      const rows = await tx.dataset.findMany({
        where: { spaceId, projectId: project.id },
        orderBy: { nameKey: 'asc' },
        // Of a connection a definition tells the name alone; who may use it takes three more queries.
        include: { connection: { select: { name: true } } },
      })
      return rows.map((row) => toDss({ ...row, project }))
    },
  )
}

/** One dataset's whole definition, to see it or to change it. */
export function getDssDataset(
  ctx: Context,
  ref: DatasetRef,
  action: 'see' | 'edit' = 'see',
): Promise<DssDataset> {
  return readAs(ctx, datasetKind, action, ref, async ({ row }) => toDss(row, newId()))
}

/** Makes a dataset of what a DSS client sends. @throws Failure `validation_failed` naming the field */
export async function createDssDataset(ctx: Context, projectKey: string, json: unknown): Promise<DssDataset> {
  const { name, definition, stated } = readDefinition(json)
  const made = await createDataset(ctx, projectKey, {
    name: name ?? '',
    definition: { ...definition, ...stated },
  })
  return getDssDataset(ctx, { projectKey, name: made.name })
}

/**
 * Saves a definition over the version it was read at, which its `versionTag` tells; without one the last wins.
 * @throws Failure `conflict` when it would undo what was saved since; who saves twice what they read once undoes nothing
 */
export async function saveDssDataset(ctx: Context, ref: DatasetRef, json: unknown): Promise<void> {
  const { versionTag } = await getDssDataset(ctx, ref, 'edit')
  const id = versionTag?.of ?? ''
  const tag = tagOf(json)
  await refuseDatasetOfGone(ctx, ref.name, id, tag)
  // A tag of another dataset came along with a copy.
  if (tag === null || isOfAnother(tag, id)) return changeDss(ctx, ref, () => Object(json))
  return saveRead(ctx, ref, json)
}

/** The tag that comes with a definition; null without one, undefined where there is none that can be read. */
function tagOf(json: unknown): TaggedFields | null | undefined {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return undefined
  const tag = 'versionTag' in json ? (json.versionTag ?? null) : null
  return tag === null ? null : taggedFields.safeParse(tag).data
}

/** As `refuseTextOfGone`, of what was read of a dataset. */
export function refuseDatasetOfGone(
  ctx: Context,
  name: string,
  id: string,
  tag: TaggedFields | null | undefined,
): Promise<void> {
  const { spaceId } = ctx.caller
  return refuseTextOfGone(tag, { id, spaceId, name }, async (other) => {
    return (await database().dataset.count({ where: { spaceId, id: other } })) > 0
  })
}

/** Saves what says which version it was read at. */
async function saveRead(ctx: Context, ref: DatasetRef, json: unknown): Promise<void> {
  const standing = await readAs(ctx, datasetKind, 'edit', ref, async ({ row }) => ({
    id: row.id,
    version: row.version,
    definition: definitionOf(row),
  }))
  const read = readDefinition(json, standing.definition)
  const { definition, stated } = read
  await withOwnSaves(ctx, `dataset ${standing.id}`, readingOf(read.tag), async (own) => {
    const version = versionToSaveOver(standing, read, own)
    await saveDataset(ctx, ref, { definition: { ...definition, ...stated }, version })
    own.note(tagFields({ ...standing.definition }), tagFields({ ...definition }))
  })
}

/** Reads a definition that a DSS client sends. @throws Failure `validation_failed` with the path of each field of a wrong shape */
function readDefinition(json: unknown, standing?: DatasetDefinition): ReadDssDataset {
  const read = fromDssDataset(json, standing)
  if (!read.ok) throw invalidDefinition(...read.issues)
  return read.value
}

interface Standing {
  id: string
  version: number
  definition: DatasetDefinition
}

/** The version that stands when nothing of it is undone, else the one that was read, over which nothing can be saved. */
function versionToSaveOver(
  standing: Standing,
  { version, tag: sent, definition }: ReadDssDataset,
  own: OwnSaves,
): number | null {
  const read = tagsRead(sent, standing.id)
  if (version === standing.version || read === null) return version
  const lost = lostIn({ current: { ...standing.definition }, sent: { ...definition }, read, own })
  return lost.length === 0 ? standing.version : version
}

/** A dataset's definition and what is known around it. There is no build of an external dataset to tell of. */
export async function getDssInfo(ctx: Context, ref: DatasetRef) {
  const dataset = await getDssDataset(ctx, ref)
  const { projectKey, name, type, params } = dataset
  return {
    dataset: { projectKey, name, type },
    connection: params.connection,
    external: true,
    versionTag: dataset.versionTag,
  }
}

/** Changes a definition as it stands, one after the other; whoever saves it at the same time is not overwritten. */
export function changeDss(
  ctx: Context,
  ref: DatasetRef,
  change: (dataset: DssDataset) => object | Promise<object>,
): Promise<void> {
  return inTurn(`dataset ${ref.projectKey}.${nameKeyOf(ref.name)}`, async () => {
    for (let tries = 1; ; tries++) {
      const read = await getDssDataset(ctx, ref, 'edit')
      // The version alone decides: this is nobody's reading, nor is it remembered as a save of one.
      const versionTag = { ...read.versionTag, fieldTags: null }
      // What refuses the change itself, as what others saved of the same part does, refuses it each time.
      const changed = await change(read)
      try {
        return await saveRead(ctx, ref, { ...changed, versionTag })
      } catch (error) {
        const isLate = error instanceof Failure && error.details.reason === 'changed-meanwhile'
        if (!isLate || tries === MOST_TRIES) throw error
      }
    }
  })
}

/** Deletes a dataset. The objects it reads belong to whoever wrote them. */
export async function deleteDssDataset(
  ctx: Context,
  ref: DatasetRef,
  { dropData }: { dropData: boolean },
): Promise<void> {
  if (dropData)
    throw await notOurs(ctx, ref, 'Its data cannot be dropped', 'Delete the dataset without its data.')
  await deleteDataset(ctx, ref)
}

/** Refuses to remove files that others wrote. @throws Failure `forbidden` naming dataset and connection */
export async function clearDssDataset(ctx: Context, ref: DatasetRef): Promise<void> {
  throw await notOurs(ctx, ref, 'It cannot be cleared')
}

/**
 * Answers who wants datasets built: they are external, so none can be.
 * @throws Failure `forbidden` naming the first dataset and its connection; `not_found` for one that is not there
 */
export async function refuseDssBuild(
  ctx: Context,
  projectKey: string,
  { outputs }: DssBuild,
): Promise<never> {
  const [output] = outputs
  const id = output?.id ?? ''
  const home = output?.projectKey ?? projectKey
  // Clients name a dataset by itself or with its project.
  const name = id.startsWith(`${home}.`) ? id.slice(home.length + 1) : id
  throw await notOurs(ctx, { projectKey: home, name }, 'It cannot be built')
}

/** Why the data of a dataset cannot be changed here. */
async function notOurs(
  ctx: Context,
  ref: DatasetRef,
  what: string,
  remedy = 'Change the files where they are written; they are read anew each time.',
): Promise<Failure> {
  const { params } = await getDssDataset(ctx, ref)
  return new Failure(
    'forbidden',
    `${what}: ${ref.projectKey}.${ref.name} is an external dataset, whose files on connection ${params.connection} were written by others.`,
    { reason: 'external-dataset', remedy },
  )
}

/** @param reading told of one dataset alone: a list is printed once for all who ask for it at once */
function toDss(
  row: Omit<DatasetRow, 'connection'> & { connection: { name: string } },
  reading?: string,
): DssDataset {
  const definition = definitionOf(row)
  return toDssDataset(definition, {
    projectKey: row.project.key,
    name: row.name,
    creationTag: tag(0, row.createdBy, row.createdAt),
    versionTag: {
      ...tag(row.version, row.updatedBy, row.updatedAt),
      ...markThing(row, { ...definition }),
      ...(reading ? { reading } : {}),
    },
  })
}

const tag = (versionNumber: number, login: string, at: Date) => ({
  versionNumber,
  lastModifiedBy: { login },
  lastModifiedOn: at.getTime(),
})
