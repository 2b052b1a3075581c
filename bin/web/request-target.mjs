/**
 * The whole address as target (RFC 9112, 3.2.2): proxies are asked so, and every server has to take it.
 * What stands before the path is judged as the Host header is.
 */
const ABSOLUTE = /^https?:\/\/([^/?#]+)((?:[/?].*)?)$/is

/**
 * Reads which path of which host a request means: `http://launchpad.example/a?b` → `/a?b` of `launchpad.example`, whatever its Host
 * header says. Any other target is given as it came, and every Host header with it: Node's own `headers.host` is the first of several.
 * @param {Pick<import('node:http').IncomingMessage, 'url' | 'rawHeaders'>} request
 * @returns {{ target: string, hosts: string[] }}
 */
export function readTarget({ url = '', rawHeaders }) {
  const hosts = rawHeaders.filter(
    (_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === 'host',
  )
  const [, host, rest = ''] = ABSOLUTE.exec(url) ?? []
  if (host === undefined) return { target: url, hosts }
  // Two of them are a fault in any case.
  return { target: rest.startsWith('/') ? rest : `/${rest}`, hosts: hosts.length > 1 ? hosts : [host] }
}
