import 'server-only'
import { AsyncLocalStorage } from 'node:async_hooks'
import { prismaAdapter } from 'better-auth/adapters/prisma'
import { betterAuth } from 'better-auth/minimal'
import { config } from '../platform/config'
import { database, type Tx } from '../platform/db/client'
import { newId } from '../platform/ids'

/** better-auth writes through whichever transaction its caller is in, so that session and event commit together. */
const current = new AsyncLocalStorage<{ tx: Tx; spaceId: string }>()

const client = new Proxy({} as Tx, {
  get: (_, property) => Reflect.get(current.getStore()?.tx ?? database(), property),
})

const spaceId = {
  type: 'string',
  required: true,
  input: false,
  returned: true,
  defaultValue: () => current.getStore()?.spaceId ?? '',
} as const

function createAuth(shortId: string) {
  const { url, authSecret } = config()
  const secure = url.protocol === 'https:'
  return betterAuth({
    secret: authSecret,
    baseURL: url.origin,
    trustedOrigins: [url.origin],
    database: prismaAdapter(client, { provider: 'postgresql', transaction: false }),
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 12, maxPasswordLength: 200 },
    // Attempts are counted in PostgreSQL by our own verbs, over all processes.
    rateLimit: { enabled: false },
    user: { additionalFields: { spaceId, login: { type: 'string', required: true, input: false } } },
    session: {
      additionalFields: { spaceId },
      expiresIn: 7 * 86_400,
      updateAge: 86_400,
      cookieCache: { enabled: false },
    },
    account: { additionalFields: { spaceId } },
    advanced: {
      // Our tests hold the schema to the engine; its own check asks for the table of verification mails, which we never send.
      database: { generateId: () => newId(), validateSchema: false },
      // The prefix "__Host-" binds the cookie to this host; browsers accept it over TLS only.
      useSecureCookies: false,
      cookies: { session_token: { name: sessionCookieName(secure, shortId) } },
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', secure, path: '/' },
    },
    telemetry: { enabled: false },
    logger: { disabled: true },
  })
}

/** `__Host-launchpad-k3v9` where TLS is on: ports do not separate cookies, the installation's short id does. */
export const sessionCookieName = (secure: boolean, shortId: string) =>
  `${secure ? '__Host-' : ''}launchpad-${shortId}`

type Auth = ReturnType<typeof createAuth>
let auth: Promise<Auth> | undefined

/** The session engine; its own HTTP handler is not mounted anywhere. */
export function sessionEngine(): Promise<Auth> {
  auth ??= database()
    .installation.findUniqueOrThrow({ where: { id: 'installation' } })
    .then(({ shortId }) => createAuth(shortId))
  auth.catch(() => {
    auth = undefined
  })
  return auth
}

/** Runs session work of better-auth within `tx`. */
export function inAuthTransaction<T>(tx: Tx, space: string, work: () => Promise<T>): Promise<T> {
  return current.run({ tx, spaceId: space }, work)
}
