import 'server-only'
import type { Tx } from '../platform/db/client'
import type { ConnectionRow } from './load-connection'

/** Of no settings that a dataset has: those begin with 1. */
const EARLIER = 0

/**
 * Has what was listed and counted of a connection's datasets be of earlier settings, once it leads elsewhere. Work that is under way
 * holds the connection while it writes, or finds that it was moved.
 */
export async function outdateFindings(tx: Tx, { spaceId, id }: ConnectionRow): Promise<void> {
  const found = { where: { spaceId, dataset: { connectionId: id } }, data: { version: EARLIER } }
  await tx.datasetListing.updateMany(found)
  await tx.metricValue.updateMany(found)
  await tx.metricPoint.updateMany(found)
}
