import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import { startLaunchpad } from '../e2e/support/launchpad'
import { addConnection, apiOf } from './api'
import { median, ms, time } from './measure'
import type { Row } from './row'
import { startSyntheticStore } from './synthetic-process'

const ROUNDS = 60
const MAXIMUM_RATIO = 1.5
const ALLOWANCE_MS = 20

/** The first 50 entries of folders in a bucket of 1,000,000 keys at the API, beside one ListObjectsV2 call. */
export async function run(): Promise<Row[]> {
  const store = await startSyntheticStore()
  const { host } = new URL(store.endpoint)
  const launchpad = await startLaunchpad({
    command: ['demo', '--empty'],
    env: { LAUNCHPAD_ALLOWED_ENDPOINTS: host },
  })
  try {
    const credentials = { accessKeyId: 'BENCH', secretAccessKey: 'bench' }
    const api = apiOf(launchpad)
    await addConnection(api, {
      name: 'million',
      endpoint: store.endpoint,
      bucket: store.bucket,
      ...credentials,
    })
    const client = new S3Client({
      endpoint: store.endpoint,
      region: 'us-east-1',
      forcePathStyle: true,
      credentials,
    })
    const folders = ['/', '/design/', '/design/2026/', '/govern/2026/03/']
    const rows: Row[] = []
    for (const path of folders) rows.push(await compare(path, api, client, store.bucket))
    client.destroy()
    return rows
  } finally {
    await launchpad.stop()
    store.stop()
  }
}

async function compare(
  path: string,
  api: ReturnType<typeof apiOf>,
  client: S3Client,
  bucket: string,
): Promise<Row> {
  const browse = () => api('POST', '/api/files/browse', { connection: 'million', path })
  const call = () =>
    client.send(
      new ListObjectsV2Command({ Bucket: bucket, Prefix: path.slice(1), Delimiter: '/', MaxKeys: 50 }),
    )
  await Promise.all([time(10, browse), time(10, call)])
  const [figure, reference] = [median(await time(ROUNDS, browse)), median(await time(ROUNDS, call))]
  return {
    what: `browse ${path} of 1,000,000 keys, first 50 entries at the API, median`,
    figure: ms(figure),
    reference: `${ms(reference)} one ListObjectsV2 call`,
    ratio: figure / reference,
    target: `≤ ${MAXIMUM_RATIO} × + ${ALLOWANCE_MS} ms`,
    ok: figure <= MAXIMUM_RATIO * reference + ALLOWANCE_MS,
  }
}
