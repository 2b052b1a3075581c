import 'server-only'
import type { Tx } from '../../platform/db/client'
import type { DatasetRow } from '../dataset-kind'

/**
 * Lets the jobs of a dataset name it as it is called from now on: they are shown under it, its right decides about their results,
 * and those under way find it. Jobs of an earlier dataset of its name are not its own.
 */
export async function renameInJobs(tx: Tx, row: DatasetRow, name: string): Promise<void> {
  const { key } = row.project
  await tx.$executeRaw`
    UPDATE job SET
      "objectId" = ${`${key}.${name}`},
      payload = CASE
        WHEN state IN ('queued', 'running') AND payload->'dataset' ? 'name'
        THEN jsonb_set(payload, '{dataset,name}', to_jsonb(${name}::text))
        ELSE payload
      END
    WHERE "spaceId" = ${row.spaceId} AND "objectType" = 'dataset' AND "objectKey" = ${row.id}`
}
