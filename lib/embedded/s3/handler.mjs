import { randomBytes } from 'node:crypto'
import { S3Error, storageError, systemCode } from './errors.mjs'
import { Exchange } from './exchange.mjs'
import { parseTarget } from './request-target.mjs'
import { findRoute } from './routes.mjs'
import { authenticate } from './signature.mjs'
import { errorDocument, textElement } from './xml.mjs'

const DRAIN_TIMEOUT_MS = 5_000

/** @typedef {import('node:http').IncomingMessage} IncomingMessage */
/** @typedef {import('node:http').ServerResponse} ServerResponse */
/** @typedef {import('./exchange.mjs').Reply} Reply */
/** @typedef {(request: IncomingMessage, response: ServerResponse, expectsContinue: boolean) => Promise<void>} Handler */
/**
 * @typedef {object} HandlerOptions
 * @property {import('./store.mjs').Store} store
 * @property {import('./signature.mjs').AccessKey[]} keys
 * @property {() => number} now
 * @property {(note: string) => void} log
 */

/**
 * Answers HTTP requests: who is it, may they, which route, send.
 * @param {HandlerOptions} options
 * @returns {Handler} never rejects
 */
export function createHandler({ store, keys, now, log }) {
  const keyring = new Map(keys.map((key) => [key.accessKeyId, key]))
  return async (request, response, expectsContinue) => {
    const requestId = randomBytes(8).toString('hex').toUpperCase()
    response.setHeader('x-amz-request-id', requestId)
    response.setHeader('server', 'Launchpad')
    response.on('error', () => {})
    try {
      const reply = await answer(request, incomingBody(request, response, expectsContinue))
      await send(request, response, reply)
    } catch (error) {
      if (isVanished(request, response)) return void response.destroy()
      const known = error instanceof S3Error ? error : unexpected(error, requestId)
      // A body cut short is all that can still be said once the head is out.
      if (response.headersSent) return void response.destroy()
      await send(request, response, errorReply(request, known, requestId)).catch(() => response.destroy())
    } finally {
      leaveNothingUnread(request, response)
    }
  }

  /** @param {IncomingMessage} request @param {AsyncIterable<Buffer>} source @returns {Promise<Reply>} */
  async function answer(request, source) {
    const method = request.method ?? 'GET'
    const target = parseTarget(request.url ?? '/')
    const { headers } = request
    const authentication = authenticate(
      { method, path: target.path, query: target.query, headers },
      keyring,
      now(),
    )
    const route = findRoute(method, target)
    if (route.writes && authentication.accessKey.readOnly)
      throw new S3Error('AccessDenied', 'Access Denied: this key may only read.')
    const flat = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, flatten(value)]))
    return route.run(new Exchange({ store, target, headers: flat, source, authentication }))
  }

  /** @param {unknown} error @param {string} requestId */
  function unexpected(error, requestId) {
    const code = systemCode(error)
    log(`Request ${requestId} failed: ${error instanceof Error ? (error.stack ?? error.message) : error}`)
    if (code === 'ENOSPC' || code === 'EDQUOT') return storageError(error)
    return new S3Error('InternalError', 'We encountered an internal error. Please try again.')
  }
}

/** @param {string | string[] | undefined} value */
function flatten(value) {
  return Array.isArray(value) ? value.join(', ') : value
}

/**
 * The body as it arrives. A client that asked first is told to go on only when something wants to read.
 * @param {IncomingMessage} request
 * @param {ServerResponse} response
 * @param {boolean} expectsContinue
 * @returns {AsyncGenerator<Buffer, void>}
 */
async function* incomingBody(request, response, expectsContinue) {
  if (expectsContinue) response.writeContinue()
  for await (const piece of request.iterator({ destroyOnReturn: false })) yield piece
}

/** @param {IncomingMessage} request @param {ServerResponse} response @param {Reply} reply */
async function send(request, response, { status, headers = {}, body, release }) {
  try {
    if (!request.complete && hasBody(request)) response.setHeader('connection', 'close')
    if (typeof body === 'string') {
      response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) })
      response.end(request.method === 'HEAD' ? undefined : body)
    } else if (body === undefined) {
      response.writeHead(
        status,
        status === 200 && headers['content-length'] === undefined
          ? { ...headers, 'content-length': 0 }
          : headers,
      )
      response.end()
    } else await stream(response, status, headers, body)
  } finally {
    release?.()
  }
}

/** The head waits for the first bytes, so that an unreadable object is an error and not a short answer. @param {ServerResponse} response @param {number} status @param {Record<string, string>} headers @param {AsyncIterable<Buffer>} body */
async function stream(response, status, headers, body) {
  for await (const piece of body) {
    if (!response.headersSent) response.writeHead(status, headers)
    if (response.destroyed) return
    if (!response.write(piece)) await drained(response)
  }
  if (!response.headersSent) response.writeHead(status, headers)
  response.end()
}

/** Resolves when the client has taken what was written, or is gone. @param {ServerResponse} response @returns {Promise<void>} */
function drained(response) {
  return new Promise((resolve) => {
    const settle = () => {
      response.off('drain', settle)
      response.off('close', settle)
      resolve()
    }
    response.on('drain', settle)
    response.on('close', settle)
  })
}

/** @param {IncomingMessage} request @param {S3Error} error @param {string} requestId @returns {Reply} */
function errorReply(request, error, requestId) {
  const { code, message, status, fields } = error
  const [path = '/'] = (request.url ?? '/').split('?')
  const body = errorDocument(
    textElement('Code', code),
    textElement('Message', message),
    ...Object.entries(fields).map(([name, value]) => textElement(name, value)),
    textElement('Resource', path),
    textElement('RequestId', requestId),
  )
  return { status, headers: { 'content-type': 'application/xml' }, body }
}

/** @param {IncomingMessage} request @param {ServerResponse} response */
function isVanished(request, response) {
  return response.destroyed || request.errored !== null || request.socket.destroyed
}

/** @param {IncomingMessage} request */
function hasBody(request) {
  return (
    request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0
  )
}

/** A refused upload is read to its end for a moment, or its sender would see a reset in place of the refusal. @param {IncomingMessage} request @param {ServerResponse} response */
function leaveNothingUnread(request, response) {
  if (request.complete || request.destroyed) return
  request.resume()
  const timer = setTimeout(() => request.destroy(), DRAIN_TIMEOUT_MS)
  timer.unref()
  request.once('close', () => clearTimeout(timer))
  request.once('end', () => clearTimeout(timer))
  response.once('close', () => clearTimeout(timer))
}
