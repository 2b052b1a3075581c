import 'server-only'
import { nodeType } from '#lib/domain/audit/vocabulary'
import type { Node } from '#lib/domain/nodes/wire'
import { config } from '../platform/config'
import type { NodeRow } from './node-kind'

/** Only administrators get nodes to see, so that what remains of a right is the node's state. */
export function toNode(row: NodeRow): Node {
  const active = row.revokedAt === null
  const [token] = row.tokens
  return {
    id: row.id,
    name: row.name,
    type: nodeType.parse(row.type),
    state: active ? 'active' : 'revoked',
    createdAt: row.createdAt.toISOString(),
    createdBy: row.createdBy,
    revokedAt: row.revokedAt?.toISOString() ?? null,
    token: active && token ? { prefix: token.prefix, since: token.from.toISOString() } : null,
    lastEventAt: row.lastEventAt?.toISOString() ?? null,
    lastAddress: row.lastAddress,
    conflicts: row.conflicts,
    canRotate: active,
    canRevoke: active,
  }
}

/** Where nodes send their events. */
export const intakeUrl = (): string => new URL('/api/event-server/events', config().url).href

/** What a node of a type would send: API nodes their queries, all others what people did. */
const EXAMPLES = {
  query: { topic: 'apinode-query', msgType: 'api-query' },
  act: { topic: 'generic', msgType: 'dataset-save' },
}

/** A command that sends one event: for a shell, with the token in place. */
export const curlExample = (token: string, type?: string): string => {
  const { topic, msgType } = type === 'api' ? EXAMPLES.query : EXAMPLES.act
  return [
    `curl -sS ${intakeUrl()} \\`,
    `  -H 'Authorization: Bearer ${token}' \\`,
    `  -H 'Content-Type: application/x-ndjson' \\`,
    `  --data-binary '{"topic":"${topic}","message":{"msgType":"${msgType}","eventId":"'$(uuidgen)'","authUser":"mira"}}'`,
  ].join('\n')
}
