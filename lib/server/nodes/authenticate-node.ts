import 'server-only'
import { type NodeType, nodeType } from '#lib/domain/audit/vocabulary'
import { Failure } from '#lib/domain/errors'
import { NODE_TOKEN_PREFIX, readCredential } from '../access/authenticate'
import { type EventContext, recordRepeatable } from '../access/record-event'
import { now } from '../platform/clock'
import { database } from '../platform/db/client'
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
  const token = secret.startsWith(`${NODE_TOKEN_PREFIX}_`)
    ? await database().nodeToken.findUnique({ where: { hash: hashSecret(secret) }, include: { node: true } })
    : null
  if (!token) throw wrongToken()
  const { node } = token
  const at = now()
  if (node.revokedAt || (token.until && token.until <= at)) {
    await tellEndedToken(node, ctx)
    throw wrongToken()
  }
  return { spaceId: node.spaceId, nodeId: node.id, name: node.name, type: nodeType.parse(node.type) }
}

async function tellEndedToken(
  node: { id: string; spaceId: string; name: string },
  ctx: Omit<EventContext, 'spaceId'>,
): Promise<void> {
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
        objectId: node.id,
      },
    )
  })
}

const wrongToken = () =>
  new Failure('unauthenticated', 'This node token is not known, or it has ended.', {
    reason: 'wrong-node-token',
    remedy: 'Send "Authorization: Bearer TOKEN" with the token of this node, or rotate it under API nodes.',
  })
