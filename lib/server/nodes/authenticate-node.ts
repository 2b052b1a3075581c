import 'server-only'
import { type NodeType, nodeType } from '#lib/domain/audit/vocabulary'
import { Failure } from '#lib/domain/errors'
import { NODE_TOKEN_PREFIX, readCredential } from '../access/authenticate'
import { type EventContext, recordRepeatable } from '../access/record-event'
import { now } from '../platform/clock'
import { eventPool } from '../platform/db/pool'
import { inTransaction } from '../platform/db/transaction'
import { hashSecret } from '../platform/ids'

/** The node a token names: type, identity and path of its events come from here, never from a body. */
export interface SendingNode {
  spaceId: string
  nodeId: string
  name: string
  type: NodeType
}

/**
 * Finds the node that an Authorization header names.
 * @throws Failure `unauthenticated`; when the token was one of ours and has ended, an event tells it
 */
export async function authenticateNode(
  headers: Headers,
  ctx: Omit<EventContext, 'spaceId'>,
): Promise<SendingNode> {
  const secret = readCredential(headers.get('authorization') ?? '')
  const token = secret.startsWith(`${NODE_TOKEN_PREFIX}_`) ? await findToken(hashSecret(secret)) : undefined
  if (!token) throw wrongToken()
  const { spaceId, nodeId, name, type, revokedAt, until } = token
  if (revokedAt || (until && until <= now())) {
    await tellEndedToken(token, ctx)
    throw wrongToken()
  }
  return { spaceId, nodeId, name, type: nodeType.parse(type) }
}

interface TokenRow {
  spaceId: string
  nodeId: string
  name: string
  type: string
  revokedAt: Date | null
  until: Date | null
}

async function findToken(hash: string): Promise<TokenRow | undefined> {
  const { rows } = await eventPool().query<TokenRow>({
    name: 'find-node-token',
    text: `SELECT node."spaceId", node.id AS "nodeId", node.name, node.type, node."revokedAt", node_token.until
      FROM node_token JOIN node ON node."spaceId" = node_token."spaceId" AND node.id = node_token."nodeId"
      WHERE node_token.hash = $1`,
    values: [hash],
  })
  return rows[0]
}

async function tellEndedToken(node: TokenRow, ctx: Omit<EventContext, 'spaceId'>): Promise<void> {
  const { spaceId } = node
  await inTransaction(async (tx) => {
    await recordRepeatable(
      tx,
      { ...ctx, spaceId },
      { authUser: `node:${node.name}`, authSource: 'NODE_TOKEN' },
      {
        msgType: 'node-authentication-failure',
        topic: 'authfail',
        outcome: 'denied',
        objectType: 'node',
        objectId: node.nodeId,
      },
    )
  })
}

const wrongToken = () =>
  new Failure('unauthenticated', 'This node token is not known, or it has ended.', {
    reason: 'wrong-node-token',
    remedy: 'Send "Authorization: Bearer TOKEN" with the token of this node, or rotate it under API nodes.',
  })
