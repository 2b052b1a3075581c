import type http from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createConnection } from '../../connections/commands'
import { makeConnectionScene, permit, selected, storeParams } from '../../testing/connection-scene'
import { freshDatabase } from '../../testing/database'
import { definitionOver } from '../../testing/dataset-scene'
import { type LoopbackServer, startServer } from '../../testing/loopback-store'
import { detectFiles } from './detect-format'

let drop: () => Promise<void>
let scene: Awaited<ReturnType<typeof makeConnectionScene>>
let store: LoopbackServer
const allowed = process.env.LAUNCHPAD_ALLOWED_ENDPOINTS
const CSV = 'id;name\n1;Ann\n2;Bo\n'

beforeAll(async () => {
  process.env.LAUNCHPAD_ALLOWED_ENDPOINTS = '127.0.0.0/8'
  drop = await freshDatabase()
  store = await startServer(answer)
  scene = await makeConnectionScene()
  await createConnection(scene.admin, {
    name: 'slow',
    description: '',
    params: { ...storeParams(), endpoint: store.endpoint, bucket: 'logs', accessKeyId: 'AKIATESTTESTTEST' },
    secret: 'secret',
  })
  await permit(scene.admin, 'slow', { ...selected(scene.groupId('designers')), readRequired: true })
})
afterAll(async () => {
  process.env.LAUNCHPAD_ALLOWED_ENDPOINTS = allowed
  await store.close()
  await drop()
})

/** Three files: one that is there at once, one that never answers, one that stops in the middle. */
function answer(request: http.IncomingMessage, response: http.ServerResponse): void {
  const { pathname } = new URL(request.url ?? '/', 'http://store')
  if (pathname.endsWith('/good.csv')) respondFile(response).end(CSV)
  else if (pathname.endsWith('/stuck.csv')) respondFile(response).write(CSV.slice(0, 12))
  else if (!pathname.endsWith('/silent.csv'))
    response.writeHead(200, { 'content-type': 'application/xml' }).end(LISTING)
}

const respondFile = (response: http.ServerResponse) =>
  response.writeHead(200, {
    'content-length': CSV.length,
    etag: '"e"',
    'last-modified': 'Sun, 22 Nov 2026 10:00:00 GMT',
  })

const LISTING = `<?xml version="1.0" encoding="UTF-8"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
<Name>logs</Name><Prefix></Prefix><KeyCount>3</KeyCount><MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated>${[
  'good',
  'silent',
  'stuck',
]
  .map(
    (name) =>
      `<Contents><Key>${name}.csv</Key><LastModified>2026-11-22T10:00:00.000Z</LastModified><ETag>"e"</ETag><Size>${CSV.length}</Size><StorageClass>STANDARD</StorageClass></Contents>`,
  )
  .join('')}</ListBucketResult>`

test('files that do not come in time are named, and the others answer within 5 s', async () => {
  const base = definitionOver('/')
  const definition = { ...base, params: { ...base.params, connection: 'slow' } }
  const startedMs = Date.now()
  const found = await detectFiles(scene.mira, { definition })
  expect(Date.now() - startedMs).toBeLessThan(5_000)
  expect(found.candidates[0]?.format).toMatchObject({ type: 'csv', params: { separator: ';' } })
  expect(found.files.map(({ path, problem }) => [path, problem !== null])).toEqual([
    ['/good.csv', false],
    ['/silent.csv', true],
    ['/stuck.csv', true],
  ])
})
