import 'server-only'
import { recordEvent } from '../access/record-event'
import { insertResetLink } from '../identity/resets'
import { MACHINE_ACTOR, machineContext } from '../identity/visit'
import { inTransaction } from '../platform/db/transaction'
import { requireTheSpace } from '../spaces/the-space'

/** Prints a link with which a user sets a new password: `reset-password ada`. Its event is written with it. */
export async function printResetLink([login = '']: string[]): Promise<void> {
  const wanted = login.trim().toLowerCase()
  const { link } = await inTransaction(async (tx) => {
    const { id: spaceId } = await requireTheSpace(tx)
    const user = await tx.user.findUnique({ where: { spaceId_login: { spaceId, login: wanted } } })
    if (!user) throw new Error(`There is no user with the login ${wanted}.`)
    const made = await insertResetLink(tx, user, MACHINE_ACTOR.authUser)
    await recordEvent(tx, machineContext('reset-password', spaceId), MACHINE_ACTOR, {
      msgType: 'password-reset-link-create',
      objectType: 'user',
      objectId: user.id,
      fields: { login: user.login },
    })
    return made
  })
  console.log(link)
}
