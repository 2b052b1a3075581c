import 'server-only'
import type { z } from 'zod'
import { type dssUserCreation, noAddressOf } from '#lib/domain/identity/dss-json'
import { email as emailField, personName } from '#lib/domain/identity/fields'
import { changed, writeAs } from '../access/act'
import type { Context } from '../access/caller'
import { parseInput } from '../platform/parse-input'
import { hashPassword, insertUser } from './credentials'
import { directoryKind } from './directory-kind'
import { beginMembership, groupIdsNamed } from './memberships'

/**
 * Makes a user with a password that a program chose; the person changes it under their own account. Without an e-mail address
 * they have one that reaches nobody, and sign in by login.
 * @throws Failure `conflict` when the login or the address is taken
 */
export async function createUser(ctx: Context, input: z.output<typeof dssUserCreation>): Promise<void> {
  const passwordHash = await hashPassword(input.password)
  await writeAs(ctx, directoryKind, 'create-user', null, async ({ tx, row, subject, at }) => {
    const { login } = input
    const name = parseInput(personName, input.displayName || login, 'body', ['displayName'])
    const email = input.email
      ? parseInput(emailField, input.email, 'body', ['email'])
      : noAddressOf(login, row.id)
    const groupIds = await groupIdsNamed(tx, row.id, input.groups ?? [])
    const { id: userId } = await insertUser(tx, { spaceId: row.id, login, name, email, passwordHash })
    const act = { spaceId: row.id, actor: subject.name, at }
    for (const groupId of groupIds) await beginMembership(tx, act, groupId, { userId })
    return changed(undefined, {
      msgType: 'user-create',
      objectType: 'user',
      objectId: userId,
      after: { login, name, email, groups: input.groups ?? [], password: 'changed' },
    })
  })
}
