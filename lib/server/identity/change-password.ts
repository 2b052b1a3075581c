import 'server-only'
import { Failure } from '#lib/domain/errors'
import type { PasswordChange } from '#lib/domain/identity/wire'
import { changed, writeAs } from '../access/act'
import { sessionEngine } from '../access/auth'
import type { Context } from '../access/caller'
import { countAttempt, passwordLimits, tooManyAttempts } from './attempts'
import { hashPassword, isPasswordOf, replacePassword } from './credentials'
import { directoryKind } from './directory-kind'

/**
 * Changes one's own password. The session of this request stays, all others end.
 * @throws Failure `validation_failed` when the present password is wrong; `limit_exceeded` after ten such tries
 */
export async function changeOwnPassword(
  ctx: Context,
  headers: Headers,
  change: PasswordChange,
): Promise<void> {
  const userId = ctx.caller.kind === 'user' ? ctx.caller.userId : ''
  const { spaceId } = ctx.caller
  const engine = await sessionEngine()
  const own = await engine.api.getSession({ headers })
  const attempt = await countAttempt(passwordLimits(spaceId, userId, ctx.originAddress))
  if (attempt.limited) throw tooManyAttempts()
  const passwordHash = await hashPassword(change.next)
  await writeAs(ctx, directoryKind, 'change-own-password', null, async ({ tx }) => {
    const row = await tx.user.findUniqueOrThrow({ where: { spaceId_id: { spaceId, id: userId } } })
    if (!(await isPasswordOf(tx, row, change.current))) throw wrongPassword()
    await attempt.giveBack(tx)
    await replacePassword(tx, row, passwordHash)
    const { count } = await tx.session.deleteMany({
      where: { spaceId, userId: row.id, id: { not: own?.session.id ?? '' } },
    })
    return changed(undefined, {
      msgType: 'password-change',
      objectType: 'user',
      objectId: row.id,
      before: { password: 'changed' },
      after: { password: 'changed' },
      fields: { endedSessions: count },
    })
  })
}

const wrongPassword = () => {
  const message = 'This is not your present password.'
  return new Failure('validation_failed', message, {
    reason: 'wrong-password',
    issues: [{ reason: 'wrong-password', message, path: ['current'] }],
  })
}
