import { createHash } from 'node:crypto'
import type http from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { Failure } from '#lib/domain/errors'
import { failureOf } from '#lib/server/testing/failure-of'
import { gather, LOOPBACK, openTestStore, policyOf, serve } from '#lib/server/testing/loopback-store'
import { agentsFor } from './endpoint-guard'
import { type S3Settings, s3For } from './s3-clients'
import { DEFAULT_TIMEOUTS } from './types'

afterEach(() => vi.unstubAllEnvs())

const OBJECT = { 'last-modified': new Date(0).toUTCString(), etag: '"e"' }

describe('what the SDK sends', () => {
  it('takes nothing from the environment', async () => {
    const elsewhere = vi.fn()
    const other = await serve((_, response) => {
      elsewhere()
      response.end()
    })
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKAMBIENT')
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'ambient')
    vi.stubEnv('AWS_REGION', 'ap-south-1')
    vi.stubEnv('AWS_ENDPOINT_URL', other)
    vi.stubEnv('AWS_ENDPOINT_URL_S3', other)
    vi.stubEnv('AWS_USE_FIPS_ENDPOINT', 'true')
    vi.stubEnv('AWS_USE_DUALSTACK_ENDPOINT', 'true')
    vi.stubEnv('AWS_MAX_ATTEMPTS', '7')
    const seen: http.IncomingHttpHeaders[] = []
    const endpoint = await serve((request, response) => {
      seen.push(request.headers)
      response.writeHead(503).end()
    })
    await failureOf(openTestStore(endpoint).head('/a'))
    expect(seen).toHaveLength(1)
    expect(seen[0]?.authorization).toMatch(/Credential=AKTEST\/\d{8}\/us-east-1\/s3\/aws4_request/)
    expect(elsewhere).not.toHaveBeenCalled()
  })

  it('adds checksums only where the connection asks for them, and never waits to be told to go on', async () => {
    const seen: http.IncomingHttpHeaders[] = []
    const endpoint = await serve((request, response) => {
      seen.push(request.headers)
      request.resume().on('end', () => response.end())
    })
    for (const checksumMode of ['WHEN_REQUIRED', 'WHEN_SUPPORTED'] as const) {
      const store = openTestStore(endpoint, { target: { checksumMode } })
      await store.put({ path: '/a', body: Buffer.alloc(3 * 1024 * 1024) })
    }
    const [required, supported] = seen
    expect(Object.keys(required ?? {}).filter((name) => name.includes('checksum'))).toEqual([])
    expect(supported?.['x-amz-checksum-crc32']).toMatch(/=$/)
    expect(required).toMatchObject({ 'content-length': '3145728', 'if-none-match': '*' })
    expect(required?.expect).toBeUndefined()
  })

  it('keeps its sockets from call to call', async () => {
    const sockets = new Set<unknown>()
    const endpoint = await serve((request, response) => {
      sockets.add(request.socket)
      response.writeHead(200, { ...OBJECT, 'content-length': 3 }).end('abc')
    })
    const store = openTestStore(endpoint, { target: { checksumMode: 'WHEN_SUPPORTED' } })
    const readTen = async () => {
      for (let n = 0; n < 10; n++) await gather((await store.getStream({ path: '/a' })).bytes)
    }
    await Promise.all([readTen(), readTen(), readTen(), readTen()])
    expect(sockets.size).toBeLessThanOrEqual(4)
  })

  it('sends reads again twice and writes never', async () => {
    const calls: string[] = []
    const endpoint = await serve((request, response) => {
      calls.push(request.method ?? '')
      response.writeHead(500).end()
    })
    const store = openTestStore(endpoint, { timeouts: { retries: 2 } })
    await failureOf(store.head('/a'))
    await failureOf(store.put({ path: '/a', body: Buffer.from('x') }))
    expect(calls).toEqual(['HEAD', 'HEAD', 'HEAD', 'PUT'])
  })

  it('does not follow a redirect of an object, wherever it leads', async () => {
    const followed = vi.fn()
    const other = await serve((_, response) => {
      followed()
      response.end()
    })
    const endpoint = await serve((_, response) =>
      response
        .writeHead(307, { location: `${other}/logs/a` })
        .end('<Error><Code>TemporaryRedirect</Code></Error>'),
    )
    const store = openTestStore(endpoint)
    expect((await failureOf(store.getStream({ path: '/a' }))).details.reason).toBe('redirect')
    expect((await failureOf(store.put({ path: '/a', body: Buffer.from('x') }))).details.reason).toBe(
      'redirect',
    )
    expect(followed).not.toHaveBeenCalled()
  })

  it('reaches no address that is not allowed', async () => {
    const reached = vi.fn()
    const endpoint = await serve((_, response) => {
      reached()
      response.end()
    })
    const byName = endpoint.replace('127.0.0.1', 'localhost')
    const store = openTestStore(byName, { policy: policyOf('') })
    const runs = [() => store.head('/a'), () => store.getStream({ path: '/a' }), () => store.tryWrite('/')]
    for (const run of runs) {
      expect((await failureOf(run())).details.reason).toBe('endpoint-not-allowed')
    }
    expect((await store.testConnection())[0]).toMatchObject({ step: 'reachable', outcome: 'failed' })
    expect(reached).not.toHaveBeenCalled()
  })
})

describe('answers without end or sense', () => {
  it.each([
    ['a refusal', 403],
    ['the start of an upload', 200],
  ])('stops reading %s', async (_, status) => {
    const endpoint = await serve((_request, response) => {
      response.writeHead(status).write('<Error>')
      const more = () => {
        if (!response.destroyed) response.write('<a>x</a>'.repeat(10_000), more)
      }
      more()
    })
    expect((await failureOf(openTestStore(endpoint).tryWrite('/'))).message).toContain('too large')
  })

  it.each([
    ['a web page', '<html><body>Sign in</body></html>'],
    ['JSON', '{"UploadId":"1"}'],
    ['deep XML', '<a>'.repeat(20_000)],
  ])('takes no %s for the start of an upload', async (_, body) => {
    const endpoint = await serve((_request, response) => response.end(body))
    expect((await failureOf(openTestStore(endpoint).tryWrite('/'))).details.reason).toBe('not-s3')
  })

  it('takes no object without size or with a date that is none', async () => {
    let closed = 0
    const endpoint = await serve((request, response) => {
      request.socket.once('close', () => closed++)
      if (request.url?.startsWith('/logs/size')) response.writeHead(200, OBJECT)
      else response.writeHead(200, { 'content-length': 9, 'last-modified': 'yesterday' })
      response.write('x')
    })
    for (const path of ['/size', '/date']) {
      const failure = await failureOf(openTestStore(endpoint).getStream({ path }))
      expect(failure.details.reason).toBe('not-s3')
    }
    await vi.waitFor(() => expect(closed).toBe(2))
  })
})

describe('bytes of an object', () => {
  it('waits for a slow reader, and not for a silent store', async () => {
    const endpoint = await serve((request, response) => {
      const size = 4 * 1024 * 1024
      response.writeHead(200, { ...OBJECT, 'content-length': size })
      if (request.url?.startsWith('/logs/silent')) response.write('x'.repeat(10))
      else response.end(Buffer.alloc(size))
    })
    const store = openTestStore(endpoint, { timeouts: { idleMs: 60 } })
    let size = 0
    for await (const chunk of (await store.getStream({ path: '/slow' })).bytes) {
      if (size === 0) await sleep(250)
      size += chunk.length
    }
    expect(size).toBe(4 * 1024 * 1024)
    const silent = await store.getStream({ path: '/silent' })
    expect((await failureOf(gather(silent.bytes))).details).toMatchObject({
      reason: 'answer-timeout',
      offset: 10,
    })
  })

  it('holds them against the checksum that the store tells', async () => {
    const body = Buffer.from('not what was stored')
    const endpoint = await serve((_, response) => {
      const checksum = createHash('sha256').update('what was stored').digest('base64')
      response.writeHead(200, { ...OBJECT, 'content-length': body.length, 'x-amz-checksum-sha256': checksum })
      response.end(body)
    })
    const read = async (checksumMode: 'WHEN_SUPPORTED' | 'WHEN_REQUIRED') => {
      const object = await openTestStore(endpoint, { target: { checksumMode } }).getStream({ path: '/a' })
      return gather(object.bytes)
    }
    expect((await failureOf(read('WHEN_SUPPORTED'))).details).toMatchObject({
      reason: 'checksum-mismatch',
      where: '/a',
    })
    expect(Buffer.concat(await read('WHEN_REQUIRED'))).toEqual(body)
  })

  it.each(['WHEN_SUPPORTED', 'WHEN_REQUIRED'] as const)(
    'end with the permit, be they read or not (%s)',
    async (checksumMode) => {
      const endpoint = await serve((_, response) => {
        response.writeHead(200, { ...OBJECT, 'content-length': 100, 'x-amz-checksum-crc32': 'AAAAAA==' })
        response.write('x')
      })
      const controller = new AbortController()
      const store = openTestStore(endpoint, { target: { checksumMode }, signal: controller.signal })
      const object = await store.getStream({ path: '/a' })
      const closed = await store.getStream({ path: '/b' })
      closed.close()
      const reason = new Failure('forbidden', 'Your access ended', { reason: 'access-ended' })
      controller.abort(reason)
      // Long enough for an error that nobody hears to end the process.
      await sleep(20)
      expect(await failureOf(gather(object.bytes))).toBe(reason)
    },
  )
})

describe('clients', () => {
  const settings: S3Settings = {
    origin: new URL('http://127.0.0.1:9'),
    region: 'us-east-1',
    bucketInPath: true,
    checksumMode: 'WHEN_REQUIRED',
    agents: agentsFor(LOOPBACK, 123),
    timeouts: DEFAULT_TIMEOUTS,
  }
  const keys = { accessKeyId: 'AK', secretAccessKey: 'secret' }

  it('are shared by equal settings and keys alone', async () => {
    const { s3 } = await s3For(settings, { ...keys })
    expect((await s3For({ ...settings }, { ...keys })).s3).toBe(s3)
    const others = [
      await s3For(settings, { ...keys, secretAccessKey: 'other' }),
      await s3For(settings, { ...keys, sessionToken: 'token' }),
      await s3For(settings, undefined),
      await s3For({ ...settings, region: 'eu-west-1' }, keys),
      await s3For({ ...settings, bucketInPath: false }, keys),
      await s3For({ ...settings, checksumMode: 'WHEN_SUPPORTED' }, keys),
      await s3For({ ...settings, origin: new URL('http://127.0.0.1:10') }, keys),
      await s3For({ ...settings, agents: agentsFor(LOOPBACK, 124) }, keys),
    ]
    expect(new Set([s3, ...others.map((other) => other.s3)]).size).toBe(others.length + 1)
  })

  it('go when many others came, and leave the sockets to those that stay', async () => {
    const { s3 } = await s3For(settings, keys)
    const destroyed = vi.spyOn(s3, 'destroy')
    const agents = [settings.agents.http, settings.agents.https].map((agent) => vi.spyOn(agent, 'destroy'))
    for (let n = 0; n < 64; n++) await s3For(settings, { ...keys, accessKeyId: `AK${n}` })
    expect(destroyed).toHaveBeenCalledOnce()
    for (const agent of agents) expect(agent).not.toHaveBeenCalled()
    expect((await s3For(settings, keys)).s3).not.toBe(s3)
  })
})
