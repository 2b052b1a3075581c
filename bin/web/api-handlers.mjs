import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import compression from 'next/dist/compiled/compression/index.js'
import { pipeToNodeResponse } from 'next/dist/server/pipe-readable.js'
import { signalFromNodeResponse } from 'next/dist/server/web/spec-extension/adapters/next-request.js'
import { createRouteTable } from './api-gate.mjs'

/** The name under which an answer carries its whole text (lib/server/http/whole-text.ts). */
const WHOLE_TEXT = Symbol.for('launchpad.whole-text')

/** A shorter text is on its way before it would be packed. */
const PACKED_FROM_CHARS = 8 * 1024

/** Told by whoever sends the body, which may be packed on the way. */
const OF_THE_BODY = new Set(['content-length', 'content-encoding', 'transfer-encoding'])

/** Whether `accept-encoding` takes it; `gzip;q=0` refuses it. */
const TAKES_GZIP = /(?:^|,)\s*gzip(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))\s*(?:[,;]|$)/i

const pack = promisify(gzip)

/** @typedef {import('node:http').IncomingMessage} Incoming */
/** @typedef {import('node:http').ServerResponse} Outgoing */
/** @typedef {(request: Request, segment: { params: Promise<Record<string, string>> }) => Promise<Response>} RouteHandler */

/** What the handlers of the build answer; HEAD and OPTIONS are made of others by the application. */
const METHODS = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])

/**
 * Answers what is asked of the API by the handlers that the build compiled. The application would answer the same, by way of what
 * pages need as well, which takes three times as long as a short answer itself.
 * @param {object} options
 * @param {{ method: string, path: string }[]} options.routes those of the API
 * @param {(path: string, method: string) => Promise<RouteHandler | null>} options.load the compiled handler of a route; null where it is not to be had
 * @param {URL} options.url the address that this installation answers to
 * @param {(request: Incoming, response: Outgoing) => unknown} options.otherwise the application, for whatever else is asked
 * @returns {(request: Incoming, response: Outgoing) => Promise<unknown>}
 */
export function callApiHandlers({ routes, load, url, otherwise }) {
  const find = createRouteTable(routes)
  const compress = compression()
  /** @type {Map<string, Promise<RouteHandler | null>>} */
  const handlers = new Map()
  return async (request, response) => {
    const target = request.url ?? '/'
    const path = target.split('?', 1)[0] ?? ''
    const method = request.method ?? 'GET'
    const route = METHODS.has(method) ? find(path) : undefined
    if (!route?.methods.has(method)) return otherwise(request, response)
    const handle = await remembered(handlers, `${method} ${route.path}`, () => load(route.path, method))
    if (handle === null) return otherwise(request, response)
    const asked = new Request(new URL(target, url), {
      method,
      headers: toHeaders(request),
      signal: signalFromNodeResponse(response),
      ...bodyOf(request, response),
    })
    const answer = await handle(asked, { params: Promise.resolve(paramsOf(route.path, path)) })
    writeHeaders(response, answer)
    const text = Object.getOwnPropertyDescriptor(answer, WHOLE_TEXT)?.value
    if (typeof text === 'string') return endWith(request, response, text)
    compress(request, response, () => undefined)
    if (answer.body === null) return response.end()
    return pipeToNodeResponse(answer.body, response)
  }
}

/**
 * What was made of a key before; what could not be made is tried anew.
 * @template T
 * @param {Map<string, Promise<T>>} map @param {string} key @param {() => Promise<T>} make
 */
function remembered(map, key, make) {
  const found = map.get(key)
  if (found) return found
  const made = make()
  map.set(key, made)
  made.catch(() => map.delete(key))
  return made
}

/**
 * A body is read when it is asked for. What a handler leaves of it is taken and dropped once it has answered: the connection goes on,
 * and who is still sending hears the answer.
 * @param {Incoming} request @param {Outgoing} response
 * @returns {{ body?: ReadableStream, duplex?: 'half' }}
 */
function bodyOf(request, response) {
  const { 'content-length': length = '0', 'transfer-encoding': encoding } = request.headers
  if (request.method === 'GET' || (encoding === undefined && Number(length) === 0)) return {}
  response.on('finish', () => request.resume())
  return { body: ReadableStream.from(request.iterator({ destroyOnReturn: false })), duplex: 'half' }
}

/** The headers as the server around left them. @param {Incoming} request */
function toHeaders({ headers }) {
  return new Headers(
    Object.entries(headers).flatMap(([name, value]) =>
      (Array.isArray(value) ? value : [value ?? '']).map(
        (one) => /** @type {[string, string]} */ ([name, one]),
      ),
    ),
  )
}

/** `("/api/jobs/{jobId}", "/api/jobs/a%20b")` → `{ jobId: "a b" }` @param {string} pattern @param {string} path */
function paramsOf(pattern, path) {
  const parts = path.split('/')
  return Object.fromEntries(
    pattern.split('/').flatMap((part, index) => {
      const name = /^\{(.+)\}$/.exec(part)?.[1]
      return name === undefined ? [] : [[name, decodeURIComponent(parts[index] ?? '')]]
    }),
  )
}

/** @param {Outgoing} response @param {Response} answer */
function writeHeaders(response, answer) {
  response.statusCode = answer.status
  for (const [name, value] of answer.headers) {
    if (OF_THE_BODY.has(name)) continue
    // Cookies are the one header that comes apart.
    if (name === 'set-cookie') response.appendHeader(name, value)
    else response.setHeader(name, value)
  }
}

/** @param {Incoming} request @param {Outgoing} response @param {string} text */
async function endWith(request, response, text) {
  const takesGzip = TAKES_GZIP.test(String(request.headers['accept-encoding']))
  if (text.length < PACKED_FROM_CHARS || !takesGzip) return response.end(text)
  const packed = await pack(text)
  response.setHeader('content-encoding', 'gzip')
  response.appendHeader('vary', 'accept-encoding')
  response.end(packed)
}
