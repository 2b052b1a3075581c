import 'server-only'
import type { z } from 'zod'
import { SPACE_ADMINISTRATORS } from '#lib/domain/access/subject'
import { type dssGroupChange, type dssGroupCreation, toDssGroup } from '#lib/domain/identity/dss-json'
import { readAs } from '../access/act'
import type { Context } from '../access/caller'
import { refuseUnkept } from '../platform/refuse-unkept'
import { adminStays } from './admin-stays'
import { createGroup, deleteGroup, saveGroup } from './group-commands'
import { groupKind } from './group-kind'
import { listGroups, toGroup } from './group-queries'

/** What all groups are given out with. */
const GIVEN = { sourceType: 'LOCAL' }

/** The groups of the space. */
export async function listDssGroups(ctx: Context) {
  const { groups } = await listGroups(ctx)
  return groups.map((group) => toDssGroup(group, SPACE_ADMINISTRATORS))
}

/** One group, by name. */
export function getDssGroup(ctx: Context, name: string) {
  return readAs(ctx, groupKind, 'read', { name }, async ({ row, subject, at }) =>
    toDssGroup(toGroup(row, subject, at), SPACE_ADMINISTRATORS),
  )
}

/** Makes a group. */
export async function createDssGroup(ctx: Context, input: z.output<typeof dssGroupCreation>) {
  const { name, description } = input
  refuseUnkept(input, GIVEN, ['name', 'description'])
  return toDssGroup(await createGroup(ctx, { name, description: description ?? '' }), SPACE_ADMINISTRATORS)
}

/**
 * Renames or describes a group.
 * @throws Failure `validation_failed` when `admin` differs: one group administers the space, and others cannot be made to
 */
export async function saveDssGroup(
  ctx: Context,
  name: string,
  change: z.output<typeof dssGroupChange>,
): Promise<void> {
  const { admin } = change
  refuseUnkept(change, GIVEN, ['name', 'description', 'admin'])
  if (typeof admin === 'boolean' && admin !== (name === SPACE_ADMINISTRATORS))
    throw adminStays(['admin'], STAYS, STAYS_REMEDY)
  await saveGroup(
    ctx,
    { name },
    {
      ...(change.name ? { name: change.name } : {}),
      ...(typeof change.description === 'string' ? { description: change.description } : {}),
    },
  )
}

/** Deletes a group that nothing is shared with. */
export const deleteDssGroup = (ctx: Context, name: string): Promise<void> => deleteGroup(ctx, { name })

const STAYS = `${SPACE_ADMINISTRATORS} alone administers the space.`
const STAYS_REMEDY = `Add people to ${SPACE_ADMINISTRATORS} instead.`
