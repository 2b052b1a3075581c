import type http from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createConnection } from '../connections/commands'
import { createProject } from '../projects/commands'
import { saveProjectMembers } from '../projects/members'
import { getProject } from '../projects/queries'
import { makeConnectionScene, permit, selected, storeParams } from '../testing/connection-scene'
import { freshDatabase } from '../testing/database'
import { addDataset, BY_NODE_AND_DAY, definitionOver, messagesOf, PROJECT } from '../testing/dataset-scene'
import { failureOf } from '../testing/failure-of'
import { type LoopbackServer, startServer } from '../testing/loopback-store'
import { listDatasetPartitions, listPartitions } from './listing/list-partitions'

let drop: () => Promise<void>
let scene: Awaited<ReturnType<typeof makeConnectionScene>>
let store: LoopbackServer
let calls = 0
const allowed = process.env.LAUNCHPAD_ALLOWED_ENDPOINTS

beforeAll(async () => {
  process.env.LAUNCHPAD_ALLOWED_ENDPOINTS = '127.0.0.0/8'
  drop = await freshDatabase()
  store = await startServer(listForever)
  scene = await makeConnectionScene()
  await createConnection(scene.admin, {
    name: 'endless',
    description: '',
    params: { ...storeParams(), endpoint: store.endpoint, bucket: 'logs', accessKeyId: 'AKIATESTTESTTEST' },
    secret: 'secret',
  })
  await permit(scene.admin, 'endless', { ...selected(scene.groupId('designers')), readRequired: true })
  await createProject(
    scene.admin,
    { key: PROJECT, name: 'Audit', description: '' },
    { lines: [{ principal: 'user', name: 'mira', level: 'write', flags: {} }] },
  )
})
afterAll(async () => {
  process.env.LAUNCHPAD_ALLOWED_ENDPOINTS = allowed
  await store.close()
  await drop()
})

/** A bucket without an end: every page has one object and says that there are more. */
function listForever(_: http.IncomingMessage, response: http.ServerResponse): void {
  calls++
  const key = `design/2026/11/22/${String(calls).padStart(9, '0')}.log`
  const body = `<?xml version="1.0" encoding="UTF-8"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
<Name>logs</Name><Prefix></Prefix><KeyCount>1</KeyCount><MaxKeys>1000</MaxKeys><IsTruncated>true</IsTruncated>
<NextContinuationToken>${calls}</NextContinuationToken><Contents><Key>${key}</Key><LastModified>2026-11-22T10:00:00.000Z</LastModified>
<ETag>"e"</ETag><Size>10</Size><StorageClass>STANDARD</StorageClass></Contents></ListBucketResult>`
  setTimeout(() => response.writeHead(200, { 'content-type': 'application/xml' }).end(body), 20)
}

const base = definitionOver('/')
const definition = {
  ...base,
  params: { ...base.params, connection: 'endless' },
  partitioning: BY_NODE_AND_DAY,
}

/** Waits until a listing is under way, takes the right, and tells how long the listing went on. */
async function revokeDuring(
  listing: Promise<unknown>,
  underWay: () => boolean,
  revoke: () => Promise<unknown>,
) {
  const failure = failureOf(listing)
  while (!underWay()) await sleep(20)
  await revoke()
  const startedMs = Date.now()
  return { failure: await failure, tookMs: Date.now() - startedMs }
}

test('a running listing in the wizard ends within 5 s of its right', async () => {
  let listed = 0
  const { failure, tookMs } = await revokeDuring(
    listPartitions(scene.mira, { definition }, (ledger) => {
      listed = ledger.listed
    }),
    () => listed > 3,
    () => permit(scene.admin, 'endless', selected()),
  )
  expect(failure).toMatchObject({
    kind: 'forbidden',
    message: 'You need to be named in “Freely usable by” of endless.',
  })
  expect(tookMs).toBeLessThan(5_000)
  const stood = calls
  await sleep(300)
  expect(calls - stood).toBeLessThanOrEqual(1)
  expect((await messagesOf(scene.spaceId, 'dataset-detect-partitioning')).map((one) => one.outcome)).toEqual([
    'success',
    'denied',
  ])
})

test('a running listing of a dataset ends with the right to its project', async () => {
  await permit(scene.admin, 'endless', selected(scene.groupId('designers')))
  const ref = await addDataset(scene.mira, 'endless', definition)
  let listed = 0
  const { failure, tookMs } = await revokeDuring(
    listDatasetPartitions(scene.mira, ref, (ledger) => {
      listed = ledger.listed
    }),
    () => listed > 3,
    async () => {
      const { version } = await getProject(scene.admin, PROJECT)
      await saveProjectMembers(scene.admin, PROJECT, { version, members: [] })
    },
  )
  expect(failure.kind).toBe('not_found')
  expect(tookMs).toBeLessThan(5_000)
})
