import 'server-only'
import { inAuthTransaction, sessionEngine } from '../access/auth'
import { recordEvent } from '../access/record-event'
import { inTransaction } from '../platform/db/transaction'
import { cookiesOf } from './credentials'
import { personActor, type Visit, visitContext } from './visit'

/** Ends the session of this request, with its event; the headers take the cookie away. Without one it does no harm. */
export async function signOut(visit: Visit): Promise<Headers> {
  const engine = await sessionEngine()
  const found = await engine.api.getSession({ headers: visit.headers })
  const leave = () => engine.api.signOut({ headers: visit.headers, returnHeaders: true })
  if (!found) return cookiesOf((await leave()).headers)
  const { spaceId } = found.session
  return inTransaction(async (tx) => {
    const left = await inAuthTransaction(tx, spaceId, leave)
    await recordEvent(tx, visitContext(visit, spaceId), personActor(found.user.login), {
      msgType: 'logout',
      objectType: 'user',
      objectId: found.user.id,
    })
    return cookiesOf(left.headers)
  })
}
