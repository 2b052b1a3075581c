import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { type DatasetDefinition, newDefinition } from '#lib/domain/datasets/definition'
import { startS3 } from '../bin/bench-store.mjs'
import { type Launchpad, startLaunchpad } from '../e2e/support/launchpad'
import { addConnection, apiOf } from './api'

/** Stands in each record of the lines, and nowhere else. */
export const LOGGER = 'dku.audit.generic'

const RECORDS = 20_000
/** Files of one record each, as some programs write them. */
const SMALL_FILES = 300
const PUTS_AT_ONCE = 16

/** The connection to what is previewed. */
export const CONNECTION = 'bench'
/** One gz object of 20,000 records of JSON; one of as many rows of CSV with a header; many small objects of one row. */
export const FOLDERS = { lines: '/logs/', table: '/tables/', small: '/small/' } as const

export interface PreviewPlace {
  launchpad: Launchpad
  api: ReturnType<typeof apiOf>
}

/** Runs a measurement of previews beside a running copy and a store of its own with something to preview. */
export async function inPreviewPlace<T>(work: (place: PreviewPlace) => Promise<T>): Promise<T> {
  const dir = mkdtempSync(path.join(tmpdir(), 'launchpad-bench-'))
  const key = { accessKeyId: 'BENCH', secretAccessKey: randomUUID() }
  const store = await startS3({ dir, keys: [key] })
  const launchpad = await startLaunchpad({
    command: ['demo', '--empty'],
    env: { LAUNCHPAD_ALLOWED_ENDPOINTS: new URL(store.endpoint).host },
  })
  try {
    const target = { endpoint: store.endpoint, bucket: 'bench', ...key }
    await putObjects(target)
    const api = apiOf(launchpad)
    await addConnection(api, { name: CONNECTION, ...target })
    return await work({ launchpad, api })
  } finally {
    await launchpad.stop()
    await store.close()
    rmSync(dir, { recursive: true, force: true })
  }
}

/** The settings that read a folder of this place; those of the format as they are guessed unless given. */
export function definitionOf(
  folder: string,
  format?: Pick<DatasetDefinition, 'formatType' | 'formatParams'>,
) {
  const definition = newDefinition()
  definition.params = { ...definition.params, connection: CONNECTION, path: folder }
  return { ...definition, ...format }
}

interface Target {
  endpoint: string
  accessKeyId: string
  secretAccessKey: string
  bucket: string
}

async function putObjects({ endpoint, accessKeyId, secretAccessKey, bucket }: Target): Promise<void> {
  const credentials = { accessKeyId, secretAccessKey }
  const client = new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true, credentials })
  await client.send(new CreateBucketCommand({ Bucket: bucket }))
  const objects = [...makeObjects()]
  for (let from = 0; from < objects.length; from += PUTS_AT_ONCE)
    await Promise.all(
      objects
        .slice(from, from + PUTS_AT_ONCE)
        .map(([Key, Body]) => client.send(new PutObjectCommand({ Bucket: bucket, Key, Body }))),
    )
  client.destroy()
}

function* makeObjects(): Generator<[key: string, body: Buffer]> {
  const lines = Array.from({ length: RECORDS }, (_, n) =>
    JSON.stringify({
      severity: 'INFO',
      logger: LOGGER,
      message: { msgType: 'dataset-save', n, id: randomUUID() },
    }),
  )
  yield ['logs/2026/11/22/a.ndjson.gz', gzipSync(lines.join('\n'))]
  const rows = Array.from({ length: RECORDS }, (_, n) => `${n},${randomUUID()},lamp ${n % 12},${n * 7}`)
  yield ['tables/2026/11/22/a.csv.gz', gzipSync(['n,id,item,amount', ...rows].join('\n'))]
  for (let n = 0; n < SMALL_FILES; n++)
    yield [`small/${String(n).padStart(4, '0')}.csv`, Buffer.from(`${n},lamp ${n},${n * 7}\n`)]
}
