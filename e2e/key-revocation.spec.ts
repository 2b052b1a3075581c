import { get as httpGet } from 'node:http'
import { PutObjectCommand } from '@aws-sdk/client-s3'
import { lineDefinition } from './support/definitions'
import { type Credential, send, signInByHttp, succeed } from './support/http'
import { createLake, setPermissions } from './support/matrix/scene'
import { createTargets, type Targets } from './support/matrix/targets'
import { pauseStore } from './support/pause-store'
import { expect, test } from './support/test'

/** Whatever a key has begun ends with it: its stream, its job, and its next request. */
test.use({ start: { command: ['demo', '--empty'] } })

const WITHIN_MS = 5_000

let admin: Credential
let make: Targets
let designers: string
let projectKey: string

test.beforeAll(async ({ launchpad, behind }) => {
  const { url } = launchpad
  admin = await signInByHttp(url, launchpad.demo().admin)
  make = createTargets(url, admin)
  const { groups } = (await make.get('/api/groups')) as { groups: { id: string; name: string }[] }
  designers = groups.find(({ name }) => name === 'designers')?.id ?? ''
  const { writer } = behind
  const Body = `${'a record of a hundred characters '.repeat(3)}\n`.repeat(500_000)
  await writer.client.send(new PutObjectCommand({ Bucket: writer.bucket, Key: 'lake/large.log', Body }))
  await createLake(url, admin, behind, designers)
  // Members of the project may read, whoever uses the connection.
  await setPermissions(url, admin, 'lake', {
    usableBy: 'everyone',
    grants: [],
    detailsBy: 'nobody',
    detailsGroups: [],
    readRequired: false,
    hidden: false,
  })
  projectKey = await make.project(designers)
  const body = { name: 'large', definition: lineDefinition('lake') }
  await make.post(`/api/projects/${projectKey}/datasets`, body)
})

const KINDS: Record<string, (analyst: Credential) => Promise<{ id: string; secret: string }>> = {
  personal: async (analyst) => make.personalKey(analyst),
  'global, with groups': async () =>
    keyOf(await make.post('/api/keys/global', { label: 'nightly', groupIds: [designers] })),
  'global, of administrators': async () =>
    keyOf(await make.post('/api/keys/global', { label: 'operations', admin: true })),
  project: async () =>
    keyOf(await make.post(`/api/projects/${projectKey}/keys`, { label: 'pipeline', level: 'write' })),
}

const keyOf = ({ id, secret }: Record<string, unknown>) => ({ id: String(id), secret: String(secret) })

for (const [kind, makeKey] of Object.entries(KINDS)) {
  test(`a revoked key (${kind}) ends its stream, its job and its next request within five seconds`, async ({
    launchpad,
  }) => {
    const { url, home } = launchpad
    const key = await makeKey(await signInByHttp(url, launchpad.demo().analyst))
    const as = { token: key.secret }
    const dataset = `/api/projects/${projectKey}/datasets/large`
    const stream = await openStream(url, `/dip/publicapi/projects/${projectKey}/datasets/large/data/`, as)
    const proceed = pauseStore(home)
    try {
      const { jobId } = (
        await succeed(url, { method: 'POST', path: `${dataset}/metrics`, body: {}, as })
      ).json()
      const job = async () => make.get(`/api/jobs/${jobId}`)
      await expect.poll(async () => (await job()).state).toBe('running')
      await succeed(url, { method: 'DELETE', path: `/api/keys/${key.id}`, as: admin })
      const startedMs = Date.now()
      expect((await send(url, { method: 'GET', path: '/api/projects', as })).status).toBe(401)
      await expect
        .poll(async () => (await job()).state, { timeout: WITHIN_MS, intervals: [100] })
        .toBe('failed')
      expect((await job()).error).toMatchObject({ code: 'conflict', reason: 'caller-ended' })
      expect(await stream.outcome).toBe('broken off')
      expect(Date.now() - startedMs).toBeLessThan(WITHIN_MS)
    } finally {
      proceed()
    }
  })
}

/** Takes the first bytes of a stream and goes on taking; tells how it ends. */
function openStream(origin: string, path: string, { token }: Credential) {
  return new Promise<{ outcome: Promise<'whole' | 'broken off'> }>((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}` }
    httpGet(new URL(path, origin), { headers }, (incoming) => {
      const outcome = new Promise<'whole' | 'broken off'>((settle) => {
        incoming.once('end', () => settle('whole'))
        incoming.once('error', () => settle('broken off'))
      })
      incoming.once('data', () => {
        incoming.pause()
        resolve({ outcome })
        // Slowly enough that it is still under way when the store stands still.
        const taking = setInterval(() => {
          incoming.resume()
          setTimeout(() => incoming.pause(), 1)
        }, 20)
        void outcome.finally(() => clearInterval(taking))
      })
    }).once('error', reject)
  })
}
