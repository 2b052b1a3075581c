import 'server-only'
import type { Context } from '../access/caller'
import { createSpace } from '../identity/create-space'
import { signIn } from '../identity/sign-in'
import type { Visit } from '../identity/visit'
import { now } from '../platform/clock'
import { database } from '../platform/db/client'
import { newId } from '../platform/ids'
import { ensureInstallation, makeSetupLink } from '../spaces/installation'

export const ADMIN_PASSWORD = 'correct horse battery'

export const FOUNDER = {
  space: 'Aurora',
  name: 'Ada Lind',
  login: 'ada',
  email: 'ada@example.com',
  password: ADMIN_PASSWORD,
}

/** A request of someone who is nobody yet. */
export const visitFrom = (address = '192.0.2.1', headers: Record<string, string> = {}): Visit => ({
  headers: new Headers(headers),
  requestId: newId(),
  originAddress: address,
  via: 'browser',
  call: 'POST /test',
  startedAt: now(),
  signal: new AbortController().signal,
})

/** A request of a user, as the cookie of a session would name them. */
export function contextOf(caller: Context['caller']): Context {
  const { headers: _, ...rest } = visitFrom()
  return { ...rest, caller }
}

/** Makes the space Aurora with its administrator `ada` in an empty database. */
export async function foundSpace(): Promise<{ spaceId: string; adminId: string; admin: Context }> {
  await ensureInstallation()
  const link = await makeSetupLink()
  const token = new URL(link ?? '').searchParams.get('token') ?? ''
  await createSpace(visitFrom(), { token, ...FOUNDER })
  const { id: adminId, spaceId } = await database().user.findFirstOrThrow({ where: { login: FOUNDER.login } })
  return { spaceId, adminId, admin: contextOf({ kind: 'user', spaceId, userId: adminId }) }
}

/** Signs in and gives the cookie header that a browser would send from then on. */
export async function cookieOf(login: string, password = ADMIN_PASSWORD): Promise<string> {
  const { headers } = await signIn(visitFrom(), { login, password })
  return headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0])
    .join('; ')
}

/** The events written so far of one msgType, oldest first, as their messages. */
export async function eventsOf(msgType: string): Promise<Record<string, unknown>[]> {
  const rows = await database().auditEvent.findMany({ where: { msgType }, orderBy: { seq: 'asc' } })
  return rows.map((row) => ({ topic: row.topic, ...JSON.parse(row.line).message }))
}
