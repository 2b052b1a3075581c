import type http from 'node:http'
import net from 'node:net'
import { describe, expect, it } from 'vitest'
import { Failure } from '#lib/domain/errors'
import { failureOf } from '#lib/server/testing/failure-of'
import {
  gather,
  openTestStore,
  serve,
  startServer,
  type TestStoreOptions,
} from '#lib/server/testing/loopback-store'
import { translateNetworkError } from './translate-error'

const PAGE = { prefixPath: '/', maxKeys: 10 }

async function listFailure(handler: http.RequestListener, options?: TestStoreOptions) {
  return failureOf(openTestStore(await serve(handler), options).listPage(PAGE))
}

function xml(code: string, more = '') {
  return `<?xml version="1.0"?>\n<Error><Code>${code}</Code><Message>words</Message>${more}<RequestId>1</RequestId></Error>`
}

describe('answers of a store', () => {
  it.each([
    [404, 'NoSuchBucket', 'no-such-bucket', 'validation_failed'],
    [403, 'InvalidAccessKeyId', 'unknown-access-key', 'validation_failed'],
    [403, 'SignatureDoesNotMatch', 'wrong-secret', 'validation_failed'],
    [403, 'AccessDenied', 'access-denied', 'validation_failed'],
    [403, 'RequestTimeTooSkewed', 'clock-skew', 'unavailable'],
    [301, 'PermanentRedirect', 'wrong-region', 'validation_failed'],
    [400, 'AuthorizationHeaderMalformed', 'wrong-region', 'validation_failed'],
    [503, 'SlowDown', 'slow-down', 'unavailable'],
    [503, '', 'slow-down', 'unavailable'],
    [500, 'InternalError', 'store-error', 'unavailable'],
    [404, 'NoSuchKey', 'object-not-found', 'not_found'],
    [403, 'InvalidObjectState', 'archived', 'conflict'],
    [412, 'PreconditionFailed', 'already-exists', 'conflict'],
    [501, 'NotImplemented', 'not-supported-by-store', 'validation_failed'],
    [400, 'ExpiredToken', 'credential-expired', 'validation_failed'],
    [400, 'Strange', 'store-refused', 'validation_failed'],
  ])('%d %s is %s', async (status, code, reason, kind) => {
    const failure = await listFailure((_, response) => {
      response.writeHead(status, { 'retry-after': '7' })
      response.end(xml(code, '<Region>eu-west-3</Region>'))
    })
    expect(failure.details.reason).toBe(reason)
    expect(failure.kind).toBe(kind)
    expect(failure.details.where).toBe('/')
    expect(failure.details.remedy).toMatch(/\.$/)
    if (reason === 'slow-down') expect(failure.details.retryAfterSeconds).toBe(7)
    if (reason === 'wrong-region') expect(failure.details.remedy).toContain('eu-west-3')
    if (reason === 'access-denied') expect(failure.details.facts).toEqual({ permission: 's3:ListBucket' })
  })

  it('does not follow a redirect', async () => {
    let second = 0
    const other = await serve((_, response) => {
      second++
      response.end()
    })
    const failure = await listFailure((_, response) => response.writeHead(302, { location: other }).end())
    expect(failure.details.reason).toBe('redirect')
    expect(second).toBe(0)
  })

  it.each([
    ['a web page', 200, '<!DOCTYPE html><html><body>Sign in</body></html>'],
    ['JSON', 200, '{"ok":true}'],
    ['nothing', 200, ''],
    ['cut XML', 200, '<ListBucketResult><IsTruncated>fal'],
    ['an XML bomb', 200, '<!DOCTYPE x [<!ENTITY a "aaaa">]><ListBucketResult>&a;</ListBucketResult>'],
    ['an HTML error', 403, '<html>Forbidden</html>'],
    ['deep XML', 200, `<ListBucketResult>${'<a>'.repeat(1000)}`],
    [
      'a bad size',
      200,
      '<ListBucketResult><Contents><Key>a</Key><Size>-1</Size></Contents></ListBucketResult>',
    ],
    [
      'a bad encoding',
      200,
      '<ListBucketResult><EncodingType>url</EncodingType><Contents><Key>%zz</Key></Contents></ListBucketResult>',
    ],
    [
      'truncation without a token',
      200,
      '<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>',
    ],
  ])('names %s as not S3', async (_, status, body) => {
    const failure = await listFailure((_request, response) => response.writeHead(status).end(body))
    expect(failure.details.reason).toBe('not-s3')
  })

  it('says when a store lists outside the prefix', async () => {
    const endpoint = await serve((_, response) => response.end(page(['other/x'])))
    const store = openTestStore(endpoint, { target: { root: 's1/' } })
    expect((await failureOf(store.listPage(PAGE))).message).toContain('outside the prefix')
  })

  it('stops a body without end', async () => {
    const failure = await listFailure(
      (_, response) => {
        response.write('<ListBucketResult>')
        const more = () => {
          if (response.destroyed) return
          response.write('<Name>x</Name>'.repeat(10_000), more)
        }
        more()
      },
      { timeouts: { idleMs: 5_000, answerMs: 5_000 } },
    )
    expect(failure.message).toContain('too large')
  })
})

function page(keys: string[], token?: string): string {
  const entries = keys.map(
    (key) =>
      `<Contents><Key>${key}</Key><LastModified>2026-11-22T10:00:00.000Z</LastModified><Size>1</Size></Contents>`,
  )
  const next = token === undefined ? '' : `<NextContinuationToken>${token}</NextContinuationToken>`
  return `<ListBucketResult><IsTruncated>${token !== undefined}</IsTruncated>${next}${entries.join('')}</ListBucketResult>`
}

describe('listings that never end', () => {
  async function listing(answer: (turn: number) => string) {
    let turn = 0
    const endpoint = await serve((_, response) => response.end(answer(turn++)))
    const store = openTestStore(endpoint)
    return failureOf(gather(store.listAll({ prefixPaths: ['/'], concurrency: 1 })))
  }

  it('refuses a repeated token', async () => {
    const failure = await listing((turn) => page([`a${turn}`], 'same'))
    expect(failure.message).toContain('a continuation token repeats')
  })

  it('refuses a token that leads to itself, asked page by page too', async () => {
    const endpoint = await serve((_, response) => response.end(page(['a'], 't')))
    const store = openTestStore(endpoint)
    expect(await store.listPage(PAGE)).toMatchObject({ nextToken: 't' })
    const again = failureOf(store.listPage({ ...PAGE, continuationToken: 't' }))
    expect((await again).message).toContain('a continuation token repeats')
  })

  it('refuses repeated pages under new tokens', async () => {
    expect((await listing((turn) => page(['a', 'b'], `t${turn}`))).message).toContain('its pages repeat')
  })

  it.each([
    ['any', ['a', 'c', 'b', 'd']],
    ['those of UTF-16', ['a', '\u{1f600}', '\ufffd']],
  ])('refuses keys out of order where it would jump over some: %s', async (_, keys) => {
    const endpoint = await serve((_, response) => response.end(page(keys, 't')))
    const listing = openTestStore(endpoint).listAll({
      prefixPaths: ['/'],
      concurrency: 1,
      mayHold: (folder) => folder === '/',
    })
    expect((await failureOf(gather(listing))).message).toContain('its keys are not in order')
  })

  it('refuses empty pages without end', async () => {
    expect((await listing((turn) => page([], `t${turn}`))).message).toContain('never end')
  })
})

describe('connections', () => {
  it('names silence', async () => {
    const failure = await listFailure(() => undefined)
    expect(failure.details.reason).toBe('answer-timeout')
  })

  it('names a drip', async () => {
    const failure = await listFailure(
      (_, response) => {
        const timer = setInterval(() => response.write(' '), 20)
        response.on('close', () => clearInterval(timer))
      },
      { timeouts: { answerMs: 300 } },
    )
    expect(failure.details.reason).toBe('answer-timeout')
  })

  it('names a reset, and a hang-up in the middle of an object with its offset', async () => {
    const failure = await listFailure((request) => request.socket.resetAndDestroy())
    expect(failure.details.reason).toBe('connection-reset')
    const endpoint = await serve((_, response) => {
      response.writeHead(200, { 'content-length': 100, 'last-modified': new Date(0).toUTCString() })
      response.write('x'.repeat(40), () => setTimeout(() => response.destroy(), 20))
    })
    const object = await openTestStore(endpoint).getStream({ path: '/a' })
    const cut = await failureOf(gather(object.bytes))
    expect(cut.details).toMatchObject({ reason: 'connection-reset', where: '/a', offset: 40 })
  })

  it('names a closed port, an unknown name, and no HTTP', async () => {
    const closed = await startServer(() => undefined)
    await closed.close()
    expect((await failureOf(openTestStore(closed.endpoint).listPage(PAGE))).details.reason).toBe(
      'connection-refused',
    )
    const notFound = Object.assign(new Error(), { code: 'ENOTFOUND' })
    expect(translateNetworkError(notFound, '/', AbortSignal.any([])).details.reason).toBe('host-not-found')
    const telnet = net.createServer((socket) => socket.resume().end('hello\r\n'))
    await new Promise<void>((resolve) => telnet.listen(0, '127.0.0.1', resolve))
    const port = (telnet.address() as net.AddressInfo).port
    expect((await failureOf(openTestStore(`http://127.0.0.1:${port}`).listPage(PAGE))).details.reason).toBe(
      'not-s3',
    )
    expect((await failureOf(openTestStore(`https://127.0.0.1:${port}`).listPage(PAGE))).details.reason).toBe(
      'tls',
    )
    await new Promise((resolve) => telnet.close(resolve))
  })

  it('tries reads again after a passing fault', async () => {
    let calls = 0
    const endpoint = await serve((_, response) => {
      calls++
      if (calls < 3) response.writeHead(503).end(xml('SlowDown'))
      else response.end(page(['a']))
    })
    const store = openTestStore(endpoint, { timeouts: { retries: 2 } })
    expect((await store.listPage(PAGE)).objects.map(({ path }) => path)).toEqual(['/a'])
    expect(calls).toBe(3)
  })
})

describe('a permit that ends', () => {
  it('ends a running call with its own reason', async () => {
    const controller = new AbortController()
    const store = openTestStore(await serve(() => undefined), {
      signal: controller.signal,
      timeouts: { idleMs: 5_000 },
    })
    const call = failureOf(store.listPage(PAGE))
    const reason = new Failure('forbidden', 'Your access ended', { reason: 'access-ended' })
    setTimeout(() => controller.abort(reason), 20)
    expect(await call).toBe(reason)
    expect(await failureOf(store.head('/a'))).toBe(reason)
  })

  it('names a deadline', async () => {
    const store = openTestStore(await serve(() => undefined), {
      signal: AbortSignal.timeout(20),
      timeouts: { idleMs: 5_000 },
    })
    expect((await failureOf(store.listPage(PAGE))).details.reason).toBe('deadline')
  })
})
