import 'server-only'
import type { ResetInput, ResetOffer } from '#lib/domain/identity/gate-wire'
import type { OneTimeLink } from '#lib/domain/identity/wire'
import { changed, writeAs } from '../access/act'
import type { Context } from '../access/caller'
import { recordEvent } from '../access/record-event'
import { now } from '../platform/clock'
import { database, type Tx } from '../platform/db/client'
import { inTransaction } from '../platform/db/transaction'
import { hashPassword, replacePassword } from './credentials'
import { findLink, insertLink, openAt, takeLink } from './one-time-links'
import { userKind } from './user-kind'
import { personActor, type Visit, visitContext } from './visit'

/** Makes a link with which a user sets a new password; earlier ones of theirs end. */
export function createResetLink(ctx: Context, userId: string): Promise<OneTimeLink> {
  return writeAs(ctx, userKind, 'reset', { userId }, async ({ tx, row, subject }) =>
    changed(await insertResetLink(tx, row, subject.name), {
      msgType: 'password-reset-link-create',
      objectType: 'user',
      objectId: row.id,
      fields: { login: row.login },
    }),
  )
}

/** The link itself, and the end of those before it. */
export async function insertResetLink(
  tx: Tx,
  user: { spaceId: string; id: string },
  createdBy: string,
): Promise<OneTimeLink> {
  const at = now()
  await tx.oneTimeLink.updateMany({
    where: { spaceId: user.spaceId, kind: 'reset', userId: user.id, ...openAt(at) },
    data: { revokedAt: at },
  })
  return insertLink(tx, { spaceId: user.spaceId, kind: 'reset', userId: user.id, createdBy })
}

/** Whose password a reset link sets. @throws Failure `not_found` when it does not work any more */
export async function getResetOffer(token: string): Promise<ResetOffer> {
  const { user } = await findReset(database(), token)
  const { name } = await database().space.findUniqueOrThrow({ where: { id: user.spaceId } })
  return { login: user.login, name: user.name, space: name }
}

/** Sets the new password and ends all sessions of this user. */
export async function resetPassword(visit: Visit, { token, password }: ResetInput): Promise<void> {
  await findReset(database(), token)
  const passwordHash = await hashPassword(password)
  await inTransaction(async (tx) => {
    const { user } = await findReset(tx, token)
    await takeLink(tx, 'reset', token)
    await replacePassword(tx, user, passwordHash)
    const { count } = await tx.session.deleteMany({ where: { spaceId: user.spaceId, userId: user.id } })
    await recordEvent(tx, visitContext(visit, user.spaceId), personActor(user.login), {
      msgType: 'password-reset',
      objectType: 'user',
      objectId: user.id,
      before: { password: 'changed' },
      after: { password: 'changed' },
      fields: { endedSessions: count },
    })
  })
}

async function findReset(tx: Tx, token: string) {
  const link = await findLink(tx, 'reset', token)
  const user = await tx.user.findUniqueOrThrow({
    where: { spaceId_id: { spaceId: link.spaceId, id: link.userId ?? '' } },
  })
  return { link, user }
}
