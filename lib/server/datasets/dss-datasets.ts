import 'server-only'
import {
  type DssDataset,
  fromDssDataset,
  type ReadDssDataset,
  toDssDataset,
} from '#lib/domain/datasets/dss-json'
import { Failure } from '#lib/domain/errors'
import { readAs } from '../access/act'
import type { Context } from '../access/caller'
import { loadConnections } from '../connections/load-connection'
import { createDataset, deleteDataset, saveDataset } from './commands'
import { type DatasetRef, type DatasetRow, datasetKind, definitionOf } from './dataset-kind'
import { projectDatasetsKind } from './project-datasets-kind'

/** The whole definitions of a project's datasets; locked ones too, since settings are no data. */
export function listDssDatasets(ctx: Context, projectKey: string): Promise<DssDataset[]> {
  return readAs(ctx, projectDatasetsKind, 'list', { projectKey }, async ({ tx, row: project }) => {
    const { spaceId } = project
    const rows = await tx.dataset.findMany({
      where: { spaceId, projectId: project.id },
      orderBy: { nameKey: 'asc' },
    })
    const ids = [...new Set(rows.map((row) => row.connectionId))]
    const connections = await loadConnections(tx, spaceId, ids)
    const byId = new Map(connections.map((connection) => [connection.id, connection]))
    return rows.flatMap((row) => {
      const connection = byId.get(row.connectionId)
      return connection ? [toDss({ ...row, project, connection })] : []
    })
  })
}

/** One dataset's whole definition. */
export function getDssDataset(ctx: Context, ref: DatasetRef): Promise<DssDataset> {
  return readAs(ctx, datasetKind, 'see', ref, async ({ row }) => toDss(row))
}

/** Makes a dataset of what a DSS client sends. @throws Failure `validation_failed` naming the field */
export async function createDssDataset(ctx: Context, projectKey: string, json: unknown): Promise<DssDataset> {
  const read = readOrRefuse(json)
  const named = { ...read, name: read.name ?? '' }
  if (read.projectKey !== null && read.projectKey !== projectKey) throw otherThan('projectKey', projectKey)
  await createDataset(ctx, projectKey, named)
  return getDssDataset(ctx, { projectKey, name: named.name })
}

/** Saves a definition over the version it was read at, which its `versionTag` tells. */
export async function saveDssDataset(ctx: Context, ref: DatasetRef, json: unknown): Promise<void> {
  const read = readOrRefuse(json)
  if (read.name !== null && read.name !== ref.name) throw otherThan('name', ref.name)
  if (read.projectKey !== null && read.projectKey !== ref.projectKey)
    throw otherThan('projectKey', ref.projectKey)
  await saveDataset(ctx, ref, read)
}

/** Replaces the schema alone. */
export async function saveDssSchema(ctx: Context, ref: DatasetRef, schema: unknown): Promise<void> {
  const { versionTag: _, ...dataset } = await getDssDataset(ctx, ref)
  await saveDssDataset(ctx, ref, { ...dataset, schema })
}

/** Deletes a dataset. The objects it reads belong to whoever wrote them. */
export async function deleteDssDataset(
  ctx: Context,
  ref: DatasetRef,
  { dropData }: { dropData: boolean },
): Promise<void> {
  if (dropData) throw await notOurs(ctx, ref, 'Its data cannot be dropped')
  await deleteDataset(ctx, ref)
}

/** Refuses to remove files that others wrote. @throws Failure `forbidden` naming dataset and connection */
export async function clearDssDataset(ctx: Context, ref: DatasetRef): Promise<void> {
  throw await notOurs(ctx, ref, 'It cannot be cleared')
}

/** Why the data of a dataset cannot be changed here. */
async function notOurs(ctx: Context, ref: DatasetRef, what: string): Promise<Failure> {
  const { params } = await getDssDataset(ctx, ref)
  return new Failure(
    'forbidden',
    `${what}: ${ref.projectKey}.${ref.name} is an external dataset, whose files on connection ${params.connection} were written by others.`,
    { reason: 'external-dataset', remedy: 'Delete the dataset without its data.' },
  )
}

function toDss(row: DatasetRow): DssDataset {
  return toDssDataset(definitionOf(row), {
    projectKey: row.project.key,
    name: row.name,
    creationTag: tag(0, row.createdBy, row.createdAt),
    versionTag: tag(row.version, row.updatedBy, row.updatedAt),
  })
}

const tag = (versionNumber: number, login: string, at: Date) => ({
  versionNumber,
  lastModifiedBy: { login },
  lastModifiedOn: at.getTime(),
})

function readOrRefuse(json: unknown): ReadDssDataset {
  const read = fromDssDataset(json)
  if (read.ok) return read.value
  throw new Failure('validation_failed', 'The definition of the dataset is not valid.', {
    reason: 'ERR_DATASET_INVALID_DEFINITION',
    issues: read.issues,
  })
}

const otherThan = (field: string, expected: string) =>
  new Failure('validation_failed', `The definition says another ${field} than the address: "${expected}".`, {
    reason: 'ERR_DATASET_INVALID_DEFINITION',
    where: field,
    remedy:
      field === 'name' ? 'Rename the dataset with actions/renameDataset.' : 'Send it to its own project.',
  })
