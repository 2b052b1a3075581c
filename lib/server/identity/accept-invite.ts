import 'server-only'
import { Failure } from '#lib/domain/errors'
import type { Invitation, InviteAcceptance } from '#lib/domain/identity/gate-wire'
import { landingPage } from '#lib/domain/identity/landing'
import { hrefOf } from '#lib/domain/identity/pages'
import { recordEvent } from '../access/record-event'
import { loadSubject } from '../access/subject'
import { now } from '../platform/clock'
import { database, type Tx } from '../platform/db/client'
import { inTransaction } from '../platform/db/transaction'
import { hashPassword, insertUser, openSession } from './credentials'
import { holdGroups } from './hold-groups'
import { beginMembership } from './memberships'
import { findLink, takeLink } from './one-time-links'
import type { SignedIn } from './sign-in'
import { personActor, type Visit, visitContext } from './visit'

/** What an invitation says to whom it invites. @throws Failure `not_found` when it does not work any more */
export async function getInvitation(token: string): Promise<Invitation> {
  const link = await findLink(database(), 'invite', token)
  const [space, groups] = await Promise.all([
    database().space.findUniqueOrThrow({ where: { id: link.spaceId } }),
    liveGroups(database(), link),
  ])
  return { email: link.email ?? '', space: space.name, groups: groups.map(({ name }) => name) }
}

/**
 * Makes the invited person's account, with the groups that the invitation names and that still exist, and signs them in.
 * @throws Failure `conflict` when the login is taken; the link can then be tried again
 */
export async function acceptInvite(visit: Visit, input: InviteAcceptance): Promise<SignedIn> {
  const { token, password, ...person } = input
  await findLink(database(), 'invite', token)
  const passwordHash = await hashPassword(password)
  return inTransaction(async (tx) => {
    const link = await takeLink(tx, 'invite', token)
    const { spaceId } = link
    const email = link.email ?? ''
    const { id: userId } = await insertUser(tx, { spaceId, email, ...person, passwordHash })
    await holdGroups(tx, spaceId, link.groupIds)
    const groups = await liveGroups(tx, link)
    const act = { spaceId, actor: link.createdBy, at: now(), reason: 'invitation' }
    for (const { id } of groups) await beginMembership(tx, act, id, { userId })
    const after = { ...person, email, groups: groups.map(({ name }) => name) }
    const object = { objectType: 'user', objectId: userId } as const
    for (const event of [
      {
        msgType: 'invite-accept',
        objectType: 'invite',
        objectId: link.id,
        fields: { email, invitedBy: link.createdBy },
      },
      { msgType: 'user-create', ...object, after },
      { msgType: 'login-success', ...object },
    ] as const)
      await recordEvent(tx, visitContext(visit, spaceId), personActor(person.login), event)
    const headers = await openSession(tx, spaceId, { email, password, headers: visit.headers })
    if (!headers) throw new Failure('internal', 'The new account could not be signed in.')
    const subject = await loadSubject(tx, { kind: 'user', spaceId, userId })
    return { home: hrefOf(landingPage(subject)), headers }
  })
}

const liveGroups = (tx: Tx, link: { spaceId: string; groupIds: string[] }) =>
  tx.group.findMany({
    where: { spaceId: link.spaceId, id: { in: link.groupIds }, deletedAt: null },
    select: { id: true, name: true },
    orderBy: { name: 'asc' },
  })
