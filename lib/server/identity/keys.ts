import 'server-only'
import { Failure } from '#lib/domain/errors'
import type {
  ApiKey,
  ApiKeys,
  GlobalKeyChange,
  GlobalKeyInput,
  NewApiKey,
  PersonalKeyInput,
} from '#lib/domain/identity/wire'
import { type Audited, changed, readAs, unchanged, writeAs } from '../access/act'
import { KEY_PREFIX, keyPrefixOf } from '../access/authenticate'
import type { Authorized } from '../access/authorize'
import type { Context } from '../access/caller'
import { currentAt } from '../access/current'
import { can } from '../access/resource-kind'
import type { Tx } from '../platform/db/client'
import { hashSecret, newId, newSecret } from '../platform/ids'
import { requireNothingLost } from '../platform/nothing-lost'
import type { SpaceRow } from '../spaces/space-kind'
import { directoryKind } from './directory-kind'
import { savedFieldsOf, toApiKey } from './key-dto'
import { type KeyRow, keyKind, withKeyGroups } from './key-kind'
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

/** Everyone's personal keys that are in force, for administrators, who may end them. */
export function listPersonalKeys(ctx: Context): Promise<ApiKeys> {
  return readAs(ctx, directoryKind, 'list-personal-keys', null, (authorized) =>
    listKeys(authorized, { kind: 'personal' }, 'create-personal-key'),
  )
}

async function listKeys(
  authorized: Authorized<SpaceRow>,
  which: KeysWhich,
  creation: 'create-personal-key' | 'create-global-key',
): Promise<ApiKeys> {
  const { row, subject, at } = authorized
  return {
    keys: await keysInForce(authorized, which),
    canCreate: can(directoryKind, creation, subject, row, at).allowed,
  }
}

/** Which keys of the caller's space are meant. */
interface KeysWhich {
  kind: ApiKey['kind']
  ownerId?: string
  projectId?: string
}

/** Keys that are in force, the newest first, as the caller may see them. */
export async function keysInForce(
  { tx, subject, at }: Authorized<unknown>,
  which: KeysWhich,
): Promise<ApiKey[]> {
  const found = await tx.apiKey.findMany({
    where: { spaceId: subject.spaceId, ...which, ...currentAt(at) },
    orderBy: { from: 'desc' },
    include: withKeyGroups(at),
  })
  return found.map((key) => toApiKey(key, subject, at))
}

/** Makes a key with its owner's live rights. */
export function createPersonalKey(ctx: Context, input: PersonalKeyInput): Promise<NewApiKey> {
  return writeAs(ctx, directoryKind, 'create-personal-key', null, async (authorized) => {
    const { subject } = authorized
    const key = await insertKey(authorized, {
      ...input,
      kind: 'personal',
      ownerId: subject.userId,
    })
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
  return writeAs(ctx, directoryKind, 'create-global-key', null, (authorized) =>
    insertGlobalKey(authorized, input),
  )
}

/** Makes a global key within a transaction that may go on; as createGlobalKey. */
export async function insertGlobalKey(
  authorized: Authorized<SpaceRow>,
  { groupIds, ...fields }: GlobalKeyInput,
): Promise<Audited<NewApiKey>> {
  const { tx, row, subject, at } = authorized
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
}

async function endWithMaker(
  { tx, subject }: Authorized<unknown>,
  expiresAt: string | null,
): Promise<string | null> {
  if (subject.keyId === null) return expiresAt
  const { until } = await tx.apiKey.findUniqueOrThrow({ where: { id: subject.keyId } })
  if (until === null || (expiresAt !== null && new Date(expiresAt) <= until)) return expiresAt
  return until.toISOString()
}

interface KeyFields extends PersonalKeyInput {
  kind: ApiKey['kind']
  ownerId?: string | null
  admin?: boolean
  projectId?: string
  level?: string
}

/**
 * Adds a key; its secret is in the answer and nowhere else. One that a key makes ends with its maker: when that is revoked,
 * and no later than it.
 * @throws Failure `validation_failed` for an end that has passed
 */
export async function insertKey(authorized: Authorized<unknown>, fields: KeyFields): Promise<NewApiKey> {
  const { tx, subject, at } = authorized
  const { expiresAt: wantedEnd, ...rest } = fields
  if (wantedEnd !== null && new Date(wantedEnd) <= at) throw inThePast()
  const expiresAt = await endWithMaker(authorized, wantedEnd)
  const until = expiresAt === null ? null : new Date(expiresAt)
  const secret = newSecret(KEY_PREFIX)
  const key = await tx.apiKey.create({
    data: {
      ...rest,
      id: newId(),
      spaceId: subject.spaceId,
      madeById: subject.keyId,
      hash: hashSecret(secret),
      prefix: keyPrefixOf(secret),
      from: at,
      until,
      createdBy: subject.name,
    },
    include: withKeyGroups(at),
  })
  return { ...toApiKey(key, subject, at), secret }
}

/**
 * Renames, describes or regroups a global key. Whether it is an administrators' key never changes: what it could do at a time
 * stays told by the key itself.
 * @throws Failure `conflict` when it would undo what others saved since the `fieldTags` that are sent; without them the last wins
 */
export function saveGlobalKey(
  ctx: Context,
  keyId: string,
  { fieldTags: read, ...change }: GlobalKeyChange,
): Promise<void> {
  return writeAs(ctx, keyKind, 'save', { keyId, kind: 'global' }, async (authorized) => {
    const { row } = authorized
    const current = savedFieldsOf(row)
    const { label = row.label, description = row.description, groupIds = current.groupIds } = change
    const sent = { label, description, groupIds: [...new Set(groupIds)].sort() }
    if (read) requireNothingLost(`the key ${row.label}`, { current, sent, read })
    return changeGlobalKey(authorized, change)
  })
}

/** Changes a global key within a transaction that may go on; as saveGlobalKey. */
export async function changeGlobalKey(
  { tx, row, subject, at }: Authorized<KeyRow>,
  change: Omit<GlobalKeyChange, 'fieldTags'>,
): Promise<Audited<void>> {
  const had = row.memberships.map(({ group }) => group)
  const groups = change.groupIds ? await requireGroups(tx, row.spaceId, change.groupIds) : had
  const { label = row.label, description = row.description } = change
  const before = { label: row.label, description: row.description, groups: namesOf(had) }
  const after = { label, description, groups: namesOf(groups) }
  if (JSON.stringify(before) === JSON.stringify(after)) return unchanged(undefined)
  await tx.apiKey.update({ where: { id: row.id }, data: { label, description } })
  const act = { spaceId: row.spaceId, actor: subject.name, at }
  const left = had.filter(({ id }) => !groups.some((group) => group.id === id))
  for (const { id } of left) await endMembership(tx, act, { groupId: id, keyId: row.id })
  // What it had is left alone: others may be ending it at this moment.
  const joined = groups.filter(({ id }) => !had.some((group) => group.id === id))
  for (const { id } of joined) await beginMembership(tx, act, id, { keyId: row.id })
  return changed(undefined, {
    msgType: 'global-api-key-save',
    objectType: 'api-key',
    objectId: row.id,
    before,
    after,
  })
}

const namesOf = (groups: readonly { name: string }[]) => groups.map(({ name }) => name).sort()

/** Ends a key and those that it made: their next use is refused. */
export function revokeKey(ctx: Context, keyId: string, kind?: ApiKey['kind']): Promise<void> {
  return writeAs(ctx, keyKind, 'revoke', kind ? { keyId, kind } : { keyId }, async (authorized) => {
    const { tx, row, subject, at } = authorized
    const made = await keysMadeBy(tx, row.spaceId, row.id)
    await tx.apiKey.updateMany({
      where: { spaceId: row.spaceId, id: { in: [row.id, ...made] }, ...currentAt(at) },
      data: { until: at, revokedBy: subject.name },
    })
    const act = { spaceId: row.spaceId, actor: subject.name, at, reason: 'key revoked' }
    for (const keyId of [row.id, ...made]) await endMembership(tx, act, { keyId })
    return changed(undefined, {
      msgType: `${row.kind as ApiKey['kind']}-api-key-delete`,
      objectType: 'api-key',
      objectId: row.id,
      ...(row.project ? { projectKey: row.project.key } : {}),
      before: { label: row.label },
      fields: { createdBy: row.createdBy, ...(made.length > 0 ? { endedWithIt: made } : {}) },
    })
  })
}

/** Ids of the keys that a key made, and of those that these made. */
async function keysMadeBy(tx: Tx, spaceId: string, keyId: string): Promise<string[]> {
  const found = await tx.$queryRaw<{ id: string }[]>`
    WITH RECURSIVE made AS (
      SELECT "id" FROM "api_key" WHERE "spaceId" = ${spaceId} AND "madeById" = ${keyId}
      UNION SELECT k."id" FROM "api_key" k JOIN made m ON k."madeById" = m."id"
    ) SELECT "id" FROM made`
  return found.map(({ id }) => id)
}

const inThePast = () => {
  const message = 'This time has passed. Choose a later end, or none.'
  return new Failure('validation_failed', message, {
    reason: 'expiry-in-the-past',
    issues: [{ reason: 'expiry-in-the-past', message, path: ['expiresAt'] }],
  })
}
