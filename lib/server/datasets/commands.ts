import 'server-only'
import { isDeepStrictEqual } from 'node:util'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import { definitionIssues, withoutFacts } from '#lib/domain/datasets/definition-rules'
import type { Problem } from '#lib/domain/datasets/problem'
import { checkDatasetName, findProblems, nameKeyOf } from '#lib/domain/datasets/problems'
import { tellChange, tellDefinition } from '#lib/domain/datasets/tell-change'
import type { DatasetCreation, DatasetSave } from '#lib/domain/datasets/wire'
import { Failure } from '#lib/domain/errors'
import type { Issue } from '#lib/domain/result'
import { changed, unchanged, writeAs } from '../access/act'
import { type AuthorizedTx, authorize, notFound } from '../access/authorize'
import type { Context } from '../access/caller'
import { connectionKind } from '../connections/connection-kind'
import type { Prisma } from '../platform/db/generated/client'
import { isUniqueViolation } from '../platform/db/transaction'
import { newId } from '../platform/ids'
import { type DatasetRef, type DatasetRow, datasetKind, definitionOf } from './dataset-kind'
import { invalidDefinition, refuseOtherBucket } from './definition-rules'
import { forgetFindings } from './hold-dataset'
import { renameInJobs } from './jobs/rename-in-jobs'
import { enqueueFirstListing } from './listing/start-listing'
import { projectDatasetsKind } from './project-datasets-kind'

/** Creates a dataset from what the wizard set up, and ends its draft. */
export async function createDataset(
  ctx: Context,
  projectKey: string,
  input: DatasetCreation,
): Promise<{ name: string }> {
  const { name, draftId } = input
  const definition = withoutFacts(input.definition)
  const { connection: connectionName } = definition.params
  const problems = findProblems(name, definition)
  try {
    return await writeAs(ctx, projectDatasetsKind, 'create', { projectKey }, async ({ tx, row, subject }) => {
      refuseIssues(definitionIssues(input.definition, { projectKey: row.key, name }))
      refuseProblems(problems)
      const use = await authorize(tx, ctx, connectionKind, 'use', { name: connectionName })
      refuseOtherBucket(use, definition)
      const id = newId()
      await tx.dataset.create({
        data: {
          id,
          spaceId: row.spaceId,
          projectId: row.id,
          name,
          nameKey: nameKeyOf(name),
          connectionId: use.row.id,
          settings: definition as Prisma.InputJsonObject,
          createdBy: subject.name,
          updatedBy: subject.name,
        },
      })
      if (draftId && subject.userId)
        await tx.datasetDraft.deleteMany({
          where: { id: draftId, projectId: row.id, authorId: subject.userId },
        })
      // So that Flow, Explore and Partitions can say from the start how many there are.
      if (definition.partitioning.dimensions.length > 0)
        await enqueueFirstListing(tx, ctx, subject, { id, projectKey, name })
      const object = { objectType: 'dataset', objectId: `${projectKey}.${name}`, projectKey }
      return changed(
        { name },
        { msgType: 'dataset-create', ...object, after: { name, ...tellDefinition(definition) } },
      )
    })
  } catch (error) {
    if (isUniqueViolation(error)) throw nameTaken(name)
    throw namingConnection(error, connectionName)
  }
}

/** Saves a dataset's settings over the version they were read at; null overwrites whichever there is. */
export async function saveDataset(
  ctx: Context,
  ref: DatasetRef,
  { version, definition: sent }: Omit<DatasetSave, 'version'> & { version: number | null },
): Promise<void> {
  const definition = withoutFacts(sent)
  const { connection: connectionName } = definition.params
  const problems = findProblems(ref.name, definition)
  const saving = writeAs(ctx, datasetKind, 'edit', ref, async ({ tx, row, subject }) => {
    const standing = definitionOf(row)
    refuseIssues(definitionIssues(sent, { projectKey: row.project.key, name: row.name }, standing))
    refuseProblems(problems)
    const connectionId = await connectionToSave(tx, ctx, row, definition)
    const saved = await tx.dataset.updateMany({
      where: { id: row.id, version: version ?? row.version },
      data: {
        settings: definition as Prisma.InputJsonObject,
        connectionId,
        version: { increment: 1 },
        updatedBy: subject.name,
      },
    })
    if (saved.count === 0) throw changedMeanwhile(row.name, row.updatedBy)
    if (connectionId !== row.connectionId) await forgetFindings(tx, row)
    const { objectId, projectKey } = datasetKind.describe(row)
    const [before, after] = tellChange(standing, definition)
    return changed(undefined, {
      msgType: 'dataset-save',
      objectType: 'dataset',
      objectId,
      ...(projectKey ? { projectKey } : {}),
      before,
      after,
    })
  })
  await saving.catch((error: unknown) => {
    throw namingConnection(error, connectionName)
  })
}

/**
 * The connection that a definition names, which the caller has to be able to use. What is read where stays with a connection that
 * was removed, whoever has its name now, so that the dataset works again when it is back.
 */
async function connectionToSave(
  tx: AuthorizedTx,
  ctx: Context,
  row: DatasetRow,
  definition: DatasetDefinition,
): Promise<string> {
  const standing = definitionOf(row)
  if (row.connection.removedAt && isDeepStrictEqual(definition.params, standing.params))
    return row.connectionId
  const use = await authorize(tx, ctx, connectionKind, 'use', { name: definition.params.connection })
  refuseOtherBucket(use, definition, standing)
  return use.row.id
}

/** Gives a dataset another name. Drafts, listings and settings stay with it. */
export async function renameDataset(ctx: Context, ref: DatasetRef, name: string): Promise<void> {
  try {
    await writeAs(ctx, datasetKind, 'rename', ref, async ({ tx, row, subject }) => {
      if (name === row.name) return unchanged(undefined)
      refuseName(name)
      await tx.dataset.update({
        where: { id: row.id },
        data: { name, nameKey: nameKeyOf(name), updatedBy: subject.name },
      })
      const projectKey = row.project.key
      await renameInJobs(tx, row, name)
      return changed(undefined, {
        msgType: 'dataset-rename',
        objectType: 'dataset',
        objectId: `${projectKey}.${name}`,
        projectKey,
        before: { name: row.name },
        after: { name },
      })
    })
  } catch (error) {
    if (isUniqueViolation(error)) throw nameTaken(name)
    throw error
  }
}

/** Deletes a dataset; the objects it reads stay where they are. */
export function deleteDataset(ctx: Context, ref: DatasetRef): Promise<void> {
  return writeAs(ctx, datasetKind, 'delete', ref, async ({ tx, row }) => {
    await tx.dataset.delete({ where: { id: row.id } })
    const { objectId, projectKey } = datasetKind.describe(row)
    const event = {
      msgType: 'dataset-delete' as const,
      objectType: 'dataset',
      objectId,
      before: tellDefinition(definitionOf(row)),
    }
    return changed(undefined, projectKey ? { ...event, projectKey } : event)
  })
}

/** A connection that is not there, or is another's secret, is a mistake in the definition; the dataset itself is there. */
function namingConnection(error: unknown, name: string): unknown {
  if (!(error instanceof Failure) || error.message !== notFound(connectionKind.name).message) return error
  const message = `There is no connection ${name}, or you may not see it.`
  return new Failure('validation_failed', message, {
    reason: 'connection-unknown',
    where: 'S3 connection',
    issues: [{ reason: 'connection-unknown', message, path: ['params', 'connection'] }],
  })
}

function refuseIssues(issues: Issue[]): void {
  if (issues.length > 0) throw invalidDefinition(...issues)
}

function refuseProblems(problems: Problem[]): void {
  const errors = problems.filter((problem) => problem.severity === 'error')
  const [first] = errors
  if (!first) return
  const reason = first.tab === 'partitioning' ? 'ERR_DATASET_INVALID_PARTITIONING_CONFIG' : first.reason
  throw new Failure('validation_failed', first.message, { reason, where: first.field, issues: errors })
}

function refuseName(name: string): void {
  const issue = checkDatasetName(name)
  if (!issue) return
  throw new Failure('validation_failed', issue.message, {
    reason: issue.reason,
    where: 'Dataset name',
    issues: [{ ...issue, path: ['name'] }],
  })
}

const nameTaken = (name: string) =>
  new Failure('conflict', `This project has a dataset named ${name} already.`, {
    reason: 'name-taken',
    where: 'Dataset name',
    remedy: 'Choose another name.',
    issues: [
      { reason: 'name-taken', message: `This project has a dataset named ${name} already.`, path: ['name'] },
    ],
  })

const changedMeanwhile = (name: string, by: string) =>
  new Failure('conflict', `${by} changed ${name} meanwhile.`, {
    reason: 'changed-meanwhile',
    remedy: 'Reload the settings and make your change again.',
  })
