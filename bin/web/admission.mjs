/**
 * Why a request is turned away before the application sees it.
 * @typedef {{ status: number, code: string, title: string, detail: string, reason: string }} Refusal
 */

/** A key or a node's token: what follows the prefix is 32 random bytes in base64url. */
const SECRET = /lp_(?:key|node)_[\w-]{40,}/

/**
 * Decides whether a request may go on; null when it may.
 * @param {{ target: string, hosts: string[] }} request the target as sent, and every Host header
 * @param {URL} url the only address that this installation answers to
 * @returns {Refusal | null}
 */
export function refuse({ target, hosts }, url) {
  if (!target.startsWith('/')) {
    return {
      status: 400,
      code: 'validation_failed',
      title: 'Bad request',
      detail: 'The request names no path of this server.',
      reason: 'bad-target',
    }
  }
  if (hosts.length !== 1 || normalizeHost(hosts[0] ?? '', url.protocol) !== url.host) {
    return {
      status: 421,
      code: 'validation_failed',
      title: 'Misdirected request',
      detail: `This server answers only as ${url.host}. Open ${url.origin}, or set LAUNCHPAD_URL to the address that people use.`,
      reason: 'wrong-host',
    }
  }
  if (holdsKey(target)) {
    return {
      status: 400,
      code: 'validation_failed',
      title: 'Bad request',
      detail:
        'The address holds a key, and addresses end up in logs and histories. Send it as "Authorization: Bearer KEY", and replace it: others may have read it.',
      reason: 'key-in-address',
    }
  }
  const fault = pathFault(target)
  if (fault) {
    return { status: 400, code: 'validation_failed', title: 'Bad request', ...fault }
  }
  // Next redirects these to another spelling; what two slashes or a backslash mean is better not guessed.
  if (/\/\/|\\/.test(target.split('?', 1)[0] ?? '')) {
    return {
      status: 404,
      code: 'not_found',
      title: 'Not found',
      detail: 'No page has a path with an empty part or a backslash.',
      reason: 'empty-path-part',
    }
  }
  return null
}

/**
 * Why nobody can tell which path is meant: the application would answer with a fault, or with the page of another address.
 * @param {string} target
 */
function pathFault(target) {
  for (const part of (target.split('?', 1)[0] ?? '').split('/')) {
    const plain = unescaped(part)
    if (plain === null) return MALFORMED_ESCAPE
    if (plain === '.' || plain === '..') return DOT_SEGMENT
  }
  return null
}

const MALFORMED_ESCAPE = {
  detail:
    'The address has a "%" that begins no character. Write UTF-8 in it, each byte as "%" and two digits.',
  reason: 'malformed-escape',
}

const DOT_SEGMENT = {
  detail: 'The address has "." or ".." as a part. Name the path that is meant itself.',
  reason: 'dot-segment',
}

/** @param {string} part @returns {string | null} null where it is no UTF-8 */
function unescaped(part) {
  try {
    return decodeURIComponent(part)
  } catch {
    return null
  }
}

/** Whether a secret of this installation stands behind the question mark, however it is escaped. @param {string} target */
function holdsKey(target) {
  const query = target.indexOf('?')
  if (query < 0) return false
  for (const [name, value] of new URLSearchParams(target.slice(query + 1)))
    if (SECRET.test(name) || SECRET.test(value)) return true
  return false
}

/** Case and the scheme's own port say nothing. @param {string} host @param {string} protocol */
function normalizeHost(host, protocol) {
  // Only a host and a port: the parser would also take a path or a name and password.
  if (!/^[a-z0-9.:[\]-]+$/i.test(host)) return null
  return URL.canParse(`${protocol}//${host}`) ? new URL(`${protocol}//${host}`).host : null
}
