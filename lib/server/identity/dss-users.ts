import 'server-only'
import type { z } from 'zod'
import { Failure } from '#lib/domain/errors'
import {
  dssPerson,
  type dssUserAnswer,
  type dssUserChange,
  type dssUserCreation,
  toDssUser,
} from '#lib/domain/identity/dss-json'
import { readAs } from '../access/act'
import type { Context } from '../access/caller'
import { parseInput } from '../platform/parse-input'
import { createUser } from './create-user'
import { directoryKind } from './directory-kind'
import { groupIdsNamed } from './memberships'
import { disableUser, enableUser, saveUser } from './user-commands'
import { toUser } from './user-dto'
import { userKind, withGroups } from './user-kind'
import { listDirectory } from './user-queries'

type DssUser = z.input<typeof dssUserAnswer>

/** All users of the space, disabled ones too. */
export function listDssUsers(ctx: Context): Promise<DssUser[]> {
  return readAs(ctx, directoryKind, 'list-users', null, async ({ tx, row, subject, at }) => {
    const found = await tx.user.findMany({
      where: { spaceId: row.id },
      orderBy: { login: 'asc' },
      include: withGroups(at),
    })
    return found.map((user) => toDssUser(toUser(user, subject, at)))
  })
}

/** One user, by login. */
export function getDssUser(ctx: Context, login: string): Promise<DssUser> {
  return readAs(ctx, userKind, 'read', { login }, async ({ row, subject, at }) =>
    toDssUser(toUser(row, subject, at)),
  )
}

/** Makes a user who signs in with the password given. */
export async function createDssUser(
  ctx: Context,
  input: z.output<typeof dssUserCreation>,
): Promise<{ login: string }> {
  await createUser(ctx, input)
  return { login: input.login }
}

/**
 * Saves name, address, groups and whether the user is enabled; what is left out stays, and so does what only DSS has.
 * @throws Failure `validation_failed` for another login, and for a password: people set their own
 */
export async function saveDssUser(
  ctx: Context,
  login: string,
  change: z.output<typeof dssUserChange>,
): Promise<DssUser> {
  if (change.login && change.login.toLowerCase() !== login.toLowerCase()) throw stays('login', LOGIN_STAYS)
  if (change.password) throw stays('password', PASSWORD_IS_THEIRS)
  const { displayName, email, groups, enabled } = change
  const person = parseInput(
    dssPerson,
    { ...(displayName ? { name: displayName } : {}), ...(email ? { email } : {}) },
    'body',
  )
  const { groupIds, disabled } = await readAs(ctx, userKind, 'save', { login }, async ({ tx, row }) => ({
    groupIds: groups ? await groupIdsNamed(tx, row.spaceId, groups) : undefined,
    disabled: row.disabledAt !== null,
  }))
  await saveUser(ctx, { login }, groupIds ? { ...person, groupIds } : person)
  if (enabled === true && disabled) await enableUser(ctx, { login })
  if (enabled === false && !disabled) await disableUser(ctx, { login })
  return getDssUser(ctx, login)
}

/** Disables a user: sessions and keys end. The row stays, since grants and events of the past name it. */
export const deleteDssUser = (ctx: Context, login: string): Promise<void> => disableUser(ctx, { login })

/** Logins and names of active people, for everyone. */
export async function listDssUserNames(ctx: Context) {
  const { users } = await listDirectory(ctx)
  return users.map(({ login, name }) => ({ login, displayName: name, enabled: true }))
}

/** Names of groups, for everyone. */
export async function listDssGroupNames(ctx: Context) {
  const { groups } = await listDirectory(ctx)
  return groups.map(({ name }) => ({ name }))
}

const LOGIN_STAYS = 'The login of a user never changes.'
const PASSWORD_IS_THEIRS = 'People set their own password. Make a reset link under Users & access management.'

const stays = (field: string, message: string) =>
  new Failure('validation_failed', message, {
    reason: `${field}-stays`,
    issues: [{ reason: `${field}-stays`, message, path: [field] }],
  })
