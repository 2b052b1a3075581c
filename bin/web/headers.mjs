import { findClientAddress } from './client-address.mjs'

const FORGEABLE =
  /^(x-forwarded-.*|forwarded|x-real-ip|x-middleware-.*|x-request-id|x-ports|x-path|x-nonce|content-security-policy)$/

/**
 * Takes out of a request's headers what a caller could forge and puts in what this server knows.
 * @param {import('node:http').IncomingMessage} request
 * @param {{ url: URL, trustedProxies: import('node:net').BlockList, requestId: string, nonce: string, policy: string }} facts
 */
export function rewriteRequestHeaders(request, { url, trustedProxies, requestId, nonce, policy }) {
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
  // By these the system tells how much of a stream was taken; a request of a test has none.
  if (request.socket.remotePort)
    request.headers['x-ports'] = `${request.socket.localPort}-${request.socket.remotePort}`
  // A layout does not know the address it is drawn for, and wants to lead back there after signing in.
  request.headers['x-path'] = request.url
  request.headers['x-nonce'] = nonce
  request.headers['content-security-policy'] = policy
  // What reads the raw list must see the same.
  request.rawHeaders = Object.entries(request.headers).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value ?? '']).flatMap((one) => [name, one]),
  )
}

/**
 * Puts the headers that every response bears just before it is sent, so that nothing the application does can lose them.
 * @param {import('node:http').ServerResponse} response
 * @param {{ requestId: string, policy: string, secure: boolean }} facts
 */
export function guardResponse(response, { requestId, policy, secure }) {
  const writeHead = response.writeHead
  response.writeHead = (...args) => {
    // Next drops the encoding of a body that the application packed itself.
    const encoding = response.getHeader('x-body-encoding')
    if (encoding !== undefined) {
      response.removeHeader('x-body-encoding')
      response.setHeader('content-encoding', encoding)
    }
    response.setHeader('x-request-id', requestId)
    response.setHeader('content-security-policy', policy)
    response.setHeader('x-content-type-options', 'nosniff')
    response.setHeader('x-frame-options', 'DENY')
    response.setHeader('referrer-policy', 'same-origin')
    response.setHeader('cross-origin-opener-policy', 'same-origin')
    response.setHeader('permissions-policy', 'camera=(), geolocation=(), microphone=()')
    if (secure) response.setHeader('strict-transport-security', 'max-age=31536000')
    return writeHead.apply(response, args)
  }
}
