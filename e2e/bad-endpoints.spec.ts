import { storeParams } from './support/definitions'
import { MISBEHAVIOURS, type Misbehaviour, startHostile } from './support/hostile'
import { type Credential, send, signInByHttp } from './support/http'
import { expect, test } from './support/test'

test.use({
  start: { command: ['demo', '--empty'], env: { LAUNCHPAD_ALLOWED_ENDPOINTS: '127.0.0.1/32' } },
})

interface Tested {
  ok: boolean
  durationMs: number
  steps: { step: string; outcome: string; message: string; remedy?: string }[]
}

let as: Credential
test.beforeAll(async ({ launchpad }) => {
  as = await signInByHttp(launchpad.url, launchpad.demo().admin)
})

/** The first step of a test that failed, of settings that are not saved. */
async function testSettings(
  origin: string,
  params: unknown,
  secret = 'a-secret-of-forty-characters-0123456789',
) {
  const answer = await send(origin, {
    method: 'POST',
    path: '/api/connections/test',
    body: { params, secret },
    as,
  })
  expect(answer.status, answer.text).toBe(200)
  const tested = answer.json() as unknown as Tested
  expect(tested.ok).toBe(false)
  return { ...tested, failed: tested.steps.find(({ outcome }) => outcome === 'failed') }
}

test('a bucket that does not exist is named as that, on the page', async ({
  page,
  launchpad,
  behind,
  signIn,
}) => {
  await signIn(page, launchpad.demo().admin)
  await page.goto('/launchpad/connections')
  await page.getByRole('link', { name: 'Add a connection' }).click()
  await page.getByLabel('Name', { exact: true }).fill('lake')
  await page.getByLabel('Store', { exact: true }).selectOption('other')
  await page.getByLabel('Endpoint').fill(behind.writer.endpoint)
  await page.getByLabel('Access key').fill(behind.writer.accessKeyId)
  await page.getByLabel('Secret').fill(behind.writer.secretAccessKey)
  await page.getByLabel('Bucket', { exact: true }).fill('no-such-bucket')
  await page.getByRole('button', { name: 'Test', exact: true }).click()
  await expect(page.getByText('The bucket does not exist')).toBeVisible()
  await page.getByLabel('Bucket', { exact: true }).fill(behind.writer.bucket)
  await page.getByLabel('Secret').fill('not-the-secret-of-this-key')
  await page.getByRole('button', { name: 'Test', exact: true }).click()
  await expect(page.getByText('The secret does not belong to the access key')).toBeVisible()
  await page.getByLabel('Access key').fill('LPNOBODY')
  await page.getByRole('button', { name: 'Test', exact: true }).click()
  await expect(page.getByText('The store does not know this access key')).toBeVisible()
})

const SAID: Record<Misbehaviour, RegExp> = {
  hangs: /did not answer in time|cannot be reached in time/,
  resets: /closed the connection/,
  'answers HTML': /not.*S3|S3/,
  'redirects to the metadata address': /redirects elsewhere, which is not followed/,
}

for (const kind of Object.keys(MISBEHAVIOURS) as Misbehaviour[]) {
  test(`an endpoint that ${kind} gets its message in time`, async ({ launchpad, behind }) => {
    const hostile = await startHostile(kind)
    try {
      const { failed, durationMs } = await testSettings(launchpad.url, {
        ...storeParams(behind.writer),
        endpoint: hostile.endpoint,
      })
      expect(failed?.message).toMatch(SAID[kind])
      expect(failed?.remedy).toBeTruthy()
      expect(durationMs).toBeLessThan(3_000)
    } finally {
      await hostile.close()
    }
  })
}

test.describe('private and metadata addresses are refused in any spelling, also when saved', () => {
  for (const host of [
    '10.0.0.1',
    '192.168.1.1',
    '172.16.0.1',
    '100.64.0.1',
    '127.0.0.2',
    '127.1.1.1',
    '[::1]',
    '[fd00::1]',
    '[::ffff:10.0.0.1]',
    '[64:ff9b::10.0.0.1]',
    '[2002:a00:1::]',
    '0x0a000001',
    '167772161',
    '012.0.0.1',
    '10.1',
    '0.0.0.0',
    '169.254.169.254',
    '2852039166',
    '0xa9fea9fe',
    '0251.0376.0251.0376',
    '169.254.43518',
    '[::ffff:169.254.169.254]',
    '[64:ff9b::a9fe:a9fe]',
    '[fe80::1]',
    '[fd00:ec2::254]',
    '224.0.0.1',
  ]) {
    test(host, async ({ launchpad, behind }) => {
      const params = { ...storeParams(behind.writer), endpoint: `http://${host}` }
      for (const path of ['/api/connections', '/api/connections/test']) {
        const body = { name: 'forbidden', params, secret: 'a-secret' }
        const answer = await send(launchpad.url, { method: 'POST', path, body, as })
        expect(answer.status, answer.text).toBe(422)
        expect(answer.json()).toMatchObject({
          details: { reason: 'endpoint-not-allowed', issues: [{ path: ['params', 'endpoint'] }] },
        })
      }
      expect(await behind.query('SELECT 1 FROM connection')).toEqual([])
    })
  }
})

test('a name that leads to a private address is refused when it is looked up', async ({
  launchpad,
  behind,
}) => {
  const { failed } = await testSettings(launchpad.url, {
    ...storeParams(behind.writer),
    endpoint: 'http://ip6-localhost:9000',
  })
  expect(failed?.message).toMatch(/address that is not allowed|name of the endpoint/)
})

test('what is no endpoint at all is refused with what is wrong', async ({ launchpad, behind }) => {
  for (const [endpoint, reason] of [
    ['s3.example.com', 'not-a-url'],
    ['ftp://s3.example.com', 'endpoint-protocol'],
    ['https://me:secret@s3.example.com', 'endpoint-credentials'],
    ['https://s3.example.com/bucket', 'endpoint-path'],
  ]) {
    const params = { ...storeParams(behind.writer), endpoint }
    const body = { name: 'wrong', params, secret: 'a-secret' }
    const answer = await send(launchpad.url, { method: 'POST', path: '/api/connections', body, as })
    expect(answer.json(), endpoint).toMatchObject({ status: 422, details: { reason } })
  }
})
