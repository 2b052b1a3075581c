import { describe, expect, test } from 'vitest'
import { checkParams } from './check-params'
import { PUBLIC_ONLY } from './endpoint'
import { parseConnectionName } from './name'
import { NEW_PARAMS, type OwnParams, voidsSecret } from './params'
import { completeSteps, missingPermission, summarizeTest, type TestStep } from './test-result'

const GOOD: OwnParams = { ...NEW_PARAMS, accessKeyId: 'AKIA3W7LAKERAW0EXMPL', bucket: 'acme-lake-raw' }
const RULES = { endpoints: PUBLIC_ONLY, environmentAllowed: false }

describe('settings', () => {
  test.each<[string, Partial<OwnParams>, string]>([
    ['no access key', { accessKeyId: '' }, 'accessKeyId'],
    ['no role', { credentials: 'STS_ASSUME_ROLE', roleArn: 'Reader' }, 'roleArn'],
    ['the server itself', { credentials: 'ENVIRONMENT' }, 'credentials'],
    ['a region that is none', { region: 'eu-west-3.evil.example' }, 'region'],
    ['the metadata service', { endpoint: 'http://0xa9fea9fe' }, 'endpoint'],
    ['loopback that is not listed', { endpoint: 'http://localhost.:9000', region: '_' }, 'region'],
    ['a bucket that is none', { bucket: '../x' }, 'bucket'],
    ['a root above itself', { root: '/a/../..' }, 'root'],
    ['a prefix without its slash', { allowedPrefixes: ['logs'] }, 'allowedPrefixes'],
    ['a root in a bucket of free selection', { bucket: '', root: '/a/' }, 'root'],
    ['managed datasets without writing', { allowManagedDatasets: true }, 'allowManagedDatasets'],
  ])('%s is told at its field', (_, change, field) => {
    const checked = checkParams({ ...GOOD, ...change }, RULES)
    expect(checked.ok ? [] : checked.issues.map((issue) => issue.path?.[0])).toEqual([field])
  })

  test('come back in their one spelling', () => {
    const checked = checkParams({ ...GOOD, root: '/landing', allowedPrefixes: ['/b', '/a/', '/b/'] }, RULES)
    expect(checked.ok && [checked.value.root, checked.value.allowedPrefixes]).toEqual([
      '/landing/',
      ['/a/', '/b/'],
    ])
    expect(
      checkParams({ ...GOOD, credentials: 'ENVIRONMENT' }, { ...RULES, environmentAllowed: true }).ok,
    ).toBe(true)
  })

  test.each<[keyof OwnParams, Partial<OwnParams>, boolean]>([
    ['endpoint', { endpoint: 'https://minio.example.com' }, true],
    ['accessKeyId', { accessKeyId: 'AKIAOTHER' }, true],
    ['roleArn', { roleArn: 'arn:aws:iam::1:role/x' }, true],
    ['bucket', { bucket: 'other' }, false],
    ['region', { region: 'eu-west-3' }, false],
  ])('a change of %s voids the secret or not', (_, change, voids) => {
    expect(voidsSecret(GOOD, { ...GOOD, ...change })).toBe(voids)
  })
})

test.each([
  ['lake-raw', true],
  ['dku.audit_log-2', true],
  ['', false],
  ['-x', false],
  ['a b', false],
  ['a\u202Eb', false],
  ['../x', false],
  ['New', false],
  ['x'.repeat(101), false],
])('"%s" is a name: %s', (text, good) => {
  expect(parseConnectionName(text).ok).toBe(good)
})

describe('a test', () => {
  const step = (name: TestStep['step'], outcome: TestStep['outcome'], message = ''): TestStep => ({
    step: name,
    outcome,
    durationMs: 1,
    message,
  })

  test('is summed up by its first failed step, and what was not tried is no success', () => {
    expect(summarizeTest([step('reachable', 'ok'), step('list', 'ok')])).toEqual({
      ok: true,
      message: 'Healthy',
    })
    const failed = [step('reachable', 'ok'), step('read', 'failed'), step('list', 'failed')]
    expect(summarizeTest(failed)).toEqual({ ok: false, message: 'Cannot list' })
    expect(summarizeTest([step('reachable', 'ok')]).ok).toBe(false)
    expect(completeSteps([step('list', 'ok')]).filter((one) => one.outcome === 'ok')).toHaveLength(1)
  })

  test('names the permission that is missing', () => {
    const refused = step('list', 'failed', 'The store refuses s3:ListBucket')
    expect(missingPermission([refused], { bucket: 'acme', root: '/landing/' })?.statement).toEqual({
      Effect: 'Allow',
      Action: 's3:ListBucket',
      Resource: 'arn:aws:s3:::acme',
    })
    expect(missingPermission([step('list', 'ok')], { bucket: 'acme', root: '/' })).toBeNull()
  })
})
