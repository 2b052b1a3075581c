import 'server-only'
import type http from 'node:http'
import { createConnection } from '../connections/commands'
import { type ConnectionScene, permit, selected, storeParams } from './connection-scene'

/** What each file of a store that answers as a test says holds. */
export const SLOW_CSV = 'id;name\n1;Ann\n2;Bo\n'

/** The connection `slow` to a store at `endpoint`, open to designers, who are asked for when its datasets are read. */
export async function openSlowConnection(
  { admin, groupId }: Pick<ConnectionScene, 'admin' | 'groupId'>,
  endpoint: string,
): Promise<void> {
  await createConnection(admin, {
    name: 'slow',
    description: '',
    params: { ...storeParams(), endpoint, bucket: 'logs', accessKeyId: 'AKIATESTTESTTEST' },
    secret: 'secret',
  })
  await permit(admin, 'slow', { ...selected(groupId('designers')), readRequired: true })
}

/** Answers a listing of `NAME.csv` for each name. */
export function respondListing(
  response: http.ServerResponse,
  names: readonly string[],
  sizeBytes = SLOW_CSV.length,
): void {
  const contents = names.map(
    (name) =>
      `<Contents><Key>${name}.csv</Key><LastModified>2026-11-22T10:00:00.000Z</LastModified><ETag>"e"</ETag><Size>${sizeBytes}</Size><StorageClass>STANDARD</StorageClass></Contents>`,
  )
  response
    .writeHead(200, { 'content-type': 'application/xml' })
    .end(`<?xml version="1.0" encoding="UTF-8"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
<Name>logs</Name><Prefix></Prefix><KeyCount>${names.length}</KeyCount><MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated>${contents.join('')}</ListBucketResult>`)
}

/** Begins the answer of a file; its bytes are the test's. */
export const respondFile = (response: http.ServerResponse): http.ServerResponse =>
  response.writeHead(200, {
    'content-length': SLOW_CSV.length,
    etag: '"e"',
    'last-modified': 'Sun, 22 Nov 2026 10:00:00 GMT',
  })
