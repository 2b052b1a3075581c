import 'server-only'
import { Failure } from '#lib/domain/errors'
import type { NewNode, Node, NodeWithToken } from '#lib/domain/nodes/wire'
import { changed, unchanged, writeAs } from '../access/act'
import { NODE_TOKEN_PREFIX } from '../access/authenticate'
import type { AuthorizedTx } from '../access/authorize'
import type { Context } from '../access/caller'
import { isUniqueViolation } from '../platform/db/transaction'
import { hashSecret, newId, newSecret } from '../platform/ids'
import { curlExample, toNode } from './dto'
import { type NodeRow, nodeKind, nodesKind } from './node-kind'

const SHOWN_CHARS = NODE_TOKEN_PREFIX.length + 7

/**
 * Registers a node and gives its token, which is told this once.
 * @throws Failure `conflict` when the name is taken
 */
export async function registerNode(ctx: Context, { name, type }: NewNode): Promise<NodeWithToken> {
  try {
    return await writeAs(ctx, nodesKind, 'register', null, async ({ tx, row: { spaceId }, subject, at }) => {
      const row = await tx.node.create({
        data: { id: newId(), spaceId, name, type, createdBy: subject.name, createdAt: at },
      })
      const given = await giveToken(tx, { ...row, tokens: [] }, subject.name, at)
      return changed(given, {
        msgType: 'node-create',
        objectType: 'node',
        objectId: row.id,
        after: { name, type, token: 'changed' },
      })
    })
  } catch (error) {
    if (isUniqueViolation(error)) throw nameTaken(name)
    throw error
  }
}

/** Gives a node a new token; the old one ends at the same instant. */
export function rotateNodeToken(ctx: Context, nodeId: string): Promise<NodeWithToken> {
  return writeAs(ctx, nodeKind, 'rotate', { nodeId }, async ({ tx, row, subject, at }) => {
    if (row.revokedAt) throw revoked(row.name)
    await endTokens(tx, row, at)
    const given = await giveToken(tx, row, subject.name, at)
    return changed(given, {
      msgType: 'node-token-rotate',
      objectType: 'node',
      objectId: row.id,
      after: { token: 'changed' },
      fields: { name: row.name },
    })
  })
}

/** Ends a node's token for good. What it sent stays. */
export function revokeNode(ctx: Context, nodeId: string): Promise<Node> {
  return writeAs(ctx, nodeKind, 'revoke', { nodeId }, async ({ tx, row, at }) => {
    if (row.revokedAt) return unchanged(toNode({ ...row, tokens: [] }))
    await endTokens(tx, row, at)
    const after = await tx.node.update({ where: { id: row.id }, data: { revokedAt: at } })
    return changed(toNode({ ...after, tokens: [] }), {
      msgType: 'node-revoke',
      objectType: 'node',
      objectId: row.id,
      before: { state: 'active' },
      after: { state: 'revoked' },
      fields: { name: row.name },
    })
  })
}

const endTokens = (tx: AuthorizedTx, { spaceId, id }: NodeRow, at: Date) =>
  tx.nodeToken.updateMany({ where: { spaceId, nodeId: id, until: null }, data: { until: at } })

async function giveToken(tx: AuthorizedTx, row: NodeRow, actor: string, at: Date): Promise<NodeWithToken> {
  const token = newSecret(NODE_TOKEN_PREFIX)
  const stored = await tx.nodeToken.create({
    data: {
      id: newId(),
      spaceId: row.spaceId,
      nodeId: row.id,
      hash: hashSecret(token),
      prefix: token.slice(0, SHOWN_CHARS),
      from: at,
      actor,
    },
  })
  return { node: toNode({ ...row, tokens: [stored] }), token, curlExample: curlExample(token, row.type) }
}

const nameTaken = (name: string) =>
  new Failure('conflict', `A node named ${name} exists already.`, {
    reason: 'name-taken',
    where: name,
    remedy: 'Choose another name. Names of revoked nodes stay with their events.',
    issues: [{ reason: 'name-taken', message: 'This name is taken.', path: ['name'] }],
  })

const revoked = (name: string) =>
  new Failure('conflict', `${name} was revoked and gets no new token.`, {
    reason: 'node-revoked',
    where: name,
    remedy: 'Register a new node.',
  })
