import 'server-only'
import type { z } from 'zod'
import { SPACE_ADMINISTRATORS } from '#lib/domain/access/subject'
import { equalStates, normalizeState, type PermissionState } from '#lib/domain/connections/permissions'
import { mayGovern } from '#lib/domain/connections/policy'
import type {
  ConnectionPermissions,
  PermissionsConflict,
  permissionsChange,
} from '#lib/domain/connections/wire'
import { Failure } from '#lib/domain/errors'
import { type Audited, changed, readAs, unchanged, writeAs } from '../access/act'
import type { Authorized } from '../access/authorize'
import type { Context } from '../access/caller'
import { holdGroups } from '../identity/hold-groups'
import type { Tx } from '../platform/db/client'
import { connectionKind } from './connection-kind'
import { type ConnectionRow, loadConnection } from './load-connection'
import { stateOf, writeState } from './permission-rows'
import { lastPermissionsChange } from './permissions-history'
import { idsIn, loadPrincipals } from './principals'

/** The lists of a connection and the switch, as the Permissions page edits them. */
export function getPermissions(ctx: Context, name: string): Promise<ConnectionPermissions> {
  return readAs(ctx, connectionKind, 'read-access', { name }, async ({ tx, row, subject, at }) =>
    toPermissions(tx, row, mayGovern(subject), at),
  )
}

/**
 * Replaces the lists of a connection, in force at once. Saving the previous state is the undo.
 * @throws Failure `conflict` with base, theirs and yours when they were changed since `base` was read
 */
export function savePermissions(ctx: Context, name: string, change: Change): Promise<ConnectionPermissions> {
  return writeAs(ctx, connectionKind, 'save-permissions', { name }, (authorized) =>
    replaceLists(authorized, authorized.row, change),
  )
}

type Change = z.output<typeof permissionsChange>

/** Replaces the lists of a connection within a transaction that may go on; as savePermissions. */
export async function replaceLists(
  { tx, subject, at }: Authorized<ConnectionRow>,
  row: ConnectionRow,
  change: Change,
): Promise<Audited<ConnectionPermissions>> {
  const before = normalizeState(stateOf(row), at)
  const state = normalizeState(change.state, at)
  if (!equalStates(change.base, before, at)) throw await conflict(tx, row, change, at)
  await checkState(tx, row, state, at)
  if (equalStates(before, state, at)) return unchanged(await toPermissions(tx, row, true, at))
  const reason = change.reason || null
  await writeState(tx, row, state, { actor: subject.name, reason, at })
  const names = await namesOf(tx, row.spaceId, [before, state], at)
  const saved = await toPermissions(tx, { ...row, ...(await reloadConnection(tx, row)) }, true, at)
  return changed(saved, {
    msgType: 'admin-connection-permissions-save',
    objectType: 'connection',
    objectId: row.name,
    before,
    after: state,
    fields: { reason, names },
  })
}

/** A connection as this transaction left it. */
export async function reloadConnection(tx: Tx, row: ConnectionRow): Promise<ConnectionRow> {
  const fresh = await loadConnection(tx, row.spaceId, { id: row.id })
  if (fresh) return fresh
  throw new Failure('not_found', `${row.name} was removed meanwhile.`, { reason: 'removed', where: row.name })
}

async function toPermissions(
  tx: Tx,
  row: ConnectionRow,
  canEdit: boolean,
  at: Date,
): Promise<ConnectionPermissions> {
  const state = normalizeState(stateOf(row), at)
  const principals = await loadPrincipals(tx, row.spaceId, idsIn(state), at, row.managedBy !== null)
  return { state, principals, canEdit }
}

/** Everyone named must exist, and on a managed connection space_administrators stays. */
async function checkState(tx: Tx, row: ConnectionRow, state: PermissionState, at: Date): Promise<void> {
  const known = await loadPrincipals(tx, row.spaceId, idsIn(state), at, true)
  const held = await holdGroups(tx, row.spaceId, idsIn(state))
  const kinds = new Map(known.map((one) => [one.id, one.principal]))
  const wrong =
    state.grants.some((grant) => kinds.get(grant.id) !== grant.principal) ||
    state.detailsGroups.some((id) => kinds.get(id) !== 'group') ||
    known.some(({ id, principal }) => principal === 'group' && !held.has(id))
  if (wrong) {
    throw new Failure('validation_failed', 'A group or a person on the list does not exist any more.', {
      reason: 'unknown-principal',
      where: row.name,
      remedy: 'Reload the page and make the change again.',
    })
  }
  if (row.managedBy === null || state.usableBy === 'everyone') return
  const fixed = known.find((one) => one.fixed)?.id
  if (fixed !== undefined && state.grants.some((grant) => grant.id === fixed && grant.until === null)) return
  throw new Failure(
    'validation_failed',
    `${SPACE_ADMINISTRATORS} cannot be taken off a managed connection.`,
    { reason: 'administrators-stay', where: row.name },
  )
}

async function conflict(tx: Tx, row: ConnectionRow, change: Change, at: Date): Promise<Failure> {
  const [base, theirs, yours] = [change.base, stateOf(row), change.state].map((s) => normalizeState(s, at))
  const states = [base, theirs, yours].filter((state) => state !== undefined)
  const ids = states.flatMap(idsIn)
  const last = await lastPermissionsChange(tx, row)
  const facts = {
    base: base ?? change.base,
    theirs: theirs ?? change.base,
    yours: yours ?? change.state,
    principals: await loadPrincipals(tx, row.spaceId, ids, at, row.managedBy !== null),
    by: last?.who ?? null,
    at: last?.at ?? null,
  } satisfies PermissionsConflict
  return new Failure('conflict', `The permissions of ${row.name} were changed while you edited them.`, {
    reason: 'changed-meanwhile',
    where: row.name,
    remedy: 'Compare both, then keep theirs or save yours over them.',
    facts,
  })
}

async function namesOf(
  tx: Tx,
  spaceId: string,
  states: PermissionState[],
  at: Date,
): Promise<Record<string, string>> {
  const principals = await loadPrincipals(tx, spaceId, states.flatMap(idsIn), at, false)
  return Object.fromEntries(principals.map((one) => [one.id, one.name]))
}
