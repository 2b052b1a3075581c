import 'server-only'
import type { ConnectionDependents } from '#lib/domain/connections/who-can-access'
import { readAs } from '../../access/act'
import type { Context } from '../../access/caller'
import { connectionKind } from '../../connections/connection-kind'
import type { Tx } from '../../platform/db/client'

/** Names every dataset on a connection with its project and owner, before anything happens to the connection. */
export function listDependents(ctx: Context, name: string): Promise<ConnectionDependents> {
  return readAs(ctx, connectionKind, 'read-access', { name }, async ({ tx, row }) =>
    dependentsOf(tx, row.spaceId, row.id),
  )
}

const SHOWN = 200

/** The datasets on a connection, the first 200 by name, and how many there are. */
export async function dependentsOf(
  tx: Tx,
  spaceId: string,
  connectionId: string,
): Promise<ConnectionDependents> {
  const found = await tx.dataset.findMany({
    where: { spaceId, connectionId },
    select: { name: true, createdBy: true, project: { select: { key: true } } },
    orderBy: [{ projectId: 'asc' }, { nameKey: 'asc' }],
  })
  const datasets = found.map(({ name, createdBy, project }) => ({
    projectKey: project.key,
    name,
    owner: createdBy,
  }))
  const projects = new Set(datasets.map((dataset) => dataset.projectKey)).size
  return { datasets: datasets.slice(0, SHOWN), projects, total: datasets.length }
}
