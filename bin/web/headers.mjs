import { findClientAddress } from './client-address.mjs'

const FORGEABLE = /^(x-forwarded-.*|forwarded|x-real-ip|x-middleware-.*|x-request-id)$/

/**
 * Takes out of a request's headers what a caller could forge and puts in what this server knows.
 * @param {import('node:http').IncomingMessage} request
 * @param {{ url: URL, trustedProxies: import('node:net').BlockList, requestId: string }} facts
 */
export function rewriteRequestHeaders(request, { url, trustedProxies, requestId }) {
  const forwardedFor = String(request.headers['x-forwarded-for'] ?? '')
  for (const name of Object.keys(request.headers)) {
    if (FORGEABLE.test(name)) delete request.headers[name]
  }
  request.headers['x-forwarded-for'] = findClientAddress(
    request.socket.remoteAddress,
    forwardedFor,
    trustedProxies,
  )
  request.headers['x-forwarded-host'] = url.host
  request.headers['x-forwarded-proto'] = url.protocol.slice(0, -1)
  request.headers['x-request-id'] = requestId
  // What reads the raw list must see the same.
  request.rawHeaders = Object.entries(request.headers).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value ?? '']).flatMap((one) => [name, one]),
  )
}

/**
 * Puts the headers that every response bears just before it is sent, so that nothing the application does can lose them.
 * Its own Content-Security-Policy, which knows the page's nonce, stays.
 * @param {import('node:http').ServerResponse} response
 * @param {string} requestId
 */
export function guardResponse(response, requestId) {
  const writeHead = response.writeHead
  response.writeHead = (...args) => {
    response.setHeader('x-request-id', requestId)
    response.setHeader('x-content-type-options', 'nosniff')
    if (!response.hasHeader('content-security-policy')) {
      response.setHeader('content-security-policy', "frame-ancestors 'none'")
    }
    return writeHead.apply(response, args)
  }
}
