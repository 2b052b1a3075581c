import { afterAll, beforeAll, expect, test } from 'vitest'
import { sampleRequest } from '#lib/domain/datasets/sample-wire'
import { createConnection } from '../../connections/commands'
import { database } from '../../platform/db/client'
import { permit, selected, storeParams, storeSecret } from '../../testing/connection-scene'
import { freshDatabase } from '../../testing/database'
import { addDataset, type DatasetScene, definitionOver, makeDatasetScene } from '../../testing/dataset-scene'
import { failureOf } from '../../testing/failure-of'
import { previewFiles } from '../detection/preview'
import { readSample } from '../sampling/read-sample'

let drop: () => Promise<void>
let scene: DatasetScene

beforeAll(async () => {
  drop = await freshDatabase()
  scene = await makeDatasetScene()
  await createConnection(scene.admin, {
    name: 'narrow',
    description: '',
    params: { ...storeParams(), root: scene.root, allowedPrefixes: ['/queries/', '/logs/'] },
    secret: storeSecret(),
  })
  await permit(scene.admin, 'narrow', selected(scene.groupId('designers')))
}, 60_000)
afterAll(() => drop())

/** By day, over a path above the prefixes that the connection opens. */
function byDay() {
  const base = definitionOver('/')
  return {
    ...base,
    params: { ...base.params, connection: 'narrow' },
    partitioning: {
      dimensions: [{ name: 'date', type: 'time' as const, params: { period: 'DAY' as const } }],
      filePathPattern: '/logs/%Y/%M/%D/.*',
    },
  }
}

test('above the prefixes that a connection opens, one is told why there is no file as well', async () => {
  const { mira } = scene
  const ref = await addDataset(mira, 'narrow_logs', byDay())
  const nothing = 'There is nothing yet of what the connection opens below /.'
  expect(await readSample(mira, ref, sampleRequest.parse({}))).toMatchObject({
    emptyBecause: nothing,
    isUnmatched: false,
  })
  expect(await failureOf(previewFiles(mira, { definition: byDay(), records: 10 }))).toMatchObject({
    message: nothing,
    details: { reason: 'nothing-to-preview' },
  })
  const managed = (managedBy: string | null) =>
    database().connection.updateMany({ where: { name: 'narrow' }, data: { managedBy } })
  await managed('dku-audit-log')
  expect((await readSample(mira, ref, sampleRequest.parse({}))).emptyBecause).toMatch(
    /^Nothing delivered yet\./,
  )
  await managed(null)
  await scene.put('logs/readme.txt', 'hello\n')
  await scene.put('secret/2026/11/22/a.log', 'hidden\n')
  expect(await readSample(mira, ref, sampleRequest.parse({}))).toMatchObject({
    emptyBecause:
      'None of the 1 object at / can be read: 1 does not match the pattern. For one, /logs/readme.txt does not have a year of four digits where the pattern has %Y.',
    isUnmatched: true,
  })
})
