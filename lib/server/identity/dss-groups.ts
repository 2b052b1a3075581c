import 'server-only'
import type { z } from 'zod'
import { SPACE_ADMINISTRATORS } from '#lib/domain/access/subject'
import { readingOf } from '#lib/domain/field-tags'
import { type dssGroupChange, type dssGroupCreation, toDssGroup } from '#lib/domain/identity/dss-json'
import { readAs, writeAs } from '../access/act'
import type { Context } from '../access/caller'
import type { Tx } from '../platform/db/client'
import { markReading, markThing } from '../platform/mark-reading'
import { keepWhatOthersSaved } from '../platform/nothing-lost'
import { withOwnSaves } from '../platform/own-saves'
import { refuseTextOfGone } from '../platform/refuse-text-of-gone'
import { refuseUnkept } from '../platform/refuse-unkept'
import { adminStays } from './admin-stays'
import { changeGroup, createGroup, deleteGroup } from './group-commands'
import { groupKind } from './group-kind'
import { listGroups, savedFieldsOf, toGroup } from './group-queries'

/** What all groups are given out with. */
const GIVEN = { sourceType: 'LOCAL' }

/** The groups of the space. */
export async function listDssGroups(ctx: Context) {
  const { groups } = await listGroups(ctx)
  const { spaceId } = ctx.caller
  return groups.map((group) => ({
    ...toDssGroup(group, SPACE_ADMINISTRATORS),
    versionTag: markThing({ id: group.id, spaceId }, savedFieldsOf(group)),
  }))
}

/** One group, by name. */
export function getDssGroup(ctx: Context, name: string) {
  return readAs(ctx, groupKind, 'read', { name }, async ({ row, subject, at }) => ({
    ...toDssGroup(toGroup(row, subject, at), SPACE_ADMINISTRATORS),
    versionTag: markReading(row, savedFieldsOf(row)),
  }))
}

/** Makes a group. */
export async function createDssGroup(ctx: Context, input: z.output<typeof dssGroupCreation>) {
  const { name, description } = input
  refuseUnkept(input, GIVEN, ['name', 'description'])
  return toDssGroup(await createGroup(ctx, { name, description: description ?? '' }), SPACE_ADMINISTRATORS)
}

/**
 * Renames or describes a group.
 * @throws Failure `validation_failed` when `admin` differs: one group administers the space, and others cannot be made to;
 * `conflict` when it would undo what others saved since the `versionTag` that is sent; without one the last wins
 */
export async function saveDssGroup(
  ctx: Context,
  name: string,
  { versionTag, ...sent }: z.output<typeof dssGroupChange>,
): Promise<void> {
  const { admin } = sent
  refuseUnkept(sent, GIVEN, ['name', 'description', 'admin'])
  if (typeof admin === 'boolean' && admin !== (name === SPACE_ADMINISTRATORS))
    throw adminStays(['admin'], STAYS, STAYS_REMEDY)
  const change = {
    ...(sent.name ? { name: sent.name } : {}),
    ...(typeof sent.description === 'string' ? { description: sent.description } : {}),
  }
  await withOwnSaves(ctx, `group ${versionTag?.of ?? name}`, readingOf(versionTag), (own) =>
    writeAs(ctx, groupKind, 'save', { name }, async (authorized) => {
      const { tx, row } = authorized
      await refuseTextOfGone(versionTag, row, (id) => isGroupThere(tx, row.spaceId, id))
      const current = savedFieldsOf(row)
      const saving = { id: row.id, tag: versionTag, own, current, sent: { ...current, ...change } }
      keepWhatOthersSaved(`the group ${row.name}`, saving)
      return changeGroup(authorized, change)
    }),
  )
}

const isGroupThere = async (tx: Tx, spaceId: string, id: string): Promise<boolean> =>
  (await tx.group.count({ where: { spaceId, id, deletedAt: null } })) > 0

/** Deletes a group that nothing is shared with. */
export const deleteDssGroup = (ctx: Context, name: string): Promise<void> => deleteGroup(ctx, { name })

const STAYS = `${SPACE_ADMINISTRATORS} alone administers the space.`
const STAYS_REMEDY = `Add people to ${SPACE_ADMINISTRATORS} instead.`
