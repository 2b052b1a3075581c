import 'server-only'
import type { z } from 'zod'
import {
  type dssGlobalKey,
  type dssPersonalKey,
  toDssGlobalKey,
  toDssPersonalKey,
} from '#lib/domain/identity/dss-json'
import { readAs } from '../access/act'
import type { Context } from '../access/caller'
import { adminStays } from './admin-stays'
import { directoryKind } from './directory-kind'
import { toApiKey } from './key-dto'
import { keyKind } from './key-kind'
import {
  createGlobalKey,
  createPersonalKey,
  listGlobalKeys,
  listOwnKeys,
  listPersonalKeys,
  revokeKey,
  saveGlobalKey,
} from './keys'
import { groupIdsNamed } from './memberships'

/** Clients may leave the label out; the list needs something to tell keys by. */
const NO_LABEL = 'API key'

/** The global keys that are in force, never with the key itself. */
export async function listDssGlobalKeys(ctx: Context) {
  const { keys } = await listGlobalKeys(ctx)
  return keys.map((key) => toDssGlobalKey(key))
}

/** One global key that is in force. */
export function getDssGlobalKey(ctx: Context, keyId: string) {
  return readAs(ctx, keyKind, 'read', { keyId, kind: 'global' }, async ({ row, subject, at }) =>
    toDssGlobalKey(toApiKey(row, subject, at)),
  )
}

/** Makes a global key; this answer alone holds it. */
export async function createDssGlobalKey(ctx: Context, input: z.output<typeof dssGlobalKey>) {
  const { label, description, groups, globalPermissions } = input
  const groupIds = await readAs(ctx, directoryKind, 'create-global-key', null, ({ tx, row }) =>
    groupIdsNamed(tx, row.id, groups ?? []),
  )
  const made = await createGlobalKey(ctx, {
    label: label || NO_LABEL,
    description: description ?? '',
    admin: globalPermissions?.admin ?? false,
    expiresAt: null,
    groupIds,
  })
  return toDssGlobalKey(made, made.secret)
}

/**
 * Renames, describes or regroups a global key; what is left out stays.
 * @throws Failure `validation_failed` when `admin` differs: a key's rights of an administrator are given when it is made
 */
export async function saveDssGlobalKey(
  ctx: Context,
  keyId: string,
  change: z.output<typeof dssGlobalKey>,
): Promise<void> {
  const { label, description, groups, globalPermissions } = change
  const ref = { keyId, kind: 'global' } as const
  const groupIds = await readAs(ctx, keyKind, 'save', ref, async ({ tx, row }) => {
    const admin = globalPermissions?.admin
    if (typeof admin === 'boolean' && admin !== row.admin)
      throw adminStays(['globalPermissions', 'admin'], STAYS, STAYS_REMEDY)
    return groups ? groupIdsNamed(tx, row.spaceId, groups) : undefined
  })
  await saveGlobalKey(ctx, keyId, {
    ...(label ? { label } : {}),
    ...(typeof description === 'string' ? { description } : {}),
    ...(groupIds ? { groupIds } : {}),
  })
}

/** Ends a global key now. */
export const deleteDssGlobalKey = (ctx: Context, keyId: string): Promise<void> =>
  revokeKey(ctx, keyId, 'global')

/** One's own keys that are in force, never with the key itself. */
export async function listDssPersonalKeys(ctx: Context) {
  const { keys } = await listOwnKeys(ctx)
  return keys.map((key) => toDssPersonalKey(key))
}

/** Everyone's personal keys that are in force, with whose they are. */
export async function listAllDssPersonalKeys(ctx: Context) {
  const { keys } = await listPersonalKeys(ctx)
  return keys.map((key) => toDssPersonalKey(key))
}

/** One personal key that is in force: of one's own, or for administrators anybody's. */
export function getDssPersonalKey(ctx: Context, keyId: string) {
  return readAs(ctx, keyKind, 'read', { keyId, kind: 'personal' }, async ({ row, subject, at }) =>
    toDssPersonalKey(toApiKey(row, subject, at)),
  )
}

/** Makes a personal key of the caller's person; this answer alone holds it. */
export async function createDssPersonalKey(ctx: Context, input: z.output<typeof dssPersonalKey>) {
  const made = await createPersonalKey(ctx, {
    label: input.label || NO_LABEL,
    description: input.description ?? '',
    expiresAt: null,
  })
  return toDssPersonalKey(made, made.secret)
}

/** Ends a personal key now. */
export const deleteDssPersonalKey = (ctx: Context, keyId: string): Promise<void> =>
  revokeKey(ctx, keyId, 'personal')

const STAYS = 'Whether a key has the rights of administrators is settled when it is made.'
const STAYS_REMEDY = 'Make another key and revoke this one.'
