import 'server-only'
import type { Invite, InviteInput, OneTimeLink } from '#lib/domain/identity/wire'
import { changed, readAs, writeAs } from '../access/act'
import type { Context } from '../access/caller'
import { can } from '../access/resource-kind'
import { requireFree } from './credentials'
import { directoryKind } from './directory-kind'
import { inviteKind } from './invite-kind'
import { requireGroups } from './memberships'
import { insertLink, openAt } from './one-time-links'

/** Makes a one-time link for someone to join these groups; an earlier one for the same address ends. */
export function inviteUser(ctx: Context, { email, groupIds }: InviteInput): Promise<OneTimeLink> {
  return writeAs(ctx, directoryKind, 'invite', null, async ({ tx, row, subject, at }) => {
    const groups = await requireGroups(tx, row.id, groupIds)
    await requireFree(tx, { spaceId: row.id, email })
    await tx.oneTimeLink.updateMany({
      where: { spaceId: row.id, kind: 'invite', email, ...openAt(at) },
      data: { revokedAt: at },
    })
    const ids = groups.map(({ id }) => id)
    const fields = { spaceId: row.id, kind: 'invite', createdBy: subject.name, email, groupIds: ids } as const
    const link = await insertLink(tx, fields)
    return changed(link, {
      msgType: 'invite-create',
      objectType: 'invite',
      objectId: link.id,
      after: { email, groups: groups.map(({ name }) => name), expiresAt: link.expiresAt },
    })
  })
}

/** Invitations that still wait, the newest first. */
export function listInvites(ctx: Context): Promise<{ invites: Invite[] }> {
  return readAs(ctx, directoryKind, 'list-users', null, async ({ tx, row, subject, at }) => {
    const found = await tx.oneTimeLink.findMany({
      where: { spaceId: row.id, kind: 'invite', ...openAt(at) },
      orderBy: { createdAt: 'desc' },
    })
    const groups = await tx.group.findMany({
      where: { spaceId: row.id, deletedAt: null, id: { in: found.flatMap(({ groupIds }) => groupIds) } },
      select: { id: true, name: true },
      orderBy: { name: 'asc' },
    })
    const invites = found.map((link) => ({
      id: link.id,
      email: link.email ?? '',
      groups: groups.filter(({ id }) => link.groupIds.includes(id)),
      createdBy: link.createdBy,
      createdAt: link.createdAt.toISOString(),
      expiresAt: link.expiresAt.toISOString(),
      canRevoke: can(inviteKind, 'revoke', subject, link, at).allowed,
    }))
    return { invites }
  })
}

/** Withdraws an invitation: its link stops working now. */
export function revokeInvite(ctx: Context, inviteId: string): Promise<void> {
  return writeAs(ctx, inviteKind, 'revoke', { inviteId }, async ({ tx, row, at }) => {
    await tx.oneTimeLink.update({ where: { id: row.id }, data: { revokedAt: at } })
    return changed(undefined, {
      msgType: 'invite-revoke',
      objectType: 'invite',
      objectId: row.id,
      fields: { email: row.email },
    })
  })
}
