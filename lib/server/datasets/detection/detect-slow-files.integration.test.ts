import type http from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeConnectionScene } from '../../testing/connection-scene'
import { freshDatabase } from '../../testing/database'
import { definitionOver } from '../../testing/dataset-scene'
import { type LoopbackServer, startServer } from '../../testing/loopback-store'
import { openSlowConnection, respondFile, respondListing, SLOW_CSV } from '../../testing/slow-files'
import { detectFiles } from './detect-format'

let drop: () => Promise<void>
let scene: Awaited<ReturnType<typeof makeConnectionScene>>
let store: LoopbackServer
const allowed = process.env.LAUNCHPAD_ALLOWED_ENDPOINTS

beforeAll(async () => {
  process.env.LAUNCHPAD_ALLOWED_ENDPOINTS = '127.0.0.0/8'
  drop = await freshDatabase()
  store = await startServer(answer)
  scene = await makeConnectionScene()
  await openSlowConnection(scene, store.endpoint)
})
afterAll(async () => {
  process.env.LAUNCHPAD_ALLOWED_ENDPOINTS = allowed
  await store.close()
  await drop()
})

/** Three files: one that is there at once, one that never answers, one that stops in the middle. */
function answer(request: http.IncomingMessage, response: http.ServerResponse): void {
  const { pathname } = new URL(request.url ?? '/', 'http://store')
  if (pathname.endsWith('/good.csv')) respondFile(response).end(SLOW_CSV)
  else if (pathname.endsWith('/stuck.csv')) respondFile(response).write(SLOW_CSV.slice(0, 12))
  else if (!pathname.endsWith('/silent.csv')) respondListing(response, ['good', 'silent', 'stuck'])
}

test('files that do not come in time are named, and the others answer within 5 s', async () => {
  const base = definitionOver('/')
  const definition = { ...base, params: { ...base.params, connection: 'slow' } }
  // What takes longer than 5 s ends as a failure.
  const found = await detectFiles(scene.mira, { definition })
  expect(found.candidates[0]?.format).toMatchObject({ type: 'csv', params: { separator: ';' } })
  expect(found.files.map(({ path, problem }) => [path, problem !== null])).toEqual([
    ['/good.csv', false],
    ['/silent.csv', true],
    ['/stuck.csv', true],
  ])
})
