import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import pg from 'pg'
import { inspectCopy } from '../../bin/suites/inspect-copy.mjs'

export interface Behind {
  query: <Row extends pg.QueryResultRow>(text: string, values?: unknown[]) => Promise<Row[]>
  /** Key → ETag of every object of the platform's bucket. */
  objects: () => Promise<Map<string, string>>
  read: (key: string) => Promise<Buffer>
  writer: Store
  close: () => Promise<void>
}

/** How a connection of one's own would reach the embedded store. */
export interface Store {
  endpoint: string
  bucket: string
  accessKeyId: string
  secretAccessKey: string
  client: S3Client
}

/** Opens what stands behind the pages of a copy: its database, and its bucket with a bare S3 client and the reading key. */
export async function openBehind(home: string): Promise<Behind> {
  const { databaseUrl, store } = inspectCopy(home)
  const database = new pg.Pool({ connectionString: databaseUrl, max: 2 })
  database.on('error', () => {})
  const reader = openClient(
    store,
    store.LAUNCHPAD_S3_READER_ACCESS_KEY_ID,
    store.LAUNCHPAD_S3_READER_SECRET_ACCESS_KEY,
  )
  const Bucket = store.LAUNCHPAD_S3_BUCKET
  return {
    query: async (text, values) => (await database.query(text, values)).rows,
    objects: async () => {
      const found = new Map<string, string>()
      let ContinuationToken: string | undefined
      do {
        const page = await reader.send(new ListObjectsV2Command({ Bucket, ContinuationToken }))
        for (const { Key, ETag } of page.Contents ?? []) found.set(Key ?? '', ETag ?? '')
        ContinuationToken = page.NextContinuationToken
      } while (ContinuationToken)
      return found
    },
    read: async (Key) => {
      const { Body } = await reader.send(new GetObjectCommand({ Bucket, Key }))
      return Buffer.from((await Body?.transformToByteArray()) ?? [])
    },
    writer: {
      endpoint: store.LAUNCHPAD_S3_ENDPOINT,
      bucket: Bucket,
      accessKeyId: store.LAUNCHPAD_S3_ACCESS_KEY_ID,
      secretAccessKey: store.LAUNCHPAD_S3_SECRET_ACCESS_KEY,
      client: openClient(store, store.LAUNCHPAD_S3_ACCESS_KEY_ID, store.LAUNCHPAD_S3_SECRET_ACCESS_KEY),
    },
    close: async () => {
      reader.destroy()
      await database.end()
    },
  }
}

const openClient = (
  store: { LAUNCHPAD_S3_ENDPOINT: string; LAUNCHPAD_S3_REGION: string },
  accessKeyId: string,
  secretAccessKey: string,
) =>
  new S3Client({
    endpoint: store.LAUNCHPAD_S3_ENDPOINT,
    region: store.LAUNCHPAD_S3_REGION,
    credentials: { accessKeyId, secretAccessKey },
    forcePathStyle: true,
  })
