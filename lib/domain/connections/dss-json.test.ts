import { expect, test } from 'vitest'
import { dssConnection, fromDssConnection, SECRET_MARK, toDssParams } from './dss-json'
import { NEW_PARAMS, type OwnParams } from './params'

const LAKE: OwnParams = {
  ...NEW_PARAMS,
  accessKeyId: 'AKIAEXAMPLE',
  endpoint: 'https://s3.example.com',
  region: 'eu-west-3',
  bucket: 'lake',
  root: '/raw/',
  allowedPrefixes: ['/a/'],
  encryption: { kind: 'sse-kms', keyId: 'k1' },
  allowWrite: true,
}

const read = (params: Record<string, unknown>, base = LAKE, top: Record<string, unknown> = {}) => {
  const result = fromDssConnection(dssConnection.parse({ ...top, params }), base)
  if (!result.ok) throw new Error(result.issues[0]?.message)
  return result.value
}

test('what is given out comes back as it was, without the secret', () => {
  const params = toDssParams(LAKE, true)
  expect(params).toMatchObject({ secretKey: SECRET_MARK, regionOrEndpoint: 'https://s3.example.com' })
  expect(read(params)).toEqual({ params: LAKE, secret: undefined, kept: { top: {}, params: {} } })
  expect(read(params, NEW_PARAMS, { allowWrite: true }).params).toEqual(LAKE)
})

test.each([
  ['eu-west-1', { region: 'eu-west-1', endpoint: '' }],
  ['s3.eu-west-1.amazonaws.com', { region: 'eu-west-3', endpoint: 'https://s3.eu-west-1.amazonaws.com' }],
  ['http://127.0.0.1:9000', { region: 'eu-west-3', endpoint: 'http://127.0.0.1:9000' }],
  ['', { region: 'eu-west-3', endpoint: 'https://s3.example.com' }],
])('regionOrEndpoint %j', (regionOrEndpoint, place) => {
  expect(read({ regionOrEndpoint }).params).toMatchObject(place)
})

test.each([
  ['', '/'],
  ['lake', '/lake/'],
  ['/a/b', '/a/b/'],
  ['//', '/'],
])('chroot %j', (chroot, root) => {
  expect(read({ chroot }).params.root).toBe(root)
})

test('a new secret is read, and an empty one or the mark leaves it', () => {
  expect(read({ secretKey: 'new' }).secret).toBe('new')
  for (const secretKey of [SECRET_MARK, '', null]) expect(read({ secretKey }).secret).toBeUndefined()
})

test('what nobody here knows is kept, but no secret', () => {
  const { kept } = read({ hdfsInterface: 'S3A' }, LAKE, { allowManagedFolders: true })
  expect(kept).toEqual({ top: { allowManagedFolders: true }, params: { hdfsInterface: 'S3A' } })
  expect(() => read({ proxyPassword: 'x' })).toThrow('proxyPassword')
  expect(() => read({ custom: [{ apiToken: 'x' }] })).toThrow('apiToken')
  expect(() => read({}, LAKE, { adminSecret: 'x' })).toThrow('adminSecret')
  expect(read({ customAWSCredentialsProviderParams: [] }).kept.params).toEqual({
    customAWSCredentialsProviderParams: [],
  })
})

test('another type is refused', () => {
  expect(dssConnection.safeParse({ type: 'PostgreSQL' }).success).toBe(false)
})
