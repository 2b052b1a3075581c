import 'server-only'
import type { z } from 'zod'
import { Failure } from '#lib/domain/errors'
import { readingOf } from '#lib/domain/field-tags'
import {
  dssPerson,
  type dssUserAnswer,
  type dssUserChange,
  type dssUserCreation,
  noAddressOf,
  toDssUser,
  UNTOLD_OF_USER,
} from '#lib/domain/identity/dss-json'
import { changedTogether, readAs, writeAs } from '../access/act'
import { type Authorized, authorize } from '../access/authorize'
import type { Context } from '../access/caller'
import { markReading, markThing } from '../platform/mark-reading'
import { keepWhatOthersSaved } from '../platform/nothing-lost'
import { type OwnSaves, withOwnSaves } from '../platform/own-saves'
import { parseInput } from '../platform/parse-input'
import { refuseUnkept } from '../platform/refuse-unkept'
import { createUser } from './create-user'
import { directoryKind } from './directory-kind'
import { groupIdsNamed } from './memberships'
import { changePerson, disableUser, letIn, lockOut } from './user-commands'
import { toUser } from './user-dto'
import { type UserRow, userKind, withGroups } from './user-kind'
import { listDirectory } from './user-queries'

type DssUser = z.input<typeof dssUserAnswer>
type DssUserChange = z.output<typeof dssUserChange>

/** What is read of a user that a client sends. */
const FIELDS = ['login', 'password', 'displayName', 'email', 'groups', 'enabled']
/** Whoever was taken out of a group, or locked out, comes back by nobody's older text. */
const RIGHTS = ['groups', 'enabled']

/** The users of the space; with their settings, disabled ones too, who are what became of those that were deleted. */
export function listDssUsers(ctx: Context, withSettings: boolean): Promise<DssUser[]> {
  return readAs(ctx, directoryKind, 'list-users', null, async ({ tx, row, subject, at }) => {
    const found = await tx.user.findMany({
      where: { spaceId: row.id, ...(withSettings ? {} : { disabledAt: null }) },
      orderBy: { login: 'asc' },
      include: withGroups(at),
    })
    return found.map((user) => {
      const told = toDssUser(toUser(user, subject, at))
      return { ...told, versionTag: markThing(user, fieldsOf(told)) }
    })
  })
}

/** One user, by login. */
export function getDssUser(ctx: Context, login: string): Promise<DssUser> {
  return readAs(ctx, userKind, 'read', { login }, async ({ row, subject, at }) => {
    const told = toDssUser(toUser(row, subject, at))
    return { ...told, versionTag: markReading(row, fieldsOf(told)) }
  })
}

/** The person whom a personal key speaks for. */
export function getDssOwnUser(ctx: Context): Promise<DssUser> {
  return readAs(ctx, directoryKind, 'see-oneself', null, async ({ tx, row, subject, at }) => {
    const user = await tx.user.findFirstOrThrow({
      where: { spaceId: row.id, id: subject.userId ?? '' },
      include: withGroups(at),
    })
    return toDssUser(toUser(user, subject, at))
  })
}

/** Makes a user who signs in with the password given. */
export async function createDssUser(
  ctx: Context,
  input: z.output<typeof dssUserCreation>,
): Promise<{ login: string }> {
  refuseUnkept(input, UNTOLD_OF_USER, [...FIELDS, 'userProfile', 'sourceType'])
  await createUser(ctx, input)
  return { login: input.login }
}

/**
 * Saves name, address, groups and whether the user is enabled; what is left out stays, and so does what only DSS has.
 * @throws Failure `validation_failed` for another login, and for a password: people set their own; `conflict` when it would undo
 * what others saved since the `versionTag` that is sent; without one the last wins
 */
export async function saveDssUser(ctx: Context, login: string, change: DssUserChange): Promise<DssUser> {
  if (change.login && change.login.toLowerCase() !== login.toLowerCase()) throw stays('login', LOGIN_STAYS)
  if (change.password) throw stays('password', PASSWORD_IS_THEIRS)
  // Who has no address is given out with an empty one.
  const isWithout = change.email === ''
  const sent = { displayName: change.displayName, email: isWithout ? null : change.email }
  const person = parseInput(dssPerson, sent, 'body')
  const { versionTag, groups, enabled } = change
  const save = (own: OwnSaves) =>
    writeAs(ctx, userKind, 'save', { login }, async (authorized) => {
      const { tx, row } = authorized
      const email = isWithout ? '' : person.email
      undoNothing(authorized, { ...change, displayName: person.displayName, email }, own)
      const address = isWithout ? noAddressOf(row.login, row.spaceId) : email
      const saved = await changePerson(authorized, {
        ...(person.displayName ? { name: person.displayName } : {}),
        ...(address ? { email: address } : {}),
        ...(groups ? { groupIds: await groupIdsNamed(tx, row.spaceId, groups) } : {}),
      })
      if (typeof enabled !== 'boolean' || enabled === (row.disabledAt === null)) return saved
      const action = enabled ? 'enable' : 'disable'
      const again = await authorize(tx, ctx, userKind, action, { login })
      return changedTogether(undefined, saved, enabled ? await letIn(again) : await lockOut(again))
    })
  await withOwnSaves(ctx, `user ${versionTag?.of ?? login}`, readingOf(versionTag), save)
  return getDssUser(ctx, login)
}

/** Refuses what has no place, and what would undo others' changes. */
function undoNothing({ row, subject, at }: Authorized<UserRow>, change: DssUserChange, own: OwnSaves): void {
  const told = toDssUser(toUser(row, subject, at))
  const { versionTag: tag, ...sent } = change
  refuseUnkept(sent, told, FIELDS)
  keepWhatOthersSaved(`the user ${row.login}`, {
    ...{ id: row.id, tag, own, rights: RIGHTS },
    current: fieldsOf(told),
    sent: fieldsOf({
      displayName: sent.displayName || told.displayName,
      email: sent.email ?? told.email,
      groups: sent.groups ?? told.groups,
      enabled: sent.enabled ?? told.enabled,
    }),
  })
}

/** The fields that clients save. */
const fieldsOf = ({
  displayName,
  email,
  groups,
  enabled,
}: Pick<DssUser, 'displayName' | 'email' | 'groups' | 'enabled'>) => ({
  displayName,
  email,
  groups: [...new Set(groups)].sort(),
  enabled,
})

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
