import { expect, test } from 'vitest'
import { readConfig } from './config'

const KEY = Buffer.alloc(32, 7).toString('base64')
const env = {
  DATABASE_URL: 'postgresql://127.0.0.1/launchpad',
  LAUNCHPAD_URL: 'https://launchpad.example',
  LAUNCHPAD_MASTER_KEY: KEY,
  LAUNCHPAD_AUTH_SECRET: 'a'.repeat(32),
  LAUNCHPAD_S3_ACCESS_KEY_ID: 'writer',
  LAUNCHPAD_S3_SECRET_ACCESS_KEY: 'secret',
  LAUNCHPAD_S3_READER_ACCESS_KEY_ID: 'reader',
  LAUNCHPAD_S3_READER_SECRET_ACCESS_KEY: 'secret',
}

test('what is not said has its default', () => {
  expect(readConfig(env)).toMatchObject({
    entitlement: 'customer',
    previousMasterKey: null,
    allowedEndpoints: [],
    allowEnvironmentCredentials: false,
    store: { endpoint: undefined, region: 'us-east-1', bucket: 'launchpad' },
  })
  expect(
    readConfig({ ...env, LAUNCHPAD_ALLOWED_ENDPOINTS: ' 10.0.0.0/8, ,minio:9000 ' }).allowedEndpoints,
  ).toEqual(['10.0.0.0/8', 'minio:9000'])
})

test('a variable that is there but empty is not said', () => {
  expect(readConfig({ ...env, LAUNCHPAD_MASTER_KEY_PREVIOUS: '', LAUNCHPAD_ENTITLEMENT: '' })).toMatchObject({
    previousMasterKey: null,
    entitlement: 'customer',
  })
})

test.each([
  ['LAUNCHPAD_MASTER_KEY', Buffer.alloc(31).toString('base64')],
  ['LAUNCHPAD_MASTER_KEY', `${KEY.slice(0, -2)}%%`],
  ['LAUNCHPAD_MASTER_KEY', undefined],
  ['LAUNCHPAD_AUTH_SECRET', 'short'],
  ['LAUNCHPAD_URL', 'launchpad.example'],
  ['LAUNCHPAD_ENTITLEMENT', 'free'],
])('a wrong %s is refused by name, and not repeated', (name, value) => {
  expect(() => readConfig({ ...env, [name]: value })).toThrow(
    new RegExp(`${name} (is|has to be|has to have) `),
  )
  const secret = value ?? 'undefined'
  try {
    readConfig({ ...env, [name]: value })
  } catch (error) {
    if (name.endsWith('KEY') && value) expect(String(error)).not.toContain(secret)
  }
})
