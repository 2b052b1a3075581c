import { once } from 'node:events'
import { createServer } from 'node:http'
import { isIP } from 'node:net'
import { StoreFailure, systemCode } from './errors.mjs'
import { createHandler } from './handler.mjs'
import { Store } from './store.mjs'

const HEADERS_TIMEOUT_MS = 10_000
const REQUEST_TIMEOUT_MS = 15 * 60_000
const IDLE_TIMEOUT_MS = 60_000
const CLOSE_GRACE_MS = 5_000
const MAX_HEADER_BYTES = 32 * 1024

/**
 * @typedef {object} S3Options
 * @property {string} dir the folder that holds everything; one process at a time
 * @property {string} [host] a loopback address, 127.0.0.1 unless given
 * @property {number} [port] 0 for a free one
 * @property {import('./signature.mjs').AccessKey[]} keys
 * @property {string[]} [buckets] made if missing
 * @property {() => number} [now] the clock, in milliseconds since 1970
 * @property {(note: string) => void} [log] told what a person should know, a line at a time
 */
/** @typedef {{ endpoint: string, port: number, close: () => Promise<void> }} RunningS3 */

/**
 * Starts an S3-compatible server over a folder, on loopback only.
 * @param {S3Options} options
 * @returns {Promise<RunningS3>} throws StoreFailure with one sentence for people
 * @example const { endpoint, close } = await startS3({ dir, keys: [{ accessKeyId: 'a', secretAccessKey: 's' }] })
 */
export async function startS3(options) {
  const { dir, host = '127.0.0.1', port = 0, keys, buckets = [], now = Date.now, log = () => {} } = options
  if (!isLoopback(host))
    throw new StoreFailure(`The embedded object store listens on loopback only, not on ${host}.`)
  if (keys.length === 0) throw new StoreFailure('The embedded object store needs at least one access key.')
  const store = await Store.open({ dir, now, log })
  try {
    for (const bucket of buckets) if (!store.catalogue.findBucket(bucket)) await store.createBucket(bucket)
    const server = createHttpServer(createHandler({ store, keys, now, log }))
    const listening = await listen(server, host, port)
    const authority = isIP(host) === 6 ? `[${host}]` : host
    return {
      endpoint: `http://${authority}:${listening}`,
      port: listening,
      close: callOnce(() => closeAll(server, store)),
    }
  } catch (error) {
    await store.close()
    throw error
  }
}

/** @param {string} host */
function isLoopback(host) {
  return host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}

/** @param {import('./handler.mjs').Handler} handler */
function createHttpServer(handler) {
  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES, noDelay: true })
  server.headersTimeout = HEADERS_TIMEOUT_MS
  server.requestTimeout = REQUEST_TIMEOUT_MS
  server.keepAliveTimeout = IDLE_TIMEOUT_MS
  server.setTimeout(IDLE_TIMEOUT_MS)
  server.on('request', (request, response) => void handler(request, response, false))
  server.on('checkContinue', (request, response) => void handler(request, response, true))
  return server
}

/** @param {import('node:http').Server} server @param {string} host @param {number} port */
async function listen(server, host, port) {
  try {
    server.listen(port, host)
    await once(server, 'listening')
  } catch (error) {
    if (systemCode(error) !== 'EADDRINUSE') throw error
    throw new StoreFailure(
      `Port ${port} on ${host} is taken, so the embedded object store cannot listen there.`,
      error,
    )
  }
  const address = server.address()
  return typeof address === 'object' && address ? address.port : port
}

/** Requests under way may finish; what they wrote is on disk before the folder is let go. @param {import('node:http').Server} server @param {Store} store */
async function closeAll(server, store) {
  const closed = new Promise((resolve) => server.close(resolve))
  server.closeIdleConnections()
  const timer = setTimeout(() => server.closeAllConnections(), CLOSE_GRACE_MS)
  await closed
  clearTimeout(timer)
  await store.close()
}

/** @param {() => Promise<void>} close */
function callOnce(close) {
  /** @type {Promise<void> | undefined} */
  let closing
  return () => {
    closing ??= close()
    return closing
  }
}
