import 'server-only'
import type { NodeList } from '#lib/domain/nodes/wire'
import { readAs } from '../access/act'
import type { Context } from '../access/caller'
import { curlExample, intakeUrl, toNode } from './dto'
import { nodesKind, withToken } from './node-kind'

/** The nodes of the space, present ones first, with how to send events. */
export function listNodes(ctx: Context): Promise<NodeList> {
  return readAs(ctx, nodesKind, 'list', null, async ({ tx, row }) => {
    const rows = await tx.node.findMany({
      where: { spaceId: row.spaceId },
      include: withToken(),
      orderBy: [{ revokedAt: { sort: 'desc', nulls: 'first' } }, { name: 'asc' }],
    })
    return {
      nodes: rows.map(toNode),
      intakeUrl: intakeUrl(),
      curlExample: curlExample('TOKEN'),
      canRegister: true,
    }
  })
}
