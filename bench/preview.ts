import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { newDefinition } from '#lib/domain/datasets/definition'
import { startS3 } from '../bin/bench-store.mjs'
import { startLaunchpad } from '../e2e/support/launchpad'
import { addConnection, apiOf } from './api'
import { median, megabytes, ms, percentile, time } from './measure'
import type { Row } from './row'
import { residentBytesOfWeb } from './web-memory'

const RECORDS = 20_000
const ROUNDS = 100
const MAXIMUM_P95_MS = 300

/** Preview of 1,000 records of one gz object, at the API of a running copy. */
export async function run(): Promise<Row[]> {
  const dir = mkdtempSync(path.join(tmpdir(), 'launchpad-bench-'))
  const [accessKeyId, secretAccessKey, bucket] = ['BENCH', randomUUID(), 'bench']
  const store = await startS3({ dir, keys: [{ accessKeyId, secretAccessKey }] })
  const { host } = new URL(store.endpoint)
  const launchpad = await startLaunchpad({
    command: ['demo', '--empty'],
    env: { LAUNCHPAD_ALLOWED_ENDPOINTS: host },
  })
  try {
    await putObject({ endpoint: store.endpoint, accessKeyId, secretAccessKey, bucket })
    const api = apiOf(launchpad)
    await addConnection(api, {
      name: 'bench',
      endpoint: store.endpoint,
      bucket,
      accessKeyId,
      secretAccessKey,
    })
    const definition = newDefinition()
    definition.params = { ...definition.params, connection: 'bench', path: '/logs/' }
    const preview = () =>
      api<{ records: number }>('POST', '/api/files/preview', { definition, records: 1_000 })
    const { records } = await preview()
    if (records !== 1_000) throw new Error(`the preview has ${records} records`)
    const took = await time(ROUNDS, preview)
    const p95 = percentile(took, 0.95)
    return [
      {
        what: `preview of 1,000 records of one gz object at the API, p95 of ${ROUNDS}`,
        figure: `${ms(p95)} (median ${ms(median(took))})`,
        reference: '–',
        ratio: null,
        target: `≤ ${MAXIMUM_P95_MS} ms`,
        ok: p95 <= MAXIMUM_P95_MS,
      },
      webMemory(launchpad.home),
    ]
  } finally {
    await launchpad.stop()
    await store.close()
    rmSync(dir, { recursive: true, force: true })
  }
}

interface Target {
  endpoint: string
  accessKeyId: string
  secretAccessKey: string
  bucket: string
}

async function putObject({ endpoint, accessKeyId, secretAccessKey, bucket }: Target): Promise<void> {
  const credentials = { accessKeyId, secretAccessKey }
  const client = new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true, credentials })
  const lines = Array.from({ length: RECORDS }, (_, n) =>
    JSON.stringify({
      severity: 'INFO',
      logger: 'dku.audit.generic',
      message: { msgType: 'dataset-save', n, id: randomUUID() },
    }),
  )
  await client.send(new CreateBucketCommand({ Bucket: bucket }))
  await client.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: 'logs/2026/11/22/a.ndjson.gz',
      Body: gzipSync(lines.join('\n')),
    }),
  )
  client.destroy()
}

const MAXIMUM_WEB_MB = 400

/** What web holds after the previews. */
function webMemory(home: string): Row {
  const bytes = residentBytesOfWeb(home)
  return {
    what: 'resident memory of web afterwards',
    figure: megabytes(bytes),
    reference: '–',
    ratio: null,
    target: `≤ ${MAXIMUM_WEB_MB} MB`,
    ok: bytes / 1e6 <= MAXIMUM_WEB_MB,
  }
}
