import 'server-only'
import type { Subject } from '#lib/domain/access/subject'
import type { DefinitionRequest, ListingScope } from '#lib/domain/datasets/files-wire'
import { listFilesJob, listPartitionsJob } from '#lib/domain/datasets/jobs'
import type { PartitionsRequest } from '#lib/domain/datasets/partitions-wire'
import { Failure } from '#lib/domain/errors'
import { readAs } from '../../access/act'
import type { AuthorizedTx } from '../../access/authorize'
import type { Context } from '../../access/caller'
import { enqueueJob } from '../../access/enqueue-job'
import { connectionKind } from '../../connections/connection-kind'
import type { Prisma } from '../../platform/db/generated/client'
import { type DatasetRef, datasetKind } from '../dataset-kind'

/** Starts List files for settings that are not saved. The reading itself is checked, and told, by the job. */
export function startListFiles(ctx: Context, request: DefinitionRequest): Promise<{ jobId: string }> {
  return startOnConnection(ctx, listFilesJob.kind, request)
}

/** Starts List partitions for settings that are not saved. */
export function startListPartitions(ctx: Context, request: PartitionsRequest): Promise<{ jobId: string }> {
  return startOnConnection(ctx, listPartitionsJob.kind, request)
}

function startOnConnection(
  ctx: Context,
  kind: string,
  request: DefinitionRequest | PartitionsRequest,
): Promise<{ jobId: string }> {
  const { connection: name } = request.definition.params
  return readAs(ctx, connectionKind, 'use', { name }, async ({ tx }) => {
    const payload = request as Prisma.InputJsonObject
    const { jobId } = await enqueueJob(tx, ctx, { kind, payload, objectType: 'connection', objectId: name })
    return { jobId }
  })
}

/** Names the listings of one scope that one caller starts of one dataset: at most one is under way. */
export const listingKey = (
  datasetId: string,
  { keyId, userId }: Subject,
  scope: ListingScope = 'matching',
): string =>
  `${listPartitionsJob.kind}|${datasetId}|${keyId ?? userId}${scope === 'matching' ? '' : `|${scope}`}`

/** Starts List partitions for a dataset; what it finds is kept with the dataset. */
export function startListDatasetPartitions(
  ctx: Context,
  ref: DatasetRef,
  scope: ListingScope = 'matching',
): Promise<{ jobId: string }> {
  return readAs(ctx, datasetKind, 'list-partitions', ref, ({ tx, row, subject }) =>
    enqueueListing(tx, ctx, subject, { id: row.id, projectKey: row.project.key, name: row.name, scope }),
  )
}

interface Listed {
  /** Of the dataset. */
  id: string
  projectKey: string
  name: string
  scope?: ListingScope
}

/** Puts the listing of a new dataset into the transaction that creates it; none where the caller has too many jobs under way. */
export async function enqueueFirstListing(
  tx: AuthorizedTx,
  ctx: Context,
  subject: Subject,
  listed: Listed,
): Promise<void> {
  try {
    await enqueueListing(tx, ctx, subject, listed)
  } catch (error) {
    if (!(error instanceof Failure) || error.details.reason !== 'too-many-jobs') throw error
  }
}

/** Puts the listing of a dataset into a transaction that may read it. */
async function enqueueListing(
  tx: AuthorizedTx,
  ctx: Context,
  subject: Subject,
  { id, projectKey, name, scope = 'matching' }: Listed,
): Promise<{ jobId: string }> {
  const { jobId } = await enqueueJob(tx, ctx, {
    kind: listPartitionsJob.kind,
    payload: { dataset: { projectKey, name }, scope },
    objectType: 'dataset',
    objectId: `${projectKey}.${name}`,
    objectKey: id,
    exclusiveKey: listingKey(id, subject, scope),
  })
  return { jobId }
}
