import 'server-only'
import { administratorsOnly } from '#lib/domain/access/subject'
import { currentAt } from '../access/current'
import type { ResourceKind } from '../access/resource-kind'
import { now } from '../platform/clock'
import type { Tx } from '../platform/db/client'

/** A node with its present token. */
export const withToken = () => ({ tokens: { where: currentAt(now()), take: 1 } })

const load = (tx: Tx, spaceId: string, { nodeId }: { nodeId: string }) =>
  tx.node.findUnique({ where: { spaceId_id: { spaceId, id: nodeId } }, include: withToken() })

export type NodeRow = NonNullable<Awaited<ReturnType<typeof load>>>

export const nodeKind: ResourceKind<{ nodeId: string }, NodeRow, 'rotate' | 'revoke'> = {
  name: 'node',
  load,
  lock: (row) => ({ table: 'node', id: row.id }),
  describe: (row) => ({ objectId: row.id, name: row.name }),
  actions: {
    rotate: { allows: administratorsOnly, event: { msgType: 'node-token-rotate', when: 'changed' } },
    revoke: { allows: administratorsOnly, event: { msgType: 'node-revoke', when: 'changed' } },
  },
}

/** All nodes of a space. */
export const nodesKind: ResourceKind<null, { spaceId: string }, 'list' | 'register'> = {
  name: 'nodes',
  load: async (_, spaceId) => ({ spaceId }),
  describe: () => ({ objectId: 'nodes', name: 'API nodes' }),
  actions: {
    list: { allows: administratorsOnly, event: { msgType: 'nodes-list', when: 'read' } },
    register: { allows: administratorsOnly, event: { msgType: 'node-create', when: 'changed' } },
  },
}
