import 'server-only'
import type { ResolvedRange } from '#lib/domain/datasets/partitions-wire'
import { Failure } from '#lib/domain/errors'
import { NOT_PARTITIONED } from '#lib/domain/partitioning/partition-id'
import { readAs } from '../../access/act'
import type { Context } from '../../access/caller'
import { now } from '../../platform/clock'
import { type DatasetRef, datasetKind, definitionOf } from '../dataset-kind'
import { readListedIds } from './listings'
import { readWantedPartitions } from './wanted-partitions'

/**
 * The partitions that a range specification comes to, of those that the kept listing of the present settings found.
 * @throws Failure `validation_failed` for a text that is none of this dataset; `conflict` where nothing was listed
 */
export async function resolveRange(ctx: Context, ref: DatasetRef, range: string): Promise<ResolvedRange> {
  const row = await readAs(ctx, datasetKind, 'list-partitions', ref, async ({ row }) => row)
  const { dimensions } = definitionOf(row).partitioning
  const wanted = await readWantedPartitions([range], dimensions)
  if (dimensions.length === 0) return { ids: [NOT_PARTITIONED] }
  const listed = await readListedIds(row)
  if (listed === null) throw notListed(row.name)
  if (wanted === 'all') return { ids: listed }
  const chosen = await wanted.choose({
    existing: new Set(listed),
    now: now().getTime(),
    missingIsEmpty: true,
  })
  return { ids: listed.filter((id) => chosen.has(id)) }
}

const notListed = (name: string) =>
  new Failure('conflict', `The partitions of ${name} were not listed with its present settings.`, {
    reason: 'not-listed',
    remedy: 'List its partitions, then ask again.',
  })
