import 'server-only'
import { createHash } from 'node:crypto'
import { type DssConnection, dssReadability } from '#lib/domain/connections/dss-json'
import { type GrantEntry, normalizeState, type PermissionState } from '#lib/domain/connections/permissions'
import { Failure } from '#lib/domain/errors'
import type { Authorized } from '../access/authorize'
import { groupIdsNamed } from '../identity/memberships'
import type { Tx } from '../platform/db/client'
import { refuseUnkept } from '../platform/refuse-unkept'
import type { ConnectionRow } from './load-connection'
import { stateOf } from './permission-rows'
import { lastPermissionsChange } from './permissions-history'

const READABLE_BY = { nobody: 'NONE', selected: 'ALLOWED', everyone: 'ALL' } as const
const DETAILS_BY = { NONE: 'nobody', ALLOWED: 'selected', ALL: 'everyone' } as const

/** The group lists of a connection, as DSS clients read them. */
export function toDssPermissions(row: ConnectionRow) {
  const state = stateOf(row)
  return {
    usableBy: state.usableBy === 'everyone' ? ('ALL' as const) : ('ALLOWED' as const),
    allowedGroups: state.usableBy === 'everyone' ? [] : groupNames(row, 'use'),
    detailsReadability: {
      readableBy: READABLE_BY[state.detailsBy],
      allowedGroups: state.detailsBy === 'selected' ? groupNames(row, 'details') : [],
    },
    permissionsTag: tagOf(state),
  }
}

const groupNames = (row: ConnectionRow, kind: 'use' | 'details'): string[] =>
  [...new Set(row.grants.flatMap((grant) => (grant.kind === kind && grant.groupName) || []))].sort()

/** Tells whether the lists are still those that were read. */
const tagOf = (state: PermissionState): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        state.usableBy,
        state.grants.map((grant) => grant.id).sort(),
        state.detailsBy,
        [...state.detailsGroups].sort(),
      ]),
    )
    .digest('base64url')
    .slice(0, 16)

/**
 * The state that a client asks for: group grants as it lists them, everything else as it stands. Back from ALL without groups,
 * those of before are in force again.
 * @throws Failure `conflict` when the lists were changed since the `permissionsTag` that is sent
 */
export async function wantedState(
  { tx, row, at }: Authorized<ConnectionRow>,
  json: DssConnection,
): Promise<{ base: PermissionState; state: PermissionState }> {
  const base = normalizeState(stateOf(row), at)
  const state = { ...base, ...(await usable(tx, row, base, json)), ...(await readable(tx, row, base, json)) }
  const differs = tagOf(normalizeState(state, at)) !== tagOf(base)
  if (differs && json.permissionsTag && json.permissionsTag !== tagOf(base)) throw changedMeanwhile(row.name)
  return { base, state }
}

async function usable(
  tx: Tx,
  row: ConnectionRow,
  base: PermissionState,
  { usableBy, allowedGroups }: DssConnection,
): Promise<Partial<PermissionState>> {
  const wanted = usableBy ?? (base.usableBy === 'everyone' ? 'ALL' : 'ALLOWED')
  const before = base.usableBy === 'everyone' ? await grantsBefore(tx, row) : base.grants
  if (wanted === 'ALL') {
    const stands = before.flatMap(({ principal, id }) => (principal === 'group' ? [id] : []))
    await refuseOthers({ tx, row, sent: allowedGroups, stands, path: ['allowedGroups'] })
    return { usableBy: 'everyone', grants: [] }
  }
  if (!allowedGroups || (base.usableBy === 'everyone' && allowedGroups.length === 0))
    return { usableBy: 'selected', grants: before }
  const ids = await groupIdsNamed(tx, row.spaceId, allowedGroups, ['allowedGroups'])
  const people = before.filter((grant) => grant.principal === 'user')
  const groups = ids.map(
    (id): GrantEntry =>
      before.find((grant) => grant.principal === 'group' && grant.id === id) ?? {
        principal: 'group',
        id,
        until: null,
      },
  )
  return { usableBy: 'selected', grants: [...people, ...groups] }
}

/** What stood before everyone was let in, as far as it is still there. */
async function grantsBefore(tx: Tx, row: ConnectionRow): Promise<GrantEntry[]> {
  const last = await lastPermissionsChange(tx, row, (entry) => entry.before?.usableBy === 'selected')
  const grants = last?.before?.grants ?? []
  const ids = grants.map((grant) => grant.id)
  const where = { spaceId: row.spaceId, id: { in: ids } }
  const groups = await tx.group.findMany({ where: { ...where, deletedAt: null }, select: { id: true } })
  const users = await tx.user.findMany({ where, select: { id: true } })
  const there = new Set([...groups, ...users].map(({ id }) => id))
  return grants.filter((grant) => there.has(grant.id))
}

async function readable(
  tx: Tx,
  row: ConnectionRow,
  base: PermissionState,
  json: DssConnection,
): Promise<Partial<PermissionState>> {
  const { readableBy, allowedGroups } = dssReadability.parse(json.detailsReadability ?? {})
  const path = ['detailsReadability', 'allowedGroups']
  refuseUnkept(json.detailsReadability ?? {}, {}, ['readableBy', 'allowedGroups'], ['detailsReadability'])
  const detailsBy = readableBy ? DETAILS_BY[readableBy] : base.detailsBy
  if (detailsBy !== 'selected') {
    await refuseOthers({ tx, row, sent: allowedGroups, stands: base.detailsGroups, path })
    return { detailsBy, detailsGroups: [] }
  }
  const ids = allowedGroups ? await groupIdsNamed(tx, row.spaceId, allowedGroups, path) : base.detailsGroups
  // A list without groups opens the details to nobody.
  return ids.length > 0 ? { detailsBy, detailsGroups: ids } : { detailsBy: 'nobody', detailsGroups: [] }
}

interface Unlisted {
  tx: Tx
  row: ConnectionRow
  sent: readonly string[] | null | undefined
  /** Ids of those that come back as they were read. */
  stands: readonly string[]
  path: string[]
}

/** Where no list counts, clients send back the one that they have read; groups beside it would be lost. */
async function refuseOthers({ tx, row, sent, stands, path }: Unlisted): Promise<void> {
  const ids = await groupIdsNamed(tx, row.spaceId, sent ?? [], path)
  if (ids.every((id) => stands.includes(id))) return
  const message = 'A list of groups counts with ALLOWED alone. Set that, or leave the list as it was given.'
  const issues = [{ reason: 'not-kept', message, path }]
  throw new Failure('validation_failed', message, { reason: 'not-kept', issues })
}

const changedMeanwhile = (name: string) =>
  new Failure('conflict', `The permissions of ${name} were changed since you read them.`, {
    reason: 'changed-meanwhile',
    where: name,
    remedy: 'Read the settings again and make your change there.',
  })
