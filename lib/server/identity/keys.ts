import 'server-only'
import { Failure } from '#lib/domain/errors'
import type { ApiKeys, GlobalKeyInput, NewApiKey, PersonalKeyInput } from '#lib/domain/identity/wire'
import { changed, readAs, writeAs } from '../access/act'
import { KEY_PREFIX } from '../access/authenticate'
import type { Authorized } from '../access/authorize'
import type { Context } from '../access/caller'
import { currentAt } from '../access/current'
import { can } from '../access/resource-kind'
import { hashSecret, newId, newSecret } from '../platform/ids'
import type { SpaceRow } from '../spaces/space-kind'
import { directoryKind } from './directory-kind'
import { keyPrefixOf, toApiKey } from './key-dto'
import { keyKind, withKeyGroups } from './key-kind'
import { beginMembership, endMembership, requireGroups } from './memberships'

/** One's own keys that are in force, the newest first. */
export function listOwnKeys(ctx: Context): Promise<ApiKeys> {
  return readAs(ctx, directoryKind, 'list-own-keys', null, (authorized) =>
    listKeys(
      authorized,
      { kind: 'personal', ownerId: authorized.subject.userId ?? '' },
      'create-personal-key',
    ),
  )
}

/** The global keys of the space that are in force, the newest first. */
export function listGlobalKeys(ctx: Context): Promise<ApiKeys> {
  return readAs(ctx, directoryKind, 'list-global-keys', null, (authorized) =>
    listKeys(authorized, { kind: 'global' }, 'create-global-key'),
  )
}

async function listKeys(
  { tx, row, subject, at }: Authorized<SpaceRow>,
  which: { kind: string; ownerId?: string },
  creation: 'create-personal-key' | 'create-global-key',
): Promise<ApiKeys> {
  const found = await tx.apiKey.findMany({
    where: { spaceId: row.id, ...which, ...currentAt(at) },
    orderBy: { from: 'desc' },
    include: withKeyGroups(at),
  })
  return {
    keys: found.map((key) => toApiKey(key, subject, at)),
    canCreate: can(directoryKind, creation, subject, row, at).allowed,
  }
}

/** Makes a key with its owner's live rights. The key itself is in the answer and nowhere else. */
export function createPersonalKey(ctx: Context, input: PersonalKeyInput): Promise<NewApiKey> {
  return writeAs(ctx, directoryKind, 'create-personal-key', null, async (authorized) => {
    const { subject } = authorized
    const key = await insertKey(authorized, { ...input, kind: 'personal', ownerId: subject.userId })
    return changed(key, {
      msgType: 'personal-api-key-create',
      objectType: 'api-key',
      objectId: key.id,
      after: { label: key.label, owner: subject.name, expiresAt: key.expiresAt },
    })
  })
}

/** Makes a key with the rights of its groups, or of administrators. */
export function createGlobalKey(ctx: Context, input: GlobalKeyInput): Promise<NewApiKey> {
  return writeAs(ctx, directoryKind, 'create-global-key', null, async (authorized) => {
    const { tx, row, subject, at } = authorized
    const { groupIds, ...fields } = input
    const groups = await requireGroups(tx, row.id, groupIds)
    const key = await insertKey(authorized, { ...fields, kind: 'global', ownerId: null })
    const act = { spaceId: row.id, actor: subject.name, at }
    for (const { id } of groups) await beginMembership(tx, act, id, { keyId: key.id })
    const { label, admin, expiresAt } = key
    return changed(
      { ...key, groups },
      {
        msgType: 'global-api-key-create',
        objectType: 'api-key',
        objectId: key.id,
        after: { label, admin, groups: groups.map(({ name }) => name), expiresAt },
      },
    )
  })
}

interface KeyFields extends PersonalKeyInput {
  kind: 'personal' | 'global'
  ownerId: string | null
  admin?: boolean
}

async function insertKey(authorized: Authorized<SpaceRow>, fields: KeyFields): Promise<NewApiKey> {
  const { tx, row, subject, at } = authorized
  const { expiresAt, ...rest } = fields
  const until = expiresAt === null ? null : new Date(expiresAt)
  if (until && until <= at) throw inThePast()
  const secret = newSecret(KEY_PREFIX)
  const key = await tx.apiKey.create({
    data: {
      ...rest,
      id: newId(),
      spaceId: row.id,
      hash: hashSecret(secret),
      prefix: keyPrefixOf(secret),
      from: at,
      until,
      createdBy: subject.name,
    },
  })
  return { ...toApiKey({ ...key, memberships: [] }, subject, at), secret }
}

/** Ends a key: its next use is refused. */
export function revokeKey(ctx: Context, keyId: string): Promise<void> {
  return writeAs(ctx, keyKind, 'revoke', { keyId }, async ({ tx, row, subject, at }) => {
    await tx.apiKey.update({ where: { id: row.id }, data: { until: at, revokedBy: subject.name } })
    const act = { spaceId: row.spaceId, actor: subject.name, at, reason: 'key revoked' }
    await endMembership(tx, act, { keyId: row.id })
    return changed(undefined, {
      msgType: row.kind === 'global' ? 'global-api-key-delete' : 'personal-api-key-delete',
      objectType: 'api-key',
      objectId: row.id,
      before: { label: row.label },
      fields: { createdBy: row.createdBy },
    })
  })
}

const inThePast = () => {
  const message = 'This time has passed. Choose a later end, or none.'
  return new Failure('validation_failed', message, {
    reason: 'expiry-in-the-past',
    issues: [{ reason: 'expiry-in-the-past', message, path: ['expiresAt'] }],
  })
}
