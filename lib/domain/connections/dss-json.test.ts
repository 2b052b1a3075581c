import { expect, test } from 'vitest'
import { dssConnection, fromDssConnection, SECRET_MARK, toDssParams, toDssPath } from './dss-json'
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
  ['', { region: 'eu-west-3', endpoint: '' }],
  [null, { region: 'eu-west-3', endpoint: 'https://s3.example.com' }],
  ['localhost:9000', { region: 'eu-west-3', endpoint: 'https://localhost:9000' }],
])('regionOrEndpoint %j', (regionOrEndpoint, place) => {
  expect(read({ regionOrEndpoint }).params).toMatchObject(place)
})

const PARIS = { ...LAKE, endpoint: '' }

test.each([
  [{ region: 'us-east-1' }, 'us-east-1'],
  [{ regionOrEndpoint: 'eu-west-3', region: 'us-east-1' }, 'us-east-1'],
  [{ regionOrEndpoint: 'us-east-1', region: 'eu-west-3' }, 'us-east-1'],
  [{ regionOrEndpoint: '', region: 'us-east-1' }, 'us-east-1'],
  [{ regionOrEndpoint: 'us-east-1', region: 'us-east-1' }, 'us-east-1'],
])('of the region that is told twice, the one that was changed counts: %j', (params, region) => {
  expect(read(params, PARIS).params).toMatchObject({ region, endpoint: '' })
})

test.each([
  [{ regionOrEndpoint: 'eu_west_1' }, 'params.regionOrEndpoint'],
  [{ regionOrEndpoint: 'EU-West-1' }, 'params.regionOrEndpoint'],
  [{ regionOrEndpoint: 'us-east-1', region: 'eu-west-1' }, 'params.region'],
  [{ regionOrEndpoint: `https://${'x'.repeat(300)}.example` }, 'params.regionOrEndpoint'],
  [{ stsRoleToAssume: 'x'.repeat(2_049) }, 'params.stsRoleToAssume'],
  [{ chroot: 'x'.repeat(1_000) }, 'params.chroot'],
  [{ defaultManagedPath: 'x'.repeat(1_001) }, 'params.defaultManagedPath'],
  [{ chbucket: 'x'.repeat(64) }, 'params.chbucket'],
  [{ accessKey: 'x'.repeat(129) }, 'params.accessKey'],
  [{ encryptionMode: 'NONE', encryptionKeyId: 'another' }, 'params.encryptionKeyId'],
  [{ allowedPrefixes: ['x'.repeat(1_000)] }, 'params.allowedPrefixes.0'],
])('%j is refused by the path as it was sent', (params, path) => {
  for (const base of [PARIS, LAKE]) {
    const result = fromDssConnection(dssConnection.parse({ params }), base)
    expect(result.ok ? [] : result.issues.map((issue) => toDssPath(issue.path ?? []).join('.'))).toEqual([
      path,
    ])
  }
  expect(fromDssConnection(dssConnection.parse({ params })).ok).toBe(false)
})

test.each([
  ['', '/'],
  ['lake', '/lake/'],
  ['/a/b', '/a/b/'],
  ['//', '/'],
])('chroot %j', (chroot, root) => {
  expect(read({ chroot }).params.root).toBe(root)
})

test.each([
  [{}, { kind: 'sse-kms', keyId: 'k1' }],
  [{ encryptionMode: 'SSE_KMS' }, { kind: 'sse-kms', keyId: 'k1' }],
  [{ encryptionKeyId: 'k2' }, { kind: 'sse-kms', keyId: 'k2' }],
  [{ encryptionKeyId: '' }, { kind: 'sse-kms' }],
  [{ encryptionMode: 'NONE', encryptionKeyId: 'k1' }, { kind: 'none' }],
])('encryption %j', (params, encryption) => {
  expect(read(params).params.encryption).toEqual(encryption)
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
  for (const name of ['passphrase', 'sseCKey', 'sse_c_key', 'connectionString', 'connString', 'privateKey'])
    expect(() => read({ [name]: 'x' })).toThrow(name)
  const property = (value: string, secret: boolean) => ({ dkuProperties: [{ name: 'p', value, secret }] })
  expect(() => read(property('x', true))).toThrow('value')
  expect(() => read({ jdbc: { url: 'postgres://user:pw@db.example.com/a' } })).toThrow('url')
  for (const kept of [property('x', false), property('', true), { url: 'https://a.example.com/b:c@d' }])
    expect(read(kept).kept.params).toEqual(kept)
  expect(read({ customAWSCredentialsProviderParams: [] }).kept.params).toEqual({
    customAWSCredentialsProviderParams: [],
  })
})

test('another type is refused', () => {
  expect(dssConnection.safeParse({ type: 'PostgreSQL' }).success).toBe(false)
})
