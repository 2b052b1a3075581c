import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Context } from '../access/caller'
import { makeConnectionScene, storeParams, storeSecret } from '../testing/connection-scene'
import { freshDatabase } from '../testing/database'
import { failureOf } from '../testing/failure-of'
import { createDssConnection, getDssConnection, saveDssConnection } from './dss-connections'

let drop: () => Promise<void>
let admin: Context
const params = {
  accessKey: 'AKIAEXAMPLE',
  secretKey: 'secret',
  regionOrEndpoint: 'eu-west-3',
  chbucket: 'lake-bucket',
}

beforeAll(async () => {
  drop = await freshDatabase()
  ;({ admin } = await makeConnectionScene())
  const { accessKeyId: accessKey, endpoint: regionOrEndpoint, bucket: chbucket } = storeParams()
  await createDssConnection(admin, {
    name: 'lake',
    type: 'EC2',
    params: { accessKey, secretKey: storeSecret(), regionOrEndpoint, usePathMode: true, chbucket },
  })
})
afterAll(() => drop())

test.each([
  ['params.accessKey', { accessKey: '' }],
  ['params.secretKey', { secretKey: '' }],
  ['params.stsRoleToAssume', { credentialsMode: 'STS_ASSUME_ROLE', stsRoleToAssume: 'nobody' }],
  ['params.region', { regionOrEndpoint: 'https://s3.amazonaws.com', region: 'Not A Region' }],
  ['params.regionOrEndpoint', { regionOrEndpoint: 'ftp://store.example' }],
  ['params.chbucket', { chbucket: 'No_Bucket!' }],
  ['params.chroot', { chroot: '/a/../b' }],
  ['params.defaultManagedBucket', { defaultManagedBucket: 'No_Bucket!' }],
  ['params.defaultManagedPath', { defaultManagedPath: '/a/../b' }],
  ['params.allowedPrefixes.0', { allowedPrefixes: ['/../'] }],
] as const)('a refusal names the field as the client sends it: %s', async (path, change) => {
  const json = { name: 'other', type: 'EC2', params: { ...params, ...change } } as Parameters<
    typeof createDssConnection
  >[1]
  const { kind, details } = await failureOf(createDssConnection(admin, json))
  expect({ kind, paths: details.issues?.map((issue) => issue.path?.join('.')) }).toEqual({
    kind: 'validation_failed',
    paths: expect.arrayContaining([path]),
  })
})

test('so does one of a save, also of what stands above the parameters', async () => {
  const settings = structuredClone(await getDssConnection(admin, 'lake'))
  const managed = { ...settings, allowWrite: false, allowManagedDatasets: true }
  expect((await failureOf(saveDssConnection(admin, 'lake', managed))).details.issues).toMatchObject([
    { path: ['allowManagedDatasets'] },
  ])
  const moved = { ...settings, params: { ...settings.params, chroot: '/a/../' } }
  expect((await failureOf(saveDssConnection(admin, 'lake', moved))).details.issues).toMatchObject([
    { path: ['params', 'chroot'] },
  ])
})

test('an empty secret or a mistyped region is refused, and the secret stays', async () => {
  const settings = structuredClone(await getDssConnection(admin, 'lake'))
  for (const change of [
    { secretKey: '' },
    { regionOrEndpoint: 'eu_west_1' },
    { chroot: 'x'.repeat(1_001) },
  ]) {
    const changed = { ...settings, params: { ...settings.params, ...change } }
    const { kind, details } = await failureOf(saveDssConnection(admin, 'lake', changed))
    expect([kind, details.issues?.map(({ path }) => path?.join('.'))]).toEqual([
      'validation_failed',
      [`params.${Object.keys(change)[0]}`],
    ])
  }
  expect((await getDssConnection(admin, 'lake')).params?.secretKey).toBe(settings.params?.secretKey)
  const home = { ...settings, params: { ...settings.params, regionOrEndpoint: '', region: 'eu-west-3' } }
  const saved = await saveDssConnection(admin, 'lake', home)
  expect(saved.params).toMatchObject({ regionOrEndpoint: 'eu-west-3', region: 'eu-west-3', secretKey: '' })
  await saveDssConnection(admin, 'lake', structuredClone(saved))
})
