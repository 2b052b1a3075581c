import 'server-only'
import type { z } from 'zod'
import { checkParams } from '#lib/domain/connections/check-params'
import type { KeptOfConnection } from '#lib/domain/connections/dss-json'
import { parseConnectionName } from '#lib/domain/connections/name'
import {
  CONNECTION_TYPE,
  type ConnectionParams,
  needsSecret,
  type OwnParams,
  placeOf,
  voidsSecret,
} from '#lib/domain/connections/params'
import type { connectionChange, connectionCreation } from '#lib/domain/connections/wire'
import { Failure } from '#lib/domain/errors'
import type { Issue } from '#lib/domain/result'
import { type Audited, changed, unchanged, writeAs } from '../access/act'
import type { Authorized } from '../access/authorize'
import type { Context } from '../access/caller'
import { config } from '../platform/config'
import { isUniqueViolation } from '../platform/db/transaction'
import { newId } from '../platform/ids'
import { connectionKind, connectionsKind } from './connection-kind'
import { extensionLabel } from './dto'
import { endpointPolicy } from './endpoint-policy'
import type { ConnectionRow } from './load-connection'
import { outdateFindings } from './outdate-findings'
import { readParams, sealConnectionSecret } from './store-target'

/** Makes a connection. Throws a Failure that names the fields that are wrong, or the name that is taken. */
export function createConnection(ctx: Context, input: Creation): Promise<{ name: string }> {
  return writeAs(ctx, connectionsKind, 'create', null, (authorized) => insertConnection(authorized, input))
}

type Creation = z.output<typeof connectionCreation>
type Change = z.output<typeof connectionChange>

/** Adds a connection within a transaction that may go on; as createConnection. */
export async function insertConnection(
  { tx, subject, at }: Authorized<unknown>,
  input: Creation,
  kept: KeptOfConnection = NOTHING_KEPT,
): Promise<Audited<{ name: string }>> {
  const { name, description, secret } = input
  const params = checkSettings(input.params, name)
  if (needsSecret(params) && secret === undefined) throw invalid([SECRET_MISSING])
  const id = newId()
  const stored: ConnectionParams = { ...params, secretSetAt: secret ? at.toISOString() : null }
  const data = {
    ...{ id, spaceId: subject.spaceId, name, type: CONNECTION_TYPE, description, params: stored },
    kept: kept as object,
    secret: secret === undefined ? null : sealConnectionSecret(secret, id),
    createdBy: subject.name,
    createdAt: at,
  }
  await tx.connection.create({ data }).catch((error: unknown) => {
    throw isUniqueViolation(error) ? nameTaken(name) : error
  })
  const after = { name, description, ...params, ...(isKept(kept) ? { kept: kept as unknown } : {}) }
  return changed(
    { name },
    {
      msgType: 'admin-connection-create',
      objectType: 'connection',
      objectId: name,
      after: secret === undefined ? after : { ...after, secret: 'changed' },
    },
  )
}

/**
 * Saves settings over the version that was read. Changing endpoint, role or account voids the secret.
 * @throws Failure `conflict` when the settings were changed meanwhile; `validation_failed` on a managed one
 */
export function saveConnection(ctx: Context, name: string, input: Change): Promise<SavedSettings> {
  return writeAs(ctx, connectionKind, 'save', { name }, (authorized) => updateSettings(authorized, input))
}

interface SavedSettings {
  version: number
  secretVoided: boolean
}

/** Saves settings within a transaction that may go on; as saveConnection. */
export async function updateSettings(
  { tx, row, at }: Authorized<ConnectionRow>,
  input: Change,
  kept?: KeptOfConnection,
): Promise<Audited<SavedSettings>> {
  const change = withKept(row, settingsChange(row, input, at), kept)
  if (row.version !== input.version) throw changedMeanwhile(row.name)
  if (!change.differs) return unchanged({ version: row.version, secretVoided: false })
  const { count } = await tx.connection.updateMany({
    where: { id: row.id, spaceId: row.spaceId, version: input.version, removedAt: null },
    data: { ...change.data, version: { increment: 1 } },
  })
  if (count === 0) throw changedMeanwhile(row.name)
  if (change.data.params && placeOf(change.data.params) !== placeOf(readParams(row)))
    await outdateFindings(tx, row)
  return changed(
    { version: input.version + 1, secretVoided: change.secretVoided },
    {
      msgType: 'admin-connection-save',
      objectType: 'connection',
      objectId: row.name,
      before: change.before,
      after: change.after,
    },
  )
}

interface SettingsChange {
  differs: boolean
  secretVoided: boolean
  data: {
    description: string
    params?: ConnectionParams
    secret?: Uint8Array<ArrayBuffer> | null
    kept?: object
  }
  before: Record<string, unknown>
  after: Record<string, unknown>
}

const NOTHING_KEPT: KeptOfConnection = { top: {}, params: {} }
const isKept = ({ top, params }: KeptOfConnection) => Object.keys({ ...top, ...params }).length > 0

/** Adds to a save what a client keeps with the connection. */
function withKept(
  row: ConnectionRow,
  change: SettingsChange,
  kept: KeptOfConnection | undefined,
): SettingsChange {
  if (kept === undefined) return change
  const stored = { ...NOTHING_KEPT, ...(row.kept as object) }
  const [before, after] = differing({ kept: stored }, { kept })
  return {
    ...change,
    differs: change.differs || 'kept' in after,
    data: { ...change.data, kept },
    before: { ...change.before, ...before },
    after: { ...change.after, ...after },
  }
}

/** Works out what a save writes, and its two sides for the event: the fields that differ, a secret as "changed". */
function settingsChange(
  row: ConnectionRow,
  input: z.output<typeof connectionChange>,
  at: Date,
): SettingsChange {
  const { description } = input
  if (input.params === undefined && input.secret === undefined) {
    const [before, after] = differing({ description: row.description }, { description })
    return {
      differs: row.description !== description,
      secretVoided: false,
      data: { description },
      before,
      after,
    }
  }
  const stored = readParams(row)
  if (row.managedBy !== null || stored.store === 'platform') throw managed(row.managedBy ?? '')
  const { secretSetAt, ...old } = stored
  const params = checkSettings(input.params ?? old)
  const voided = input.secret === undefined && row.secret !== null && voidsSecret(old, params)
  const [before, after] = differing({ description: row.description, ...old }, { description, ...params })
  if (input.secret !== undefined) after.secret = 'changed'
  if (voided) after.secret = 'voided'
  const newSecretSetAt = input.secret !== undefined ? at.toISOString() : voided ? null : secretSetAt
  return {
    differs: Object.keys(after).length > 0,
    secretVoided: voided,
    data: {
      description,
      params: { ...params, secretSetAt: newSecretSetAt },
      ...(input.secret !== undefined ? { secret: sealConnectionSecret(input.secret, row.id) } : {}),
      ...(voided ? { secret: null } : {}),
    },
    before,
    after,
  }
}

/** Checks settings as typed, and a name with them where there is one; every issue at once. */
export function checkSettings(params: OwnParams, name?: string): OwnParams {
  const named = name === undefined ? undefined : parseConnectionName(name)
  const checked = checkParams(params, {
    endpoints: endpointPolicy(),
    environmentAllowed: config().allowEnvironmentCredentials,
  })
  const issues = [
    ...(named && !named.ok ? named.issues : []),
    ...(checked.ok
      ? []
      : checked.issues.map((issue) => ({ ...issue, path: ['params', ...(issue.path ?? [])] }))),
  ]
  if (!checked.ok || issues.length > 0) throw invalid(issues)
  return checked.value
}

function differing(before: Record<string, unknown>, after: Record<string, unknown>) {
  const keys = Object.keys(after).filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
  const only = (fields: Record<string, unknown>): Record<string, unknown> =>
    Object.fromEntries(keys.map((key) => [key, fields[key]]))
  return [only(before), only(after)] as const
}

const SECRET_MISSING: Issue = { reason: 'secret-missing', message: 'Enter the secret.', path: ['secret'] }

const invalid = (issues: Issue[]) =>
  new Failure('validation_failed', issues[0]?.message ?? 'The settings are not valid.', {
    reason: issues[0]?.reason ?? 'invalid-settings',
    issues,
  })

const nameTaken = (name: string) =>
  new Failure('conflict', `A connection named ${name} exists already.`, {
    reason: 'name-taken',
    where: name,
    remedy: 'Choose another name.',
    issues: [{ reason: 'name-taken', message: `A connection named ${name} exists already.`, path: ['name'] }],
  })

const changedMeanwhile = (name: string) =>
  new Failure('conflict', `The settings of ${name} were changed while you edited them.`, {
    reason: 'changed-meanwhile',
    where: name,
    remedy: 'Reload the settings and make your change again.',
  })

/** The refusal to change what an extension looks after. */
export const managed = (key: string) =>
  new Failure('validation_failed', `Set by extension ${extensionLabel(key)}.`, {
    reason: 'managed',
    remedy: 'Only the description and the permissions of this connection can be changed.',
  })
