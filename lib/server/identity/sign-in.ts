import 'server-only'
import { Failure } from '#lib/domain/errors'
import type { SignInInput } from '#lib/domain/identity/gate-wire'
import { landingPage } from '#lib/domain/identity/landing'
import { hrefOf } from '#lib/domain/identity/pages'
import { recordEvent, recordRepeatable } from '../access/record-event'
import { loadSubject } from '../access/subject'
import type { Tx } from '../platform/db/client'
import { database } from '../platform/db/client'
import { inTransaction } from '../platform/db/transaction'
import { requireTheSpace } from '../spaces/the-space'
import { type Attempt, countAttempt, passwordLimits, tooManyAttempts } from './attempts'
import { openSession } from './credentials'
import { personActor, type Visit, visitContext } from './visit'

/** What a sign-in gives: where to go, and the cookie. */
export interface SignedIn {
  home: string
  headers: Headers
}

/** Nobody has it: it makes an unknown login take the time of a wrong password. */
const NOBODY = 'nobody@launchpad.invalid'

/**
 * Signs a person in by login or e-mail address. An unknown login, a wrong password and a disabled account get the same
 * answer after the same time; the event commits with the session.
 * @throws Failure `unauthenticated`; `limit_exceeded` after 10 failures of an account or 50 of an address in 15 minutes
 */
export async function signIn(visit: Visit, input: SignInInput): Promise<SignedIn> {
  const space = await requireTheSpace()
  const account = await findAccount(space.id, input.login)
  const limits = passwordLimits(space.id, account?.id ?? input.login.toLowerCase(), visit.originAddress)
  const attempt = await countAttempt(limits)
  const name = account?.login ?? input.login.slice(0, 100)
  if (attempt.limited) {
    await recordFailure(visit, space.id, name, 'too many attempts')
    throw tooManyAttempts()
  }
  const signedIn = await inTransaction((tx) => trySignIn(tx, visit, space.id, input, attempt))
  if (signedIn) return signedIn
  await recordFailure(visit, space.id, name, 'wrong login or password')
  throw new Failure('unauthenticated', 'This login and password do not go together.', {
    reason: 'wrong-password',
    remedy: 'Check both, or ask an administrator for a reset link.',
  })
}

/** The account that a login or an e-mail address names. */
function findAccount(spaceId: string, text: string, tx: Tx = database()) {
  const wanted = text.trim().toLowerCase()
  return tx.user.findFirst({
    where: wanted.includes('@') ? { spaceId, email: wanted } : { spaceId, login: wanted },
    select: { id: true, login: true, email: true, disabledAt: true },
  })
}

async function trySignIn(
  tx: Tx,
  visit: Visit,
  spaceId: string,
  input: SignInInput,
  attempt: Attempt,
): Promise<SignedIn | null> {
  const found = await findAccount(spaceId, input.login, tx)
  // The lock holds off an administrator who disables this account at the same moment.
  if (found) await tx.$queryRaw`SELECT "id" FROM "user" WHERE "id" = ${found.id} FOR SHARE`
  const account = await findAccount(spaceId, input.login, tx)
  const email = account && !account.disabledAt ? account.email : NOBODY
  const headers = await openSession(tx, spaceId, { email, password: input.password, headers: visit.headers })
  if (!headers || !account) return null
  await attempt.giveBack(tx)
  await recordEvent(tx, visitContext(visit, spaceId), personActor(account.login), {
    msgType: 'login-success',
    objectType: 'user',
    objectId: account.id,
  })
  const subject = await loadSubject(tx, { kind: 'user', spaceId, userId: account.id })
  return { home: hrefOf(landingPage(subject)), headers }
}

function recordFailure(visit: Visit, spaceId: string, name: string, reason: string): Promise<void> {
  return inTransaction((tx) =>
    recordRepeatable(tx, visitContext(visit, spaceId), personActor(name), {
      msgType: 'login-failure',
      topic: 'authfail',
      outcome: 'denied',
      objectType: 'user',
      objectId: name,
      // Tells attempts from different addresses apart.
      fields: { reason, originAddress: visit.originAddress },
    }),
  )
}
