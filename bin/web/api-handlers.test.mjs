import { once } from 'node:events'
import { Agent, request as ask, createServer } from 'node:http'
import { gunzipSync } from 'node:zlib'
import { afterEach, expect, test } from 'vitest'
import { callApiHandlers } from './api-handlers.mjs'

const WHOLE_TEXT = Symbol.for('launchpad.whole-text')
const whole = (text, init) => Object.assign(new Response(text, init), { [WHOLE_TEXT]: text })
const routes = [
  { method: 'GET', path: '/api/jobs/{jobId}' },
  { method: 'POST', path: '/api/jobs/{jobId}' },
  { method: 'GET', path: '/api/jobs/latest' },
  { method: 'POST', path: '/api/jobs/{jobId}/cancel' },
]
let server
afterEach(() => server.close())

/** A server whose handlers are `handlers`, by path; gives what asks it. */
async function start(handlers) {
  const loaded = []
  const listener = callApiHandlers({
    routes,
    load: async (path, method) => {
      loaded.push(path)
      return handlers[method === 'GET' ? path : `${method} ${path}`] ?? null
    },
    url: new URL('https://launchpad.example'),
    otherwise: (request, response) => response.end(`application: ${request.method} ${request.url}`),
  })
  server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const get = (path, options = {}) =>
    new Promise((resolve, reject) => {
      const sent = ask(
        { port: server.address().port, host: '127.0.0.1', path, ...options },
        async (answer) => {
          const chunks = []
          for await (const chunk of answer) chunks.push(chunk)
          resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(chunks) })
        },
      )
      sent.on('error', reject)
      sent.end()
    })
  return { get, loaded }
}

test('a handler is given what was asked, with its parameters, and loaded once', async () => {
  const handle = async (request, { params }) =>
    whole(JSON.stringify([request.url, request.method, request.headers.get('x-a'), await params]), {
      status: 202,
      headers: { 'content-type': 'application/json' },
    })
  const { get, loaded } = await start({ '/api/jobs/{jobId}': handle })
  const { status, headers, body } = await get('/api/jobs/a%20b%2Fc/?q=1', { headers: { 'x-a': 'é' } })
  expect(status).toBe(202)
  expect(headers).toMatchObject({ 'content-type': 'application/json', 'content-length': `${body.length}` })
  const url = 'https://launchpad.example/api/jobs/a%20b%2Fc/?q=1'
  expect(JSON.parse(body)).toEqual([url, 'GET', 'é', { jobId: 'a b/c' }])
  await Promise.all([get('/api/jobs/1'), get('/api/jobs/2')])
  expect(loaded).toEqual(['/api/jobs/{jobId}'])
})

test('a part that is written out goes before one that stands for any', async () => {
  const say = (text) => async () => whole(text)
  const { get } = await start({ '/api/jobs/{jobId}': say('any'), '/api/jobs/latest': say('latest') })
  expect(String((await get('/api/jobs/latest')).body)).toBe('latest')
  expect(String((await get('/api/jobs/later')).body)).toBe('any')
})

test.each([
  ['POST', '/api/jobs/1'],
  ['HEAD', '/api/jobs/latest'],
  ['GET', '/api/jobs/1/cancel'],
  ['GET', '/api/jobs/latest'],
  ['GET', '/launchpad'],
])('%s %s is the application’s', async (method, path) => {
  const { get } = await start({ '/api/jobs/{jobId}': () => expect.fail('was asked') })
  const { body } = await get(path, { method })
  expect(String(body)).toBe(method === 'HEAD' ? '' : `application: ${method} ${path}`)
})

test('a long text is packed for whoever takes that, a short one for nobody', async () => {
  const long = 'a "é" '.repeat(5_000)
  const handlers = {
    '/api/jobs/latest': async () => whole(long),
    '/api/jobs/{jobId}': async () => whole('short'),
  }
  const { get } = await start(handlers)
  const takesGzip = { headers: { 'accept-encoding': 'gzip, deflate' } }
  const packed = await get('/api/jobs/latest', takesGzip)
  expect(packed.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'accept-encoding' })
  expect(packed.body.length).toBeLessThan(1_000)
  expect(String(gunzipSync(packed.body))).toBe(long)
  const refusesGzip = { headers: { 'accept-encoding': 'br, gzip; q=0.0, *;q=0' } }
  const plain = [
    await get('/api/jobs/latest'),
    await get('/api/jobs/latest', refusesGzip),
    await get('/api/jobs/1', takesGzip),
  ]
  expect(plain.map(({ headers }) => headers['content-encoding'])).toEqual([undefined, undefined, undefined])
  expect(plain.map(({ body }) => String(body))).toEqual([long, long, 'short'])
  const weighed = await get('/api/jobs/latest', { headers: { 'accept-encoding': 'br;q=1, gzip;q=0.8' } })
  expect(weighed.headers['content-encoding']).toBe('gzip')
})

test('a handler that could not be loaded is loaded at the next request', async () => {
  let loads = 0
  const listener = callApiHandlers({
    routes,
    load: async () => {
      if (++loads === 1) throw new Error('too many open files')
      return async () => whole('loaded')
    },
    url: new URL('https://launchpad.example'),
    otherwise: () => expect.fail('was asked'),
  })
  const failures = []
  server = createServer((request, response) =>
    listener(request, response).catch((error) => {
      failures.push(error.message)
      response.end()
    }),
  ).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const get = async () => (await fetch(`http://127.0.0.1:${server.address().port}/api/jobs/latest`)).text()
  expect([await get(), await get(), await get()]).toEqual(['', 'loaded', 'loaded'])
  expect([failures, loads]).toEqual([['too many open files'], 2])
})

test('a change is given its body, in parts as it comes', async () => {
  const echo = async (request) => whole(`${request.method} ${await request.text()}`)
  const { get } = await start({ 'POST /api/jobs/{jobId}': echo })
  const sent = ask({ port: server.address().port, host: '127.0.0.1', path: '/api/jobs/1', method: 'POST' })
  sent.write('{"a":')
  setTimeout(() => sent.end('"é"}'), 20)
  const [answer] = await once(sent, 'response')
  expect(String(Buffer.concat(await answer.toArray()))).toBe('POST {"a":"é"}')
  expect(String((await get('/api/jobs/1', { method: 'POST' })).body)).toBe('POST ')
})

test.each([
  ['none', async () => whole('refused', { status: 401 })],
  [
    'a part',
    async (request) => {
      for await (const _ of request.body) break
      return whole('refused', { status: 401 })
    },
  ],
])('who is answered after %s of a long body was read goes on with the connection', async (_, handle) => {
  await start({ 'POST /api/jobs/{jobId}': handle })
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const post = async () => {
    const options = { agent, host: '127.0.0.1', port: server.address().port, path: '/api/jobs/1' }
    const sent = ask({ ...options, method: 'POST' }).end(Buffer.alloc(4_000_000))
    const [answer] = await once(sent, 'response')
    return [answer.statusCode, String(Buffer.concat(await answer.toArray()))]
  }
  expect([await post(), await post(), await post()]).toEqual(Array(3).fill([401, 'refused']))
  agent.destroy()
})

test('a handler learns that who was sending left', async () => {
  const told = Promise.withResolvers()
  const handle = async (request) => {
    await request.text().catch(() => told.resolve(request.signal.aborted))
    return whole('')
  }
  await start({ 'POST /api/jobs/{jobId}': handle })
  const sent = ask({ port: server.address().port, host: '127.0.0.1', path: '/api/jobs/1', method: 'POST' })
  sent.on('error', () => undefined)
  sent.write('{"a":')
  setTimeout(() => sent.destroy(), 50)
  expect(await told.promise).toBe(true)
})

test('cookies stay apart, and an answer may have no body', async () => {
  const headers = new Headers([
    ['set-cookie', 'a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT'],
    ['set-cookie', 'b=2'],
  ])
  const { get } = await start({
    '/api/jobs/latest': async () => new Response(null, { status: 204, headers }),
  })
  const answer = await get('/api/jobs/latest')
  expect(answer).toMatchObject({ status: 204, body: Buffer.alloc(0) })
  expect(answer.headers['set-cookie']).toEqual([...headers.getSetCookie()])
})

test('a stream is sent as it comes, and its handler learns that the reader left', async () => {
  const left = Promise.withResolvers()
  const handle = async (request) => {
    request.signal.addEventListener('abort', () => left.resolve('left'))
    const encoder = new TextEncoder()
    return new Response(new ReadableStream({ pull: (to) => to.enqueue(encoder.encode('more ')) }))
  }
  await start({ '/api/jobs/latest': handle })
  const sent = ask({ port: server.address().port, host: '127.0.0.1', path: '/api/jobs/latest' }).end()
  const [answer] = await once(sent, 'response')
  const [chunk] = await once(answer, 'data')
  expect(String(chunk)).toMatch(/^more /)
  sent.destroy()
  expect(await left.promise).toBe('left')
})
