/**
 * Cuts the connection of an answer in HTTP/1.0 that breaks off. Such an answer is whole when its connection is closed, so whoever
 * reads it, as some proxies do by default, would else take a part for the whole.
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 */
export function cutWhenBroken(request, response) {
  if (request.httpVersion !== '1.0') return
  const destroy = response.destroy
  response.destroy = (error) => {
    if (response.headersSent && !response.writableEnded) request.socket.resetAndDestroy()
    return destroy.call(response, error)
  }
}
