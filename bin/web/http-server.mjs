import { createServer } from 'node:http'
import { refuse } from './admission.mjs'
import { createApiGate, isPublicApi, unaliased } from './api-gate.mjs'
import { contentSecurityPolicy, makeNonce } from './content-security-policy.mjs'
import { cutWhenBroken } from './cut-connection.mjs'
import { guardResponse, rewriteRequestHeaders } from './headers.mjs'
import { makeRequestId } from './request-id.mjs'
import { readTarget } from './request-target.mjs'
import { tellSentBytes } from './sent-bytes.mjs'

const HEADERS_TIMEOUT_MS = 10_000
const REQUEST_TIMEOUT_MS = 120_000
/** Longer than the idle time of the usual proxies, which would else meet a connection that closes. */
const KEEP_ALIVE_TIMEOUT_MS = 65_000
const DRAIN_TIMEOUT_MS = 10_000
/** How long before its connection is cut an answer may say why. */
const LAST_WORDS_MS = 1_000
const SWEEP_EVERY_MS = 50
/** Address and headers together; Node's own limit. */
const MAX_HEADER_BYTES = 16 * 1024
/** How long a request that is refused unread is still taken. */
const UNREAD_TIMEOUT_MS = 5_000

const FAULT = {
  status: 500,
  code: 'internal',
  title: 'Something went wrong here',
  detail: 'Launchpad could not do this because of a fault of its own.',
  reason: 'internal',
}

/** @typedef {(request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse) => unknown} Handler */

/**
 * The HTTP server around the application: nothing that a caller can forge, no other host and no doubtful path gets past it.
 * @param {object} options
 * @param {Handler} options.handler
 * @param {URL} options.url
 * @param {import('node:net').BlockList} options.trustedProxies
 * @param {{ method: string, path: string }[]} [options.routes] those of the API; without them the handler answers for all
 * @param {boolean} [options.dev]
 * @param {() => number} [options.now]
 */
export function createWebServer({ handler, url, trustedProxies, routes, dev = false, now = Date.now }) {
  const secure = url.protocol === 'https:'
  const gate = routes ? createApiGate(routes) : () => null
  const server = createServer(
    {
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: HEADERS_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
      // Programs that know HTTP/2 offer it first and take an answer in HTTP/1.1; the application would hang up on them.
      ...(dev ? {} : { shouldUpgradeCallback: () => false }),
    },
    (request, response) => {
      const requestId = makeRequestId(now())
      const nonce = makeNonce()
      const policy = contentSecurityPolicy({ nonce, secure, dev })
      guardResponse(response, { requestId, policy, secure })
      tellSentBytes(response)
      cutWhenBroken(request, response)
      if (!server.listening) response.setHeader('connection', 'close')
      const { target: named, hosts } = readTarget(request)
      const target = unaliased(named)
      request.url = target
      const refusal = refuse({ target, hosts }, url) ?? gate({ method: request.method, target })
      if (refusal) return answer(response, refusal, { requestId, target })
      request.headers.host = hosts[0]
      rewriteRequestHeaders(request, { url, trustedProxies, requestId, nonce, policy })
      Promise.resolve(handler(request, response)).catch((error) =>
        fail(response, error, { requestId, target }),
      )
    },
  )
  server.on('clientError', refuseUnread)
  // Node would refuse what it does not know with an empty answer; nothing here depends on it.
  server.on('checkExpectation', (request, response) => server.emit('request', request, response))
  return server
}

/** Sockets whose request was refused before it was read to its end. @type {WeakSet<import('node:net').Socket>} */
const refused = new WeakSet()

/**
 * Answers what is no HTTP, or has too much in front of its body, such as a list of a hundred thousand partitions in the address.
 * The rest is taken and dropped for a while: who is still sending would not hear why it is refused.
 * @param {NodeJS.ErrnoException & { rawPacket?: Buffer }} error
 * @param {import('node:net').Socket} socket
 */
function refuseUnread(error, socket) {
  if (refused.has(socket)) return
  refused.add(socket)
  if (error.code === 'ECONNRESET' || !socket.writable) return socket.destroy()
  const { status, phrase, reason, detail } = UNREAD[error.code ?? ''] ?? NO_HTTP
  const body = JSON.stringify({
    type: 'about:blank',
    title: phrase,
    status,
    code: 'validation_failed',
    detail,
    details: { reason },
    errorType: reason,
    message: phrase,
    detailedMessage: detail,
  })
  const head = [
    `HTTP/1.1 ${status} ${phrase}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    'cache-control: no-store',
    'x-content-type-options: nosniff',
    'connection: close',
  ]
  // Who asks for the head alone takes a body for the beginning of another answer.
  const isHead = error.rawPacket?.toString('latin1', 0, 5) === 'HEAD '
  socket.end(`${head.join('\r\n')}\r\n\r\n${isHead ? '' : body}`)
  setTimeout(() => socket.destroy(), UNREAD_TIMEOUT_MS).unref()
}

/** @typedef {{ status: number, phrase: string, reason: string, detail: string }} Unread */

/** @type {Unread} */
const NO_HTTP = {
  status: 400,
  phrase: 'Bad Request',
  reason: 'no-http',
  detail: 'What was sent is not a request that this server can read.',
}

/** By the code of Node's error. @type {Record<string, Unread>} */
const UNREAD = {
  HPE_HEADER_OVERFLOW: {
    status: 431,
    phrase: 'Request Header Fields Too Large',
    reason: 'address-too-long',
    detail: `Address and headers of a request may have ${MAX_HEADER_BYTES} bytes together. Name many partitions by a range specification such as 2026-11-01/2026-11-30, or send them in a body: POST /api/projects/KEY/datasets/NAME/data.`,
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    phrase: 'Request Timeout',
    reason: 'request-timeout',
    detail: 'The request did not come whole in time.',
  },
}

/**
 * Listens and gives the port.
 * @param {import('node:http').Server} server
 * @param {{ host: string, port: number }} address
 * @returns {Promise<number>}
 */
export function listen(server, { host, port }) {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      const address = server.address()
      resolve(address && typeof address === 'object' ? address.port : port)
    })
  })
}

/**
 * Takes no more connections, lets running requests end for 10 s, then cuts them; a second before, `beforeCut` may end them in order.
 * @param {import('node:http').Server} server
 * @param {number} [timeoutMs]
 * @param {() => unknown} [beforeCut]
 */
export function drain(server, timeoutMs = DRAIN_TIMEOUT_MS, beforeCut = () => undefined) {
  return new Promise((resolve) => {
    const end = setTimeout(beforeCut, Math.max(0, timeoutMs - LAST_WORDS_MS))
    const cut = setTimeout(() => server.closeAllConnections(), timeoutMs)
    // A connection whose response ends only now would wait for another request, since it may be kept alive.
    const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_EVERY_MS)
    server.close(() => {
      clearTimeout(end)
      clearTimeout(cut)
      clearInterval(sweep)
      resolve(undefined)
    })
  })
}

/** @typedef {{ requestId: string, target: string }} Asked */

/** @param {import('node:http').ServerResponse} response @param {import('./admission.mjs').Refusal & { allow?: string }} refusal @param {Asked} asked */
function answer(response, { status, code, title, detail, reason, allow }, { requestId, target }) {
  if (allow) response.setHeader('allow', allow)
  const [contentType, body] = isPublicApi(target)
    ? [
        'application/json',
        { errorType: reason, message: title, detailedMessage: `${detail} (request ${requestId})` },
      ]
    : [
        'application/problem+json',
        { type: 'about:blank', title, status, code, detail, requestId, details: { reason } },
      ]
  response.writeHead(status, { 'content-type': contentType, 'cache-control': 'no-store' })
  response.end(JSON.stringify(body))
}

/** @param {import('node:http').ServerResponse} response @param {unknown} error @param {Asked} asked */
function fail(response, error, asked) {
  console.error(JSON.stringify({ level: 'error', requestId: asked.requestId, message: String(error) }))
  if (response.headersSent) return response.destroy()
  answer(response, FAULT, asked)
}
