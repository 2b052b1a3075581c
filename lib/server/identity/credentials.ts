import 'server-only'
import { Failure } from '#lib/domain/errors'
import { inAuthTransaction, sessionEngine } from '../access/auth'
import type { Tx } from '../platform/db/client'
import { newId } from '../platform/ids'

const PROVIDER = 'credential'

/** The slow hash of a password. Worked out before a transaction is opened, which it would hold up. */
export async function hashPassword(password: string): Promise<string> {
  const { password: engine } = await (await sessionEngine()).$context
  return engine.hash(password)
}

/** True when the password is this user's. */
export async function isPasswordOf(
  tx: Tx,
  user: { spaceId: string; id: string },
  password: string,
): Promise<boolean> {
  const account = await tx.account.findFirst({
    where: { spaceId: user.spaceId, userId: user.id, providerId: PROVIDER },
  })
  if (!account?.password) return false
  const { password: engine } = await (await sessionEngine()).$context
  return engine.verify({ hash: account.password, password })
}

export interface NewUser {
  spaceId: string
  login: string
  name: string
  email: string
  passwordHash: string
}

/** @throws Failure `conflict` when the login or the e-mail address is taken */
export async function insertUser(tx: Tx, { passwordHash, ...fields }: NewUser): Promise<{ id: string }> {
  await requireFree(tx, fields)
  const id = newId()
  await tx.user.create({ data: { id, ...fields, emailVerified: true } })
  await tx.account.create({
    data: {
      id: newId(),
      spaceId: fields.spaceId,
      userId: id,
      accountId: id,
      providerId: PROVIDER,
      password: passwordHash,
    },
  })
  return { id }
}

/** Refuses a login or an e-mail address that another user has. */
export async function requireFree(
  tx: Tx,
  fields: { spaceId: string; login?: string; email?: string },
  exceptId?: string,
): Promise<void> {
  const { spaceId, login, email } = fields
  const other = exceptId ? { id: { not: exceptId } } : {}
  const namesake =
    login === undefined ? null : await tx.user.findFirst({ where: { spaceId, login, ...other } })
  if (namesake?.disabledAt) throw takenByDisabled(namesake.login)
  if (namesake) throw taken('login', `The login ${login} is taken.`)
  if (email !== undefined && (await tx.user.count({ where: { email, ...other } }))) {
    throw taken('email', `Someone with the address ${email} is here already.`)
  }
}

const taken = (field: string, message: string) =>
  new Failure('conflict', message, {
    reason: `${field}-taken`,
    issues: [{ reason: `${field}-taken`, message, path: [field] }],
  })

/** Who was deleted stays as a disabled user, whom grants and events of the past name: nobody else gets the login. */
const takenByDisabled = (login: string) => {
  const message = `The login ${login} belongs to a user who is disabled or was deleted.`
  return new Failure('conflict', message, {
    reason: 'login-of-disabled-user',
    issues: [{ reason: 'login-of-disabled-user', message, path: ['login'] }],
    remedy: `Enable ${login} again if it is the same person, or choose another login.`,
  })
}

/** Puts another password, hashed, in the place of a user’s. */
export async function replacePassword(
  tx: Tx,
  user: { spaceId: string; id: string },
  passwordHash: string,
): Promise<void> {
  await tx.account.updateMany({
    where: { spaceId: user.spaceId, userId: user.id, providerId: PROVIDER },
    data: { password: passwordHash },
  })
}

/** Opens a session within `tx` and gives the headers that set its cookie; null when the password is wrong. */
export async function openSession(
  tx: Tx,
  spaceId: string,
  request: { email: string; password: string; headers: Headers },
): Promise<Headers | null> {
  const engine = await sessionEngine()
  const { email, password, headers } = request
  try {
    const signedIn = await inAuthTransaction(tx, spaceId, () =>
      engine.api.signInEmail({ body: { email, password }, headers, returnHeaders: true }),
    )
    return cookiesOf(signedIn.headers)
  } catch (error) {
    if (isRefusal(error)) return null
    throw error
  }
}

/** The engine's own headers besides cookies are of no use to us. */
export function cookiesOf(headers: Headers): Headers {
  const cookies = new Headers()
  for (const cookie of headers.getSetCookie()) cookies.append('set-cookie', cookie)
  return cookies
}

const isRefusal = (error: unknown) =>
  error instanceof Error && 'statusCode' in error && (error.statusCode === 401 || error.statusCode === 400)
