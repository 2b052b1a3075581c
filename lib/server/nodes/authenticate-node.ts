import 'server-only'
import { type NodeType, nodeType } from '#lib/domain/audit/vocabulary'
import { Failure } from '#lib/domain/errors'
import { NODE_TOKEN_PREFIX, readCredential } from '../access/authenticate'
import { Gatherings } from '../access/gather'
import { countInWindow, secondsToWindowEnd } from '../access/rate-limit'
import { type EventContext, recordRepeatable } from '../access/record-event'
import { now } from '../platform/clock'
import type { Tx } from '../platform/db/client'
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

type Arrival = Omit<EventContext, 'spaceId'>

const WINDOW_MS = 15 * 60_000
/** Wrong tokens a window from one address that are answered 401; those beyond are answered 429. A right one is never held up. */
const MOST_OF_ADDRESS = 50

/**
 * Finds the node that an Authorization header names.
 * @throws Failure `unauthenticated`, or `limit_exceeded` after too many; when the token was one of ours and has ended, an event
 * tells it
 */
export async function authenticateNode(headers: Headers, ctx: Arrival): Promise<SendingNode> {
  const secret = readCredential(headers.get('authorization') ?? '')
  const token = secret.startsWith(`${NODE_TOKEN_PREFIX}_`) ? await findToken(hashSecret(secret)) : undefined
  if (!token) throw await refuseToken(ctx, null)
  const { spaceId, nodeId, name, type, revokedAt, until } = token
  if (revokedAt || (until && until <= now())) throw await refuseToken(ctx, token)
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

interface Refused {
  ctx: Arrival
  /** One of ours that has ended; null for a text that is none. */
  ended: TokenRow | null
}

const refusals = new Gatherings(recordAll)

/**
 * Counts a wrong or ended token under its address, and tells an ended one. Those that come while one is being written are
 * written together, so that a flood of them holds one connection of the database.
 */
async function refuseToken(ctx: Arrival, ended: TokenRow | null): Promise<Failure> {
  const place = await refusals.add(`node-token|${ctx.originAddress}`, { ctx, ended })
  return place < MOST_OF_ADDRESS ? wrongToken() : tooManyTokens()
}

/** How many failures of the window were there before each. */
function recordAll(key: string, refused: Refused[]): Promise<number[]> {
  return inTransaction(async (tx) => {
    const upTo = await countInWindow(tx, key, WINDOW_MS, refused.length)
    for (const alike of Map.groupBy(refused, ({ ended }) => ended?.nodeId).values())
      if (alike[0]?.ended) await tellEndedToken(tx, alike[0].ctx, alike[0].ended, alike.length)
    return refused.map((_, index) => upTo - refused.length + index)
  })
}

function tellEndedToken(tx: Tx, ctx: Arrival, { spaceId, name, nodeId }: TokenRow, times: number) {
  return recordRepeatable(
    tx,
    { ...ctx, spaceId },
    { authUser: `node:${name}`, authSource: 'NODE_TOKEN' },
    {
      msgType: 'node-authentication-failure',
      topic: 'authfail',
      outcome: 'denied',
      objectType: 'node',
      objectId: nodeId,
    },
    times,
  )
}

function tooManyTokens(): Failure {
  return new Failure('limit_exceeded', 'There were too many attempts with wrong node tokens.', {
    reason: 'too-many-attempts',
    remedy: 'Check the token: a right one works at once. Rotate it under API nodes if it is lost.',
    retryAfterSeconds: secondsToWindowEnd(WINDOW_MS),
  })
}

const wrongToken = () =>
  new Failure('unauthenticated', 'This node token is not known, or it has ended.', {
    reason: 'wrong-node-token',
    remedy: 'Send "Authorization: Bearer TOKEN" with the token of this node, or rotate it under API nodes.',
  })
