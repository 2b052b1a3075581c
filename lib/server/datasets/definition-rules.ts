import 'server-only'
import { mayReadDetails } from '#lib/domain/connections/policy'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import { Failure } from '#lib/domain/errors'
import type { Issue } from '#lib/domain/result'
import type { Authorized } from '../access/authorize'
import type { ConnectionRow } from '../connections/load-connection'
import { readParams } from '../connections/store-target'
import { config } from '../platform/config'

const REASON = 'ERR_DATASET_INVALID_DEFINITION'

/**
 * Refuses a bucket that would be ignored, since the connection has one; what stands so already on that connection may stay. Which
 * one it is, is told to those who may read the connection's details.
 * @throws Failure `validation_failed` naming `params.bucket`
 */
export function refuseOtherBucket(
  { row: connection, subject, at }: Pick<Authorized<ConnectionRow>, 'row' | 'subject' | 'at'>,
  { params: { connection: name, bucket } }: DatasetDefinition,
  standing?: DatasetDefinition,
): void {
  const fixed = bucketOf(connection)
  if (!bucket || fixed === '' || bucket === fixed) return
  if (standing?.params.connection === name && standing.params.bucket === bucket) return
  const opens = mayReadDetails(subject, connection, at)
    ? `the bucket ${fixed} and no other`
    : 'a bucket of its own'
  throw invalidDefinition({
    reason: REASON,
    message: `Connection ${connection.name} opens ${opens}. Leave the bucket out, or use another connection.`,
    path: ['params', 'bucket'],
  })
}

/** The bucket that a connection opens; empty where each dataset names its own. */
function bucketOf(connection: ConnectionRow): string {
  const params = readParams(connection)
  return params.store === 'own' ? params.bucket : config().store.bucket
}

/** Refuses a definition by the path of each field that is not valid. */
export const invalidDefinition = (...issues: Issue[]) =>
  new Failure('validation_failed', 'The definition of the dataset is not valid.', { reason: REASON, issues })
