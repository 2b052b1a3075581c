import 'server-only'
import { readAs } from '../../access/act'
import type { Context } from '../../access/caller'
import { projectDatasetsKind } from '../project-datasets-kind'

/** A place of the Flow as DSS clients walk it. */
interface DssFlowNode {
  type: 'COMPUTABLE_DATASET'
  ref: string
  predecessors: string[]
  successors: string[]
}

/** The Flow of a project: its datasets. Nothing leads from one to another, since all are read from files. */
export function getDssFlowGraph(
  ctx: Context,
  projectKey: string,
): Promise<{ nodes: Record<string, DssFlowNode> }> {
  return readAs(ctx, projectDatasetsKind, 'list', { projectKey }, async ({ tx, row }) => {
    const found = await tx.dataset.findMany({
      where: { spaceId: row.spaceId, projectId: row.id },
      select: { name: true },
      orderBy: { nameKey: 'asc' },
    })
    const nodes = found.map(({ name }): [string, DssFlowNode] => [
      name,
      { type: 'COMPUTABLE_DATASET', ref: name, predecessors: [], successors: [] },
    ])
    return { nodes: Object.fromEntries(nodes) }
  })
}
