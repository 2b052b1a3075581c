import 'server-only'
import { APIError } from 'better-auth/api'
import { now } from '../platform/clock'
import { database } from '../platform/db/client'
import { hashSecret } from '../platform/ids'
import { logger } from '../platform/logger'
import { sessionEngine } from './auth'
import type { Arrival, Caller } from './caller'
import { SharedLooks } from './shared-looks'
import { refuseKey, type WrongKey } from './wrong-key'

export const KEY_PREFIX = 'lp_key'
export const NODE_TOKEN_PREFIX = 'lp_node'

export interface Authentication {
  caller: Caller
  /** Whether a cookie said so: then a change must come from our own pages. */
  byCookie: boolean
  /** Cookies that the answer has to set: the session was prolonged. */
  cookies: string[]
}

/**
 * Finds out who sends a request: an API key in `Authorization` (Bearer, or Basic with the key as user name),
 * else the session cookie. With an Authorization header, cookies are ignored. A session that is used is prolonged.
 * @returns null when the request names nobody
 * @throws Failure `unauthenticated` for a key that is wrong or has ended, told by an event; `limit_exceeded` after too many
 */
export async function authenticate(arrival: Arrival): Promise<Authentication | null> {
  const authorization = arrival.headers.get('authorization')
  if (authorization !== null)
    return { caller: await keyCaller(readCredential(authorization), arrival), byCookie: false, cookies: [] }
  const found = await findSession(arrival.headers, true)
  return found && { ...found, byCookie: true }
}

/** Who opens a page, by the cookie alone. A page sets no cookies, so the requests that it makes prolong the session. */
export async function authenticatePage({ headers }: Arrival): Promise<Caller | null> {
  const found = await findSession(headers, false)
  return found?.caller ?? null
}

/** The secret of an Authorization header: `Bearer S`, or `Basic base64("S:")`. */
export function readCredential(authorization: string): string {
  const [scheme = '', rest = ''] = authorization.trim().split(/\s+/, 2)
  if (/^bearer$/i.test(scheme)) return rest
  if (/^basic$/i.test(scheme)) return Buffer.from(rest, 'base64').toString('utf8').split(':', 1)[0] ?? ''
  return ''
}

async function keyCaller(secret: string, arrival: Arrival): Promise<Caller> {
  const key = secret.startsWith(`${KEY_PREFIX}_`) ? await findKey(secret) : null
  const at = now()
  if (!key || key.from > at || (key.until && key.until <= at) || key.ownerDisabledAt)
    throw await refuseKey(arrival, toWrongKey(secret, key))
  noteUse(key)
  return { kind: 'key', spaceId: key.spaceId, keyId: key.id }
}

interface FoundKey {
  id: string
  spaceId: string
  kind: string
  label: string
  prefix: string
  from: Date
  until: Date | null
  lastUsedAt: Date | null
  /** Of a personal key. */
  ownerLogin: string | null
  ownerDisabledAt: Date | null
}

const keyLooks = new SharedLooks<FoundKey | null>()

function findKey(secret: string): Promise<FoundKey | null> {
  const hash = hashSecret(secret)
  return keyLooks.look(hash, async () => {
    // One statement: each request of a program begins with it.
    const [key] = await database().$queryRaw<FoundKey[]>`
      SELECT key.id, key."spaceId", key.kind, key.label, key.prefix, key."from", key.until, key."lastUsedAt",
        owner.login AS "ownerLogin", owner."disabledAt" AS "ownerDisabledAt"
      FROM api_key key LEFT JOIN "user" owner ON owner."spaceId" = key."spaceId" AND owner.id = key."ownerId"
      WHERE key.hash = ${hash}`
    return key ?? null
  })
}

/** What may be told of a key that is refused: one of ours by its id, any other by what lists show of keys. */
function toWrongKey(secret: string, key: FoundKey | null): WrongKey {
  if (key) {
    const { spaceId, id, kind, label, ownerLogin } = key
    return { known: { spaceId, id, kind, name: ownerLogin ?? `key:${label}` }, prefix: key.prefix }
  }
  return { known: null, prefix: secret.startsWith(`${KEY_PREFIX}_`) ? keyPrefixOf(secret) : null }
}

const SHOWN_CHARS = 13

/** What the list shows of a key, to tell it by: `"lp_key_Ab3dE9"`. */
export const keyPrefixOf = (secret: string): string => secret.slice(0, SHOWN_CHARS)

const NOTED_EVERY_MS = 60_000
/** Keys whose use this process is writing down: a burst of requests is one use. */
const noting = new Set<string>()

/** Remembers the last use of a key, at most once a minute; no request waits for it, nor fails with it. */
function noteUse({ id, lastUsedAt }: { id: string; lastUsedAt: Date | null }): void {
  const at = now()
  const stale = new Date(at.getTime() - NOTED_EVERY_MS)
  if (noting.has(id) || (lastUsedAt && lastUsedAt > stale)) return
  noting.add(id)
  database()
    .apiKey.updateMany({
      where: { id, OR: [{ lastUsedAt: null }, { lastUsedAt: { lte: stale } }] },
      data: { lastUsedAt: at },
    })
    .catch((err: unknown) => logger.warn({ err }, 'the last use of a key could not be noted'))
    .finally(() => noting.delete(id))
}

type FoundSession = Pick<Authentication, 'caller' | 'cookies'> | null

const sessionLooks = new SharedLooks<FoundSession>()

async function findSession(headers: Headers, prolong: boolean): Promise<FoundSession> {
  const cookie = headers.get('cookie')
  if (!cookie) return null
  return sessionLooks.look(JSON.stringify([prolong, cookie]), () => lookUpSession(cookie, prolong))
}

async function lookUpSession(cookie: string, prolong: boolean): Promise<FoundSession> {
  const engine = await sessionEngine()
  const found = await engine.api
    .getSession({
      headers: new Headers({ cookie }),
      query: { disableRefresh: !prolong },
      returnHeaders: true,
    })
    .catch((error: unknown) => {
      // A session that ended while it was being prolonged.
      if (error instanceof APIError && error.statusCode === 401) return null
      throw error
    })
  if (!found?.response) return null
  const { session, user } = found.response
  return {
    caller: { kind: 'user', spaceId: session.spaceId, userId: user.id },
    cookies: found.headers.getSetCookie(),
  }
}
