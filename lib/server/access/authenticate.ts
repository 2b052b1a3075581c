import 'server-only'
import { APIError } from 'better-auth/api'
import { Failure } from '#lib/domain/errors'
import { now } from '../platform/clock'
import { database } from '../platform/db/client'
import { hashSecret } from '../platform/ids'
import { sessionEngine } from './auth'
import type { Caller } from './caller'
import { currentAt } from './current'

export const KEY_PREFIX = 'lp_key'
export const NODE_TOKEN_PREFIX = 'lp_node'

export interface Authentication {
  caller: Caller
  /** Whether a cookie said so: then a change must come from our own pages. */
  byCookie: boolean
}

/**
 * Finds out who sends a request: an API key in `Authorization` (Bearer, or Basic with the key as user name),
 * else the session cookie. With an Authorization header, cookies are ignored.
 * @returns null when the request names nobody
 * @throws Failure `unauthenticated` for a key that is wrong or has ended
 */
export async function authenticate(headers: Headers): Promise<Authentication | null> {
  const authorization = headers.get('authorization')
  if (authorization !== null)
    return { caller: await keyCaller(readCredential(authorization)), byCookie: false }
  const caller = await sessionCaller(headers)
  return caller && { caller, byCookie: true }
}

/** The secret of an Authorization header: `Bearer S`, or `Basic base64("S:")`. */
export function readCredential(authorization: string): string {
  const [scheme = '', rest = ''] = authorization.trim().split(/\s+/, 2)
  if (/^bearer$/i.test(scheme)) return rest
  if (/^basic$/i.test(scheme)) return Buffer.from(rest, 'base64').toString('utf8').split(':', 1)[0] ?? ''
  return ''
}

async function keyCaller(secret: string): Promise<Caller> {
  const key = secret.startsWith(`${KEY_PREFIX}_`)
    ? await database().apiKey.findFirst({ where: { hash: hashSecret(secret), ...currentAt(now()) } })
    : null
  if (!key) throw wrongKey()
  await noteUse(key)
  return { kind: 'key', spaceId: key.spaceId, keyId: key.id }
}

/** Remembers the last use of a key, at most once a minute. */
async function noteUse(key: { spaceId: string; id: string; lastUsedAt: Date | null }): Promise<void> {
  const at = now()
  if (key.lastUsedAt && at.getTime() - key.lastUsedAt.getTime() < 60_000) return
  await database().apiKey.update({ where: { id: key.id }, data: { lastUsedAt: at } })
}

async function sessionCaller(headers: Headers): Promise<Caller | null> {
  if (!headers.get('cookie')) return null
  const engine = await sessionEngine()
  const found = await engine.api.getSession({ headers }).catch((error: unknown) => {
    // A session that ended while it was being prolonged.
    if (error instanceof APIError && error.statusCode === 401) return null
    throw error
  })
  if (!found) return null
  return { kind: 'user', spaceId: found.session.spaceId, userId: found.user.id }
}

const wrongKey = () =>
  new Failure('unauthenticated', 'This API key is not known, or it has ended.', {
    reason: 'wrong-key',
    remedy: 'Check the key, or make a new one under your keys.',
  })
