import { once } from 'node:events'
import { connect } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import { parseTrustedProxies } from './client-address.mjs'
import { createWebServer, drain, listen } from './http-server.mjs'
import { makeRequestId } from './request-id.mjs'

const url = new URL('https://launchpad.example')
let server

afterEach(async () => {
  if (server?.listening) await drain(server, 0)
})

/** Starts a server around `handler`; a function that sends raw bytes and gives the whole answer. */
async function start(handler, { trusted = '', routes = undefined } = {}) {
  server = createWebServer({ handler, url, routes, trustedProxies: parseTrustedProxies(trusted) })
  const port = await listen(server, { host: '127.0.0.1', port: 0 })
  return async (...lines) => {
    const socket = connect(port, '127.0.0.1')
    socket.write(`${[...lines, 'connection: close'].join('\r\n')}\r\n\r\n`)
    let text = ''
    socket.on('data', (chunk) => {
      text += chunk
    })
    await once(socket, 'close')
    return text
  }
}

const echo = (request, response) => response.end(JSON.stringify(request.headers))
const bodyOf = (answer) => JSON.parse(answer.split('\r\n\r\n')[1].match(/\{.*\}/s)[0])

test('passes on nothing that a caller can forge', async () => {
  const send = await start(echo)
  const answer = await send(
    'GET / HTTP/1.1',
    'host: launchpad.example',
    'x-forwarded-for: 1.2.3.4',
    'X-Forwarded-Host: evil.example',
    'x-forwarded-proto: http',
    'x-real-ip: 1.2.3.4',
    'forwarded: for=1.2.3.4',
    'x-middleware-subrequest: middleware',
    'x-request-id: mine',
    'accept: text/plain',
  )
  const headers = bodyOf(answer)
  expect(headers).toMatchObject({
    'x-forwarded-for': '127.0.0.1',
    'x-forwarded-host': 'launchpad.example',
    'x-forwarded-proto': 'https',
    accept: 'text/plain',
  })
  expect(headers['x-request-id']).toMatch(
    /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  )
  expect(answer).toContain(`x-request-id: ${headers['x-request-id']}\r\n`)
  expect(Object.keys(headers).filter((name) => /real-ip|^forwarded|middleware/.test(name))).toEqual([])
})

test('believes a trusted proxy about the hop before it', async () => {
  const send = await start(echo, { trusted: '127.0.0.0/8' })
  const answer = await send(
    'GET / HTTP/1.1',
    'host: launchpad.example',
    'x-forwarded-for: 1.2.3.4, 198.51.100.7',
  )
  expect(bodyOf(answer)['x-forwarded-for']).toBe('198.51.100.7')
})

test.each([
  ['another host', ['GET / HTTP/1.1', 'host: evil.example'], 421],
  ['another port', ['GET / HTTP/1.1', 'host: launchpad.example:8443'], 421],
  ['two hosts', ['GET / HTTP/1.1', 'host: launchpad.example', 'host: evil.example'], 421],
  ['a name and password in the host', ['GET / HTTP/1.1', 'host: a@launchpad.example'], 421],
  ['no host at all', ['GET / HTTP/1.0'], 421],
  ['a whole address of another host', ['GET http://evil.example/ HTTP/1.1', 'host: launchpad.example'], 421],
  ['one of another port', ['GET http://launchpad.example:81/ HTTP/1.1', 'host: launchpad.example'], 421],
  ['one with a name', ['GET https://a@launchpad.example/ HTTP/1.1', 'host: launchpad.example'], 421],
  [
    'one beside two hosts',
    ['GET http://launchpad.example/ HTTP/1.1', 'host: launchpad.example', 'host: b'],
    421,
  ],
  ['one of another scheme', ['GET ftp://launchpad.example/ HTTP/1.1', 'host: launchpad.example'], 400],
  ['one without a host', ['GET http:///launchpad HTTP/1.1', 'host: launchpad.example'], 400],
  [
    'one with two slashes',
    ['GET http://launchpad.example//evil.example HTTP/1.1', 'host: launchpad.example'],
    404,
  ],
  ['one with dot segments', ['GET http://launchpad.example/a/.. HTTP/1.1', 'host: launchpad.example'], 400],
  ['two slashes', ['GET //evil.example HTTP/1.1', 'host: launchpad.example'], 404],
  ['two slashes within', ['GET /launchpad//users HTTP/1.1', 'host: launchpad.example'], 404],
  ['a backslash', ['GET /\\evil.example HTTP/1.1', 'host: launchpad.example'], 404],
  ['a byte that is no character', ['GET /api/projects/%ff HTTP/1.1', 'host: launchpad.example'], 400],
  ['half a character', ['GET /projects/%E0%A4%A/datasets HTTP/1.1', 'host: launchpad.example'], 400],
  ['half a pair', ['GET /projects/%ED%A0%80/flow HTTP/1.1', 'host: launchpad.example'], 400],
  ['a lone percent sign', ['HEAD /launchpad/% HTTP/1.1', 'host: launchpad.example'], 400],
  ['dot segments', ['GET /launchpad/../users HTTP/1.1', 'host: launchpad.example'], 400],
  ['escaped dot segments', ['GET /api/%2e%2E/users HTTP/1.1', 'host: launchpad.example'], 400],
  ['a half-escaped dot segment', ['GET /api/.%2e HTTP/1.1', 'host: launchpad.example'], 400],
])('turns away %s', async (_, lines, status) => {
  let reached = false
  const send = await start(() => {
    reached = true
  })
  const answer = await send(...lines)
  expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
  expect(answer).toContain('x-content-type-options: nosniff')
  expect(answer).toContain("frame-ancestors 'none'")
  if (!lines[0].startsWith('HEAD'))
    expect(bodyOf(answer)).toMatchObject({ status, requestId: answer.match(/x-request-id: (\S+)/)[1] })
  expect(reached).toBe(false)
})

test.each([
  ['/public/api/projects/%ff/datasets/', 'malformed-escape'],
  ['/dip/publicapi/projects/%2E/datasets/', 'dot-segment'],
])('tells clients of the public API in their form: %s', async (target, errorType) => {
  const send = await start(echo)
  const answer = await send(`GET ${target} HTTP/1.1`, 'host: launchpad.example')
  expect(answer).toMatch(/^HTTP\/1.1 400 /)
  expect(bodyOf(answer)).toMatchObject({ errorType, message: 'Bad request' })
})

test.each(['/a/%E2%82%AC?b=%ff&c=..', '/a/..b/.c/d./...', '/a/%252e%252e'])(
  'lets through what only looks so: %s',
  async (target) => {
    const send = await start(echo)
    expect(await send(`GET ${target} HTTP/1.1`, 'host: launchpad.example')).toMatch(/^HTTP\/1.1 200 /)
  },
)

test.each(['launchpad.example', 'LAUNCHPAD.example', 'launchpad.example:443'])(
  'answers to %s',
  async (host) => {
    const send = await start(echo)
    expect(await send('GET /a?next=//b HTTP/1.1', `host: ${host}`)).toMatch(/^HTTP\/1.1 200 /)
  },
)

test.each([
  ['http://launchpad.example/a?b=http://c/d', '/a?b=http://c/d'],
  ['HTTPS://LAUNCHPAD.example:443/a', '/a'],
  ['http://launchpad.example', '/'],
  ['http://launchpad.example?b=/c', '/?b=/c'],
  ['http://launchpad.example/public/api/projects/', '/dip/publicapi/projects/'],
])('takes a whole address as its path, and its host for the one that is asked: %s', async (target, path) => {
  const send = await start((request, response) =>
    response.end(JSON.stringify([request.url, request.headers])),
  )
  for (const host of ['launchpad.example', 'evil.example']) {
    const answer = await send(`GET ${target} HTTP/1.1`, `host: ${host}`)
    expect(answer).toMatch(/^HTTP\/1.1 200 /)
    expect(answer).not.toContain('evil.example')
    const [url, headers] = JSON.parse(answer.split('\r\n\r\n')[1].match(/\[.*\]/s)[0])
    expect(url).toBe(path)
    expect(headers).toMatchObject({ 'x-path': path, 'x-forwarded-host': 'launchpad.example' })
    expect(headers.host.toLowerCase()).toMatch(/^launchpad\.example(:443)?$/)
  }
  expect(await send(`GET ${target} HTTP/1.0`)).toMatch(/^HTTP\/1.1 200 /)
})

test('looks for the route and for keys in a whole address as in a path', async () => {
  const send = await start(echo, { routes: [{ method: 'GET', path: '/dip/publicapi/projects' }] })
  const ask = (path) => send(`GET http://launchpad.example${path} HTTP/1.1`, 'host: launchpad.example')
  expect(await ask('/public/api/projects/')).toMatch(/^HTTP\/1.1 200 /)
  expect(bodyOf(await ask('/public/api/none'))).toMatchObject({ errorType: 'unknown-route' })
  const withKey = await ask(`/public/api/projects/?key=lp_key_${'a'.repeat(43)}`)
  expect(bodyOf(withKey)).toMatchObject({ errorType: 'key-in-address' })
})

test('says that the address can be set when the host is wrong', async () => {
  const send = await start(echo)
  expect(bodyOf(await send('GET / HTTP/1.1', 'host: localhost')).detail).toContain('set LAUNCHPAD_URL')
})

test('sends the policy whose nonce the application was given, whatever it or the caller sets', async () => {
  const send = await start((request, response) => {
    response.setHeader('x-request-id', 'other')
    response.setHeader('content-security-policy', 'script-src *')
    response.end(request.headers['x-nonce'])
  })
  const answer = await send('GET / HTTP/1.1', 'host: launchpad.example', 'x-nonce: forged')
  const policies = answer.match(/content-security-policy: .*/gi)
  expect(policies).toHaveLength(1)
  const [, nonce] = policies?.[0]?.match(/'nonce-([^']+)'/) ?? []
  expect(nonce).toHaveLength(24)
  expect(answer).toContain(nonce)
  expect(answer).not.toContain('forged')
  expect(answer).not.toContain('script-src *')
  expect(answer.match(/x-request-id: .*/gi)).toHaveLength(1)
  expect(answer).not.toContain('other')
})

test('answers 500 when the application throws', async () => {
  const send = await start(() => Promise.reject(new Error('secret')))
  const answer = await send('GET / HTTP/1.1', 'host: launchpad.example')
  expect(answer).toMatch(/^HTTP\/1.1 500 /)
  expect(answer).not.toContain('secret')
})

test('lets a running request end when it stops, and cuts one that does not', async () => {
  const begun = Promise.withResolvers()
  const finish = Promise.withResolvers()
  const send = await start(async (request, response) => {
    begun.resolve()
    if (request.url === '/slow') await finish.promise
    else return
    response.end('done')
  })
  const slow = send('GET /slow HTTP/1.1', 'host: launchpad.example')
  const stuck = send('GET /stuck HTTP/1.1', 'host: launchpad.example')
  await begun.promise
  const drained = drain(server, 200)
  finish.resolve()
  expect(await slow).toContain('done')
  await stuck.catch(() => {})
  await drained
})

test('tells what runs that it is cut, in time for an answer to end in order', async () => {
  const begun = Promise.withResolvers()
  const cut = Promise.withResolvers()
  const send = await start(async (_, response) => {
    response.write('a part', () => begun.resolve())
    await cut.promise
    response.end(' and its end')
  })
  const answer = send('GET / HTTP/1.1', 'host: launchpad.example')
  await begun.promise
  // An hour, so that only the answer's own end can end the wait.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const drained = drain(server, 3_600_000, () => cut.resolve())
  vi.advanceTimersByTime(3_599_000)
  vi.useRealTimers()
  expect(await answer).toContain(' and its end')
  await drained
})

test('does not wait for a connection that is kept alive after its last response', async () => {
  const begun = Promise.withResolvers()
  const finish = Promise.withResolvers()
  await start(async (_, response) => {
    begun.resolve()
    await finish.promise
    response.end('done')
  })
  const socket = connect(server.address().port, '127.0.0.1')
  socket.write('GET / HTTP/1.1\r\nhost: launchpad.example\r\n\r\n')
  await begun.promise
  const drained = drain(server, 60_000)
  finish.resolve()
  await drained
  expect(server.listening).toBe(false)
  socket.destroy()
})

test('request ids are UUIDv7: time first, then chance', () => {
  expect(makeRequestId(0x0123456789ab, new Uint8Array(10).fill(255))).toBe(
    '01234567-89ab-7fff-bfff-ffffffffffff',
  )
  expect(makeRequestId(1, new Uint8Array(10))).toBe('00000000-0001-7000-8000-000000000000')
})

test('answers for the API where no route does, and passes on what one does', async () => {
  const send = await start(echo, { routes: [{ method: 'GET', path: '/api/health' }] })
  const host = 'host: launchpad.example'
  const unknown = await send('GET /api/healthy HTTP/1.1', host)
  expect(unknown).toMatch(/^HTTP\/1.1 404 /)
  expect(unknown).toContain('content-type: application/problem+json')
  const refused = await send('POST /api/health HTTP/1.1', host)
  expect(refused).toMatch(/^HTTP\/1.1 405 /)
  expect(refused).toContain('allow: GET, HEAD, OPTIONS\r\n')
  expect(bodyOf(refused)).toMatchObject({ status: 405, details: { reason: 'unknown-method' } })
  expect(await send('GET /api/health HTTP/1.1', host)).toMatch(/^HTTP\/1.1 200 /)
})

test.each([
  ['as it is', `key=lp_key_${'a'.repeat(43)}`],
  ['escaped', `a=1&token=%6cp%5Fkey%5F${'a'.repeat(43)}`],
  ['a node’s token', `lp_node_${'b'.repeat(43)}`],
  ['within a longer value', `authorization=Bearer+lp_key_${'a'.repeat(43)}`],
])('refuses a key in the address: %s', async (_, query) => {
  let reached = false
  const send = await start(() => {
    reached = true
  })
  const host = 'host: launchpad.example'
  const answer = await send(`GET /api/projects?${query} HTTP/1.1`, host)
  expect(answer).toMatch(/^HTTP\/1.1 400 /)
  expect(bodyOf(answer)).toMatchObject({ details: { reason: 'key-in-address' } })
  const dss = await send(`GET /dip/publicapi/projects/?${query} HTTP/1.1`, host)
  expect(bodyOf(dss)).toMatchObject({ errorType: 'key-in-address' })
  expect(`${answer}${dss}`).not.toMatch(/lp_(key|node)_/)
  expect(reached).toBe(false)
})

test('lets words through that only begin like a key', async () => {
  const send = await start(echo)
  expect(await send('GET /?q=lp_key_ HTTP/1.1', 'host: launchpad.example')).toMatch(/^HTTP\/1.1 200 /)
})

test('says what to do instead of an address with 100,000 partitions', async () => {
  const send = await start(echo)
  const ids = Array.from({ length: 100_000 }, (_, index) => `partitions=n${index}%7C2026-11-22`).join('&')
  const answer = await send(
    `GET /dip/publicapi/projects/A/datasets/B/data/?${ids} HTTP/1.1`,
    'host: launchpad.example',
  )
  expect(answer).toMatch(/^HTTP\/1.1 431 /)
  expect(bodyOf(answer)).toMatchObject({
    errorType: 'address-too-long',
    detailedMessage: expect.stringContaining('range specification'),
  })
})

test('answers who offers to go on in another protocol, as HTTP/1.1', async () => {
  const send = await start(echo)
  // As the application listens from its first request on.
  server.on('upgrade', (_, socket) => socket.destroy())
  const offers = [
    'connection: Upgrade, HTTP2-Settings',
    'upgrade: h2c',
    'http2-settings: AAMAAABkAAQAoAAAAAIAAAAA',
  ]
  const answer = await send('GET /api/health HTTP/1.1', 'host: launchpad.example', ...offers)
  expect(answer).toMatch(/^HTTP\/1.1 200 /)
  expect(answer).not.toMatch(/^upgrade:/m)
})

test('answers who expects what this server knows nothing of', async () => {
  const send = await start(echo)
  const answer = await send('GET /api/health HTTP/1.1', 'host: launchpad.example', 'expect: more')
  expect(answer).toMatch(/^HTTP\/1.1 200 /)
})

test('cuts the connection of an answer in HTTP/1.0 that breaks off, which would look whole', async () => {
  await start((_, response) => {
    response.write('a part', () => response.destroy())
  })
  const socket = connect(server.address().port, '127.0.0.1')
  socket.write('GET / HTTP/1.0\r\nhost: launchpad.example\r\n\r\n')
  let text = ''
  socket.on('data', (chunk) => {
    text += chunk
  })
  const [failure] = await once(socket, 'error')
  expect(failure.code).toBe('ECONNRESET')
  expect(text).toContain('a part')
})

test('answers what is no HTTP', async () => {
  const send = await start(echo)
  expect(await send('nonsense')).toMatch(/^HTTP\/1.1 400 /)
})

test('tells the encoding of a body that the application packed', async () => {
  const send = await start((_, response) => {
    response.setHeader('x-body-encoding', 'gzip')
    response.end('packed')
  })
  const answer = await send('GET / HTTP/1.1', 'host: launchpad.example')
  expect(answer).toContain('content-encoding: gzip\r\n')
  expect(answer).not.toContain('x-body-encoding')
})

test('gives no body to who asks for the head of what is no address', async () => {
  const send = await start(echo)
  const answer = await send('HEAD /a\u007f HTTP/1.1', 'host: launchpad.example')
  expect(answer).toMatch(/^HTTP\/1.1 400 /)
  expect(answer.endsWith('\r\n\r\n')).toBe(true)
})
