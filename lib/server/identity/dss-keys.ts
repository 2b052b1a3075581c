import 'server-only'
import type { z } from 'zod'
import { readingOf } from '#lib/domain/field-tags'
import {
  type dssGlobalKey,
  type dssGlobalKeyChange,
  type dssPersonalKey,
  toDssGlobalKey,
  toDssPersonalKey,
} from '#lib/domain/identity/dss-json'
import { filledLine } from '#lib/domain/identity/fields'
import { readAs, writeAs } from '../access/act'
import type { Authorized } from '../access/authorize'
import type { Context } from '../access/caller'
import { hashSecret } from '../platform/ids'
import { inSentNames } from '../platform/in-sent-names'
import { markReading, markThing } from '../platform/mark-reading'
import { keepWhatOthersSaved } from '../platform/nothing-lost'
import { type OwnSaves, withOwnSaves } from '../platform/own-saves'
import { parseInput } from '../platform/parse-input'
import { refuseUnkept } from '../platform/refuse-unkept'
import { adminStays } from './admin-stays'
import { directoryKind } from './directory-kind'
import { toApiKey } from './key-dto'
import { type KeyRow, keyKind } from './key-kind'
import {
  changeGlobalKey,
  createPersonalKey,
  insertGlobalKey,
  listGlobalKeys,
  listOwnKeys,
  listPersonalKeys,
  revokeKey,
} from './keys'
import { groupIdsNamed } from './memberships'

/** Clients may leave the label out; the list needs something to tell keys by. */
const NO_LABEL = 'API key'
const SENT_NAMES = { expiresAt: 'expiresOn' }
/** What a key is made of. */
const FIELDS = ['label', 'description', 'groups', 'globalPermissions', 'expiresOn']
/** What may be changed of one, and what comes back as it was when it was made, or since. */
const SAVED = ['label', 'description', 'groups', 'globalPermissions', 'key', 'lastUsedOn']

/** When a key ends; 0 is never. */
const endOf = (expiresOn: number | null | undefined) => (expiresOn ? new Date(expiresOn).toISOString() : null)

/** The global keys that are in force, never with the key itself. */
export async function listDssGlobalKeys(ctx: Context) {
  const { keys } = await listGlobalKeys(ctx)
  const { spaceId } = ctx.caller
  return keys.map((key) => {
    const told = toDssGlobalKey(key)
    return { ...told, versionTag: markThing({ id: key.id, spaceId }, fieldsOf(told)) }
  })
}

/** One global key that is in force. */
export function getDssGlobalKey(ctx: Context, keyId: string) {
  return readAs(ctx, keyKind, 'read', { keyId, kind: 'global' }, async ({ row, subject, at }) => {
    const told = toDssGlobalKey(toApiKey(row, subject, at))
    return { ...told, versionTag: markReading(row, fieldsOf(told)) }
  })
}

/** Makes a global key; this answer alone holds it. */
export async function createDssGlobalKey(ctx: Context, input: z.output<typeof dssGlobalKey>) {
  const { label, description, groups, globalPermissions, expiresOn } = input
  refuseUnkept(input, {}, FIELDS)
  refuseUnkept(globalPermissions ?? {}, {}, ['admin'], ['globalPermissions'])
  const making = writeAs(ctx, directoryKind, 'create-global-key', null, async (authorized) =>
    insertGlobalKey(authorized, {
      label: label || NO_LABEL,
      description: description ?? '',
      admin: globalPermissions?.admin ?? false,
      expiresAt: endOf(expiresOn),
      groupIds: await groupIdsNamed(authorized.tx, authorized.row.id, groups ?? []),
    }),
  )
  const made = await making.catch(inSentNames(SENT_NAMES))
  return toDssGlobalKey(made, made.secret)
}

/**
 * Renames, describes or regroups a global key; what is left out stays.
 * @throws Failure `validation_failed` when `admin`, its end or what was given out differs: that is settled when it is made;
 * `conflict` when it would undo what others saved since the `versionTag` that is sent; without one the last wins
 */
export function saveDssGlobalKey(
  ctx: Context,
  keyId: string,
  { versionTag: tag, ...change }: z.output<typeof dssGlobalKeyChange>,
): Promise<void> {
  const save = (own: OwnSaves) =>
    writeAs(ctx, keyKind, 'save', { keyId, kind: 'global' }, async (authorized) => {
      const { tx, row, subject, at } = authorized
      refuseSettled(authorized, change)
      const label = parseInput(filledLine('The label', 100).nullish(), change.label, 'body', ['label'])
      const { description, groups } = change
      const told = toDssGlobalKey(toApiKey(row, subject, at))
      keepWhatOthersSaved(`the key ${row.label}`, {
        ...{ id: row.id, tag, own, rights: ['groups'] },
        current: fieldsOf(told),
        sent: fieldsOf({
          label: label ?? told.label,
          description: description ?? told.description,
          groups: groups ?? told.groups,
        }),
      })
      return changeGlobalKey(authorized, {
        ...(label ? { label } : {}),
        ...(typeof description === 'string' ? { description } : {}),
        ...(groups ? { groupIds: await groupIdsNamed(tx, row.spaceId, groups) } : {}),
      })
    })
  return withOwnSaves(ctx, `global key ${tag?.of ?? keyId}`, readingOf(tag), save)
}

/** Refuses to change what is settled when a key is made. */
function refuseSettled(
  { row, subject, at }: Authorized<KeyRow>,
  change: z.output<typeof dssGlobalKey>,
): void {
  const { key, globalPermissions } = change
  const admin = globalPermissions?.admin
  if (typeof admin === 'boolean' && admin !== row.admin)
    throw adminStays(['globalPermissions', 'admin'], STAYS, STAYS_REMEDY)
  refuseUnkept(change, toDssGlobalKey(toApiKey(row, subject, at)), SAVED)
  // Who made it holds it, and sends it back.
  if (typeof key !== 'string' || (key !== '' && hashSecret(key) !== row.hash))
    refuseUnkept({ key }, { key: '' }, [])
  refuseUnkept(globalPermissions ?? {}, {}, ['admin'], ['globalPermissions'])
}

/** The fields that clients save. */
const fieldsOf = ({
  label,
  description,
  groups,
}: Pick<ReturnType<typeof toDssGlobalKey>, 'label' | 'description' | 'groups'>) => ({
  label,
  description,
  groups: [...new Set(groups)].sort(),
})

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
  refuseUnkept(input, {}, ['label', 'description', 'expiresOn'])
  const making = createPersonalKey(ctx, {
    label: input.label || NO_LABEL,
    description: input.description ?? '',
    expiresAt: endOf(input.expiresOn),
  })
  const made = await making.catch(inSentNames(SENT_NAMES))
  return toDssPersonalKey(made, made.secret)
}

/** Ends a personal key now. */
export const deleteDssPersonalKey = (ctx: Context, keyId: string): Promise<void> =>
  revokeKey(ctx, keyId, 'personal')

const STAYS = 'Whether a key has the rights of administrators is settled when it is made.'
const STAYS_REMEDY = 'Make another key and revoke this one.'
