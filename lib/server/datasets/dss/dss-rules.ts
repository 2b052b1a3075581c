import 'server-only'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import { fromDssDataset, type ReadDssDataset } from '#lib/domain/datasets/dss-json'
import { keptIssues } from '#lib/domain/datasets/kept-keys'
import { isStorageType, STORAGE_TYPES } from '#lib/domain/datasets/storage-types'
import { Failure } from '#lib/domain/errors'
import type { Issue } from '#lib/domain/result'
import type { ConnectionRow } from '../../connections/load-connection'
import { readParams } from '../../connections/store-target'
import { config } from '../../platform/config'

const REASON = 'ERR_DATASET_INVALID_DEFINITION'

/**
 * Reads a definition that a DSS client sends, over the one that stands where there is one.
 * @throws Failure `validation_failed` with the path of each field that is not valid
 */
export function readDefinition(json: unknown, standing?: DatasetDefinition): ReadDssDataset {
  const read = fromDssDataset(json, standing)
  if (!read.ok) throw invalidDefinition(...read.issues)
  const { definition } = read.value
  const issues = [
    ...managedIssues(json),
    ...typeIssues(definition, standing),
    ...keptIssues(definition, standing),
  ]
  if (issues.length > 0) throw invalidDefinition(...issues)
  return read.value
}

/**
 * Refuses a bucket that would be ignored, since the connection has one; what stands so already may stay.
 * @throws Failure `validation_failed` naming `params.bucket`
 */
export function refuseOtherBucket(
  connection: ConnectionRow,
  { params: { bucket } }: DatasetDefinition,
  standing?: DatasetDefinition,
): void {
  const fixed = bucketOf(connection)
  if (!bucket || fixed === '' || bucket === fixed || bucket === standing?.params.bucket) return
  throw invalidDefinition({
    reason: REASON,
    message: `Connection ${connection.name} opens the bucket ${fixed} and no other. Leave the bucket out, or use another connection.`,
    path: ['params', 'bucket'],
  })
}

/** The bucket that a connection opens; empty where each dataset names its own. */
function bucketOf(connection: ConnectionRow): string {
  const params = readParams(connection)
  return params.store === 'own' ? params.bucket : config().store.bucket
}

const managedIssues = (json: unknown): Issue[] =>
  typeof json === 'object' && json !== null && 'managed' in json && json.managed === true
    ? [
        {
          reason: REASON,
          message: 'Datasets are external here: they read files that others write, and manage none.',
          path: ['managed'],
        },
      ]
    : []

/** What is not known here is refused where it is new: nobody would check the values of such a column. */
function typeIssues({ schema }: DatasetDefinition, standing: DatasetDefinition | undefined): Issue[] {
  const known = new Set(standing?.schema.columns.map(({ type }) => type))
  return schema.columns.flatMap(({ name, type }, index) =>
    isStorageType(type) || known.has(type)
      ? []
      : [
          {
            reason: REASON,
            message: `Column ${name} has the unknown type "${type}". Types are ${STORAGE_TYPES.join(', ')}.`,
            path: ['schema', 'columns', index, 'type'],
          },
        ],
  )
}

const invalidDefinition = (...issues: Issue[]) =>
  new Failure('validation_failed', 'The definition of the dataset is not valid.', { reason: REASON, issues })
