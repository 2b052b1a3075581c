import type http from 'node:http'
import { describe, expect, it } from 'vitest'
import { openTestStore, serve } from '#lib/server/testing/loopback-store'
import type { AssumeRoleCredential, TestStep } from './types'

const EMPTY = '<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>'
const entry = (key: string, more = '') =>
  `<Contents><Key>${key}</Key><LastModified>2026-11-22T10:00:00.000Z</LastModified><Size>3</Size>${more}</Contents>`

function stepOf(steps: TestStep[], step: TestStep['step']): TestStep | undefined {
  return steps.find((one) => one.step === step)
}

describe('testConnection', () => {
  it('ends within its budget however long the store hangs', async () => {
    const store = openTestStore(await serve(() => undefined), {
      timeouts: { idleMs: 60_000, answerMs: 60_000 },
    })
    const steps = await store.testConnection({ budgetMs: 100 })
    expect(stepOf(steps, 'reachable')).toMatchObject({
      outcome: 'failed',
      message: 'The store did not answer in time',
    })
    expect(steps.slice(1).every(({ outcome }) => outcome === 'not-tested')).toBe(true)
  })

  it('names a redirect, and a closed port', async () => {
    const redirecting = await serve((_, response) => response.writeHead(302, { location: 'http://x/' }).end())
    const steps = await openTestStore(redirecting).testConnection()
    expect(stepOf(steps, 'reachable')).toMatchObject({
      outcome: 'failed',
      remedy: 'Check the endpoint of the connection.',
    })
  })

  it('names the region that the bucket is in', async () => {
    const endpoint = await serve((_, response) => {
      response.writeHead(301, { 'x-amz-bucket-region': 'eu-west-3' })
      response.end('<Error><Code>PermanentRedirect</Code></Error>')
    })
    const steps = await openTestStore(endpoint).testConnection()
    expect(steps.map(({ step, outcome }) => [step, outcome])).toEqual([
      ['reachable', 'ok'],
      ['credentials', 'not-tested'],
      ['list', 'not-tested'],
      ['read', 'not-tested'],
      ['clock-skew', 'ok'],
      ['region', 'failed'],
    ])
    expect(stepOf(steps, 'region')?.remedy).toBe('Set the region to eu-west-3.')
  })

  it('names clocks that differ', async () => {
    const endpoint = await serve((_, response) => response.end(EMPTY))
    const ahead = new Date(Date.now() + 3_600_000)
    const steps = await openTestStore(endpoint, { now: () => ahead }).testConnection()
    expect(stepOf(steps, 'clock-skew')).toMatchObject({ outcome: 'failed' })
    expect(stepOf(steps, 'clock-skew')?.message).toMatch(
      /^This server's clock is 3[56]\d\d s ahead of the store's$/,
    )
  })

  it('names the permission to list, and the one to read', async () => {
    const denied = '<Error><Code>AccessDenied</Code></Error>'
    const noList = await serve((_, response) => response.writeHead(403).end(denied))
    const listing = await openTestStore(noList).testConnection()
    expect(stepOf(listing, 'credentials')).toMatchObject({ outcome: 'ok' })
    expect(stepOf(listing, 'list')).toMatchObject({
      outcome: 'failed',
      message: 'The store refuses s3:ListBucket',
      remedy: 'Allow s3:ListBucket on arn:aws:s3:::logs in the policy of the key or role.',
    })
    const noRead = await serve((request, response) => {
      if (request.url?.includes('list-type'))
        response.end(EMPTY.replace('</ListB', `${entry('s1/a')}</ListB`))
      else response.writeHead(403).end(denied)
    })
    const reading = await openTestStore(noRead, { target: { root: 's1/' } }).testConnection()
    expect(stepOf(reading, 'read')).toMatchObject({
      outcome: 'failed',
      remedy: 'Allow s3:GetObject on arn:aws:s3:::logs/s1/* in the policy of the key or role.',
    })
  })

  it('does not try archived objects', async () => {
    const archived = entry('a', '<StorageClass>DEEP_ARCHIVE</StorageClass>')
    const endpoint = await serve((_, response) =>
      response.end(EMPTY.replace('</ListB', `${archived}</ListB`)),
    )
    const steps = await openTestStore(endpoint).testConnection()
    expect(stepOf(steps, 'read')).toMatchObject({
      outcome: 'not-tested',
      message: 'The objects found are archived',
    })
  })
})

describe('an assumed role', () => {
  const session = `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
    <AccessKeyId>ASIASESSION</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>token</SessionToken>
    <Expiration>2999-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`

  function role(stsEndpoint: string, roleArn: string, secret = 'secret'): AssumeRoleCredential {
    const source = { kind: 'static' as const, accessKeyId: 'AKSOURCE', openSecret: () => secret }
    return { kind: 'assume-role', roleArn, externalId: 'external-1', source, stsEndpoint }
  }

  it('signs with the session, asked for once per source, role and secret', async () => {
    const asked: string[] = []
    const sts = await serve((request, response) => {
      let body = ''
      request.on('data', (chunk) => {
        body += chunk
      })
      request.on('end', () => {
        asked.push(body)
        response.setHeader('content-type', 'text/xml')
        response.end(session)
      })
    })
    const headers: http.IncomingHttpHeaders[] = []
    const s3 = await serve((request, response) => {
      headers.push(request.headers)
      response.end(EMPTY)
    })
    const arn = 'arn:aws:iam::123456789012:role/reader'
    for (const secret of ['secret', 'secret', 'other']) {
      const store = openTestStore(s3, { target: { credential: role(sts, arn, secret) } })
      await store.listPage({ prefixPath: '/', maxKeys: 1 })
    }
    expect(asked).toHaveLength(2)
    expect(asked[0]).toContain('ExternalId=external-1')
    expect(asked[0]).toContain('DurationSeconds=900')
    expect(headers[0]?.['x-amz-security-token']).toBe('token')
    expect(headers[0]?.authorization).toContain('Credential=ASIASESSION/')
  })

  it('says when the role may not be assumed, and guards the endpoint of the token service', async () => {
    const sts = await serve((_, response) => {
      response.writeHead(403, { 'content-type': 'text/xml' })
      response.end(
        '<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>',
      )
    })
    const s3 = await serve((_, response) => response.end(EMPTY))
    const denied = openTestStore(s3, {
      target: { credential: role(sts, 'arn:aws:iam::123456789012:role/no') },
    })
    const steps = await denied.testConnection()
    expect(stepOf(steps, 'credentials')).toMatchObject({
      outcome: 'failed',
      message: 'The store refuses sts:AssumeRole',
    })
    const metadata = role('http://169.254.169.254', 'arn:aws:iam::123456789012:role/no')
    await expect(
      openTestStore(s3, { target: { credential: metadata } }).listPage({ prefixPath: '/', maxKeys: 1 }),
    ).rejects.toMatchObject({ details: { reason: 'endpoint-not-allowed' } })
  })
})
