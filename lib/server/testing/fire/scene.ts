import 'server-only'
import { gunzipSync } from 'node:zlib'
import { type _Object, GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import { PgBoss } from 'pg-boss'
import { DESIGNERS, SPACE_ADMINISTRATORS } from '#lib/domain/access/subject'
import type { NodeType } from '#lib/domain/audit/vocabulary'
import type { ExtensionKey } from '#lib/domain/extensions/catalogue'
import { NODE_TOKEN_PREFIX } from '../../access/authenticate'
import type { Caller, Context } from '../../access/caller'
import { now } from '../../platform/clock'
import { config } from '../../platform/config'
import { database } from '../../platform/db/client'
import { hashSecret, newId, newSecret } from '../../platform/ids'
import { prepareQueue } from '../../platform/queue'

export interface Scene {
  spaceId: string
  /** A space administrator, and a designer. */
  admin: Context
  designer: Context
}

/** A space with its first groups, an administrator and a designer. */
export async function makeScene(): Promise<Scene> {
  const spaceId = newId()
  const tx = database()
  await tx.space.create({ data: { id: spaceId, name: `Space ${spaceId}` } })
  const admin = await makeUser(spaceId, SPACE_ADMINISTRATORS)
  const designer = await makeUser(spaceId, DESIGNERS)
  return { spaceId, admin: contextOf(admin), designer: contextOf(designer) }
}

async function makeUser(spaceId: string, groupName: string): Promise<Caller> {
  const [userId, groupId] = [newId(), newId()]
  const login = groupName === SPACE_ADMINISTRATORS ? 'admin' : 'designer'
  const tx = database()
  await tx.group.create({ data: { id: groupId, spaceId, name: groupName, builtIn: true } })
  await tx.user.create({
    data: { id: userId, spaceId, login, email: `${login}-${userId}@example.com`, name: login },
  })
  await tx.membership.create({
    data: { id: newId(), spaceId, groupId, userId, actor: 'test', from: new Date(0) },
  })
  return { kind: 'user', spaceId, userId }
}

/** The queue's tables, which in an installation come with migrating. */
export async function makeQueue(): Promise<void> {
  const boss = new PgBoss({ connectionString: config().databaseUrl, max: 2 })
  await prepareQueue(boss)
  await boss.stop({ graceful: false })
}

/** A request of a caller, as a browser sends it. */
export const contextOf = (caller: Caller): Context => ({
  caller,
  requestId: newId(),
  originAddress: '127.0.0.1',
  via: 'browser',
  call: 'test',
  startedAt: now(),
  signal: new AbortController().signal,
})

/** A node with its token, as registering leaves it. */
export async function makeNode(spaceId: string, type: NodeType): Promise<{ nodeId: string; token: string }> {
  const nodeId = newId()
  const token = newSecret(NODE_TOKEN_PREFIX)
  const tx = database()
  await tx.node.create({ data: { id: nodeId, spaceId, name: `${type}-${nodeId}`, type, createdBy: 'test' } })
  await tx.nodeToken.create({
    data: {
      id: newId(),
      spaceId,
      nodeId,
      hash: hashSecret(token),
      prefix: token.slice(0, 12),
      actor: 'test',
    },
  })
  return { nodeId, token }
}

/** An extension as a finished activation leaves it. */
export async function makeActive(spaceId: string, key: ExtensionKey): Promise<void> {
  await database().extension.create({
    data: { id: newId(), spaceId, key, state: 'active', changedBy: 'test', activatedAt: now() },
  })
}

/** A request of a node, as the route hands it over. */
export const nodeRequest = (token: string, body: string | Buffer, headers: Record<string, string> = {}) =>
  new Request('http://127.0.0.1/api/event-server/events', {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, ...headers },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  })

export const NODE_CONTEXT = {
  requestId: 'test',
  originAddress: '10.1.2.3',
  via: 'api',
  call: 'POST /api/event-server/events',
  startedAt: new Date(),
}

/** Everything below a prefix, read with nothing but the SDK: key, and lines in order. */
export async function readObjects(
  prefix: string,
  env = process.env,
): Promise<{ key: string; lines: string[] }[]> {
  const client = new S3Client({
    endpoint: env.LAUNCHPAD_S3_ENDPOINT ?? '',
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: {
      accessKeyId: env.LAUNCHPAD_S3_READER_ACCESS_KEY_ID ?? '',
      secretAccessKey: env.LAUNCHPAD_S3_READER_SECRET_ACCESS_KEY ?? '',
    },
  })
  const Bucket = env.LAUNCHPAD_S3_BUCKET ?? 'launchpad'
  const found: _Object[] = []
  let token: string | undefined
  do {
    const page = await client.send(
      new ListObjectsV2Command({ Bucket, Prefix: prefix, ContinuationToken: token }),
    )
    found.push(...(page.Contents ?? []))
    token = page.NextContinuationToken
  } while (token)
  const objects = []
  for (const { Key: key = '' } of found) {
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: key }))
    const text = gunzipSync((await Body?.transformToByteArray()) ?? new Uint8Array()).toString('utf8')
    objects.push({ key, lines: text.split('\n').slice(0, -1) })
  }
  client.destroy()
  return objects
}
