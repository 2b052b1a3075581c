import type http from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventsAbout, makeConnectionScene, permit, selected, storeParams } from '../testing/connection-scene'
import { freshDatabase } from '../testing/database'
import { failureOf } from '../testing/failure-of'
import { type LoopbackServer, startServer } from '../testing/loopback-store'
import { createConnection } from './commands'
import { getDssConnectionInfo } from './dss-connection-info'
import { issueCredential } from './issue-credential'

let drop: () => Promise<void>
let scene: Awaited<ReturnType<typeof makeConnectionScene>>
let sts: LoopbackServer
const asked: URLSearchParams[] = []
const allowed = process.env.LAUNCHPAD_ALLOWED_ENDPOINTS

const SESSION = `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
  <AccessKeyId>ASIASESSION</AccessKeyId><SecretAccessKey>of-the-session</SecretAccessKey><SessionToken>token</SessionToken>
  <Expiration>2999-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`

beforeAll(async () => {
  process.env.LAUNCHPAD_ALLOWED_ENDPOINTS = '127.0.0.0/8'
  drop = await freshDatabase()
  sts = await startServer(answer)
  scene = await makeConnectionScene()
  for (const name of ['role', 'free']) {
    await createConnection(scene.admin, {
      name,
      description: '',
      secret: 'of-the-account',
      params: {
        ...storeParams(),
        credentials: 'STS_ASSUME_ROLE',
        roleArn: 'arn:aws:iam::123456789012:role/reader',
        accessKeyId: 'AKIATESTTESTTEST',
        endpoint: sts.endpoint,
        bucket: name === 'free' ? '' : 'lake',
        root: name === 'free' ? '/' : '/raw/',
      },
    })
    await permit(scene.admin, name, {
      detailsBy: 'selected',
      detailsGroups: [scene.groupId('designers'), scene.groupId('auditors')],
      ...selected(scene.groupId('designers')),
    })
  }
})
afterAll(async () => {
  process.env.LAUNCHPAD_ALLOWED_ENDPOINTS = allowed
  await sts.close()
  await drop()
})

function answer(request: http.IncomingMessage, response: http.ServerResponse): void {
  let body = ''
  request.on('data', (chunk) => {
    body += chunk
  })
  request.on('end', () => {
    asked.push(new URLSearchParams(body))
    response.setHeader('content-type', 'text/xml')
    response.end(SESSION)
  })
}

test('a role gives a session that reaches the connection’s part of the bucket, and its event tells', async () => {
  const info = await getDssConnectionInfo(scene.mira, 'role')
  expect(info).toMatchObject({
    credentialsMode: 'STS_ASSUME_ROLE',
    resolvedAWSCredential: { accessKey: 'ASIASESSION', secretKey: 'of-the-session', sessionToken: 'token' },
  })
  expect(JSON.stringify(info)).not.toContain('of-the-account')
  expect(asked.at(-1)?.get('DurationSeconds')).toBe('900')
  expect(asked.at(-1)?.get('Policy')).toContain('arn:aws:s3:::lake/raw/*')
  const [event] = (await eventsAbout(scene.spaceId, 'role', 'connection-credential-issue')).slice(-1)
  expect(event).toMatchObject({ authUser: 'mira', accessKey: 'ASIASESSION', allowWrite: false })
  expect(JSON.stringify(event)).not.toContain('of-the-session')
})

test('who may read the details and not use it is told why there is none', async () => {
  const before = asked.length
  const info = await getDssConnectionInfo(scene.auditor, 'role')
  expect(info).not.toHaveProperty('resolvedAWSCredential')
  expect(info.params).toMatchObject({ credentialWithheld: expect.stringContaining('Freely usable by') })
  expect((await failureOf(issueCredential(scene.auditor, 'role'))).kind).toBe('forbidden')
  expect((await failureOf(issueCredential(scene.stranger, 'role'))).kind).toBe('not_found')
  expect(asked).toHaveLength(before)
})

test('without a bucket there is nothing to limit a session to', async () => {
  const info = await getDssConnectionInfo(scene.mira, 'free')
  expect(info.params).toMatchObject({ credentialWithheld: expect.stringContaining('bucket') })
})
