import 'server-only'
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { type DatasetDefinition, newDefinition } from '#lib/domain/datasets/definition'
import type { Context } from '../access/caller'
import { createConnection } from '../connections/commands'
import { createDataset } from '../datasets/commands'
import { database } from '../platform/db/client'
import { newId } from '../platform/ids'
import { createProject } from '../projects/commands'
import { getProject } from '../projects/queries'
import { makeConnectionScene, permit, selected, storeParams, storeSecret } from './connection-scene'

export const PROJECT = 'AUDIT'
export const LAKE = 'lake'

export type DatasetScene = Awaited<ReturnType<typeof makeDatasetScene>>

/**
 * The people of the connection scene; the connection `lake`, which designers may use, over a folder of its own; and the
 * project AUDIT of `mira`.
 */
export async function makeDatasetScene() {
  const scene = await makeConnectionScene()
  const root = `/${newId()}/`
  await createConnection(scene.admin, {
    name: LAKE,
    description: '',
    params: { ...storeParams(), root },
    secret: storeSecret(),
  })
  await permit(scene.admin, LAKE, selected(scene.groupId('designers'), scene.groupId('space_administrators')))
  await createProject(scene.mira, { key: PROJECT, name: 'Instance audit', description: '' })
  return { ...scene, root, put: (path: string, body: Buffer | string) => putObject(root + path, body) }
}

async function putObject(path: string, body: Buffer | string): Promise<void> {
  const params = storeParams()
  const client = new S3Client({
    endpoint: params.endpoint,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: params.accessKeyId, secretAccessKey: storeSecret() },
  })
  await client.send(new PutObjectCommand({ Bucket: params.bucket, Key: path.slice(1), Body: body }))
  client.destroy()
}

/** Settings over a folder of the lake: one record per line, partitioned by node type and day unless told. */
export function definitionOver(path: string, change: Partial<DatasetDefinition> = {}): DatasetDefinition {
  const base = newDefinition()
  return { ...base, params: { ...base.params, connection: LAKE, path }, ...change }
}

export const BY_NODE_AND_DAY: DatasetDefinition['partitioning'] = {
  dimensions: [
    { name: 'node_type', type: 'value' },
    { name: 'date', type: 'time', params: { period: 'DAY' } },
  ],
  filePathPattern: '/%{node_type}/%Y/%M/%D/.*',
}

/** Makes a dataset in AUDIT; gives what names it. */
export async function addDataset(ctx: Context, name: string, definition: DatasetDefinition) {
  await createDataset(ctx, PROJECT, { name, definition })
  return { projectKey: PROJECT, name }
}

/** Adds members to AUDIT by group or person. */
export async function memberships(admin: Context) {
  const { version, members } = await getProject(admin, PROJECT)
  return {
    version,
    members: members.map(({ principal, id, level, until }) => ({ principal, id, level, until })),
  }
}

/** The messages of a msgType about an object, oldest first. */
export async function messagesOf(spaceId: string, msgType: string, objectId?: string) {
  const rows = await database().auditEvent.findMany({
    where: { spaceId, msgType, ...(objectId === undefined ? {} : { objectId }) },
    orderBy: { seq: 'asc' },
  })
  return rows.map((row) => JSON.parse(row.line).message)
}
