import 'server-only'
import * as z from 'zod'
import {
  type DssConnection,
  fromDssConnection,
  type KeptOfConnection,
  toDssParams,
  toDssPath,
  UNTOLD,
} from '#lib/domain/connections/dss-json'
import { CONNECTION_TYPE, needsSecret, type OwnParams, voidsSecret } from '#lib/domain/connections/params'
import { mayUse } from '#lib/domain/connections/policy'
import { Failure } from '#lib/domain/errors'
import { isOfAnother, readingOf, tagsRead } from '#lib/domain/field-tags'
import { moveIssue } from '#lib/domain/issue-place'
import { changedTogether, readAs, unchanged, writeAs } from '../access/act'
import { authorize } from '../access/authorize'
import type { Context } from '../access/caller'
import type { Tx } from '../platform/db/client'
import { markReading } from '../platform/mark-reading'
import { lostIn } from '../platform/nothing-lost'
import { type OwnSaves, withOwnSaves } from '../platform/own-saves'
import { refuseTextOfGone } from '../platform/refuse-text-of-gone'
import { refuseUnkept } from '../platform/refuse-unkept'
import { tagFields } from '../platform/tag-fields'
import { insertConnection, managed, updateSettings } from './commands'
import { connectionKind, connectionsKind } from './connection-kind'
import { toDssPermissions, wantedState } from './dss-permissions'
import { toDetails } from './dto'
import { type ConnectionRow, loadConnection, loadConnections } from './load-connection'
import { reloadConnection, replaceLists } from './permissions'
import { readParams } from './store-target'

const keptSchema = z.object({
  top: z.record(z.string(), z.unknown()).default({}),
  params: z.record(z.string(), z.unknown()).default({}),
})
const keptOf = (row: ConnectionRow): KeptOfConnection => keptSchema.parse(row.kept)

/** Every connection of the space with its settings, by name. */
export function listDssConnections(ctx: Context): Promise<Record<string, DssConnection>> {
  return readAs(ctx, connectionsKind, 'list-settings', null, async ({ tx, subject }) => {
    const rows = await loadConnections(tx, subject.spaceId)
    return Object.fromEntries(rows.map((row) => [row.name, toDss(row)]))
  })
}

/** Names of the connections that the caller may use; `all` or `EC2` names every type there is. */
export function listDssConnectionNames(ctx: Context, type: string): Promise<string[]> {
  return readAs(ctx, connectionsKind, 'list', null, async ({ tx, subject, at }) => {
    if (type !== 'all' && type !== CONNECTION_TYPE) return []
    const rows = await loadConnections(tx, subject.spaceId)
    return rows.filter((row) => mayUse(subject, row, at)).map((row) => row.name)
  })
}

/** The settings of one connection; its secret is a mark. */
export function getDssConnection(ctx: Context, name: string): Promise<DssConnection> {
  return readAs(ctx, connectionKind, 'read-settings', { name }, async ({ row }) => toDss(row))
}

/**
 * Makes a connection with its permissions, or neither; usable by everyone as DSS has it unless groups are named.
 * @throws Failure `validation_failed` naming the field; `conflict` when the name is taken
 */
export async function createDssConnection(ctx: Context, json: DssConnection): Promise<{ name: string }> {
  const made = writeAs(ctx, connectionsKind, 'create', null, async (authorized) => {
    const { params, secret, kept } = readOrRefuse(json)
    const name = json.name ?? ''
    const description = json.description ?? ''
    const creation = { name, description, params, ...(secret ? { secret } : {}) }
    const inserted = await insertConnection(authorized, creation, kept)
    const lists = await replaceGroups(ctx, authorized.tx, name, { ...json, usableBy: json.usableBy ?? 'ALL' })
    return changedTogether({ name }, inserted, lists)
  })
  return made.catch(throwInDssNames)
}

/**
 * Saves settings and group lists together, or neither; what is left out stays, and so do people's grants, ends of grants and
 * the read switch.
 * @throws Failure `conflict` when either was changed since its tag; `validation_failed` on a managed one, whose settings stay
 */
export async function saveDssConnection(
  ctx: Context,
  name: string,
  json: DssConnection,
): Promise<DssConnection> {
  const saved = withOwnSaves(
    ctx,
    `connection ${json.versionTag?.of ?? name}`,
    readingOf(json.versionTag),
    (own) =>
      writeAs(ctx, connectionKind, 'save', { name }, async (authorized) => {
        const { row, tx } = authorized
        await refuseTextOfGone(
          json.versionTag,
          row,
          async (id) => (await loadConnection(tx, row.spaceId, { id })) !== null,
        )
        const sent = undoesNothing(row, json, own)
          ? { ...json, versionTag: null, permissionsTag: null }
          : json
        const { change, kept } = settingsChange(row, sent)
        const settings = change ? await updateSettings(authorized, change, kept) : unchanged(undefined)
        const lists = await replaceGroups(ctx, authorized.tx, name, sent)
        const stands = await reloadConnection(authorized.tx, row)
        own.note(tagFields(fieldsOf(row)), tagFields(fieldsOf(stands)))
        return changedTogether(toDss(stands), settings, lists)
      }),
  )
  return saved.catch(throwInDssNames)
}

/** Clients know nothing of our own names: they are told the fields that they sent. */
function throwInDssNames(error: unknown): never {
  if (!(error instanceof Failure) || !error.details.issues) throw error
  const issues = error.details.issues.map((issue) =>
    issue.path ? moveIssue(issue, toDssPath(issue.path)) : issue,
  )
  throw new Failure(error.kind, error.message, { ...error.details, issues })
}

/** Who may use it and who may read its settings: whoever was taken off comes back by nobody's older text. */
const RIGHTS = ['usableBy', 'allowedGroups', 'detailsReadability']

/** Whether it may be saved although something was since it was read: who saves twice what they read once has all of it. */
function undoesNothing(row: ConnectionRow, json: DssConnection, own: OwnSaves): boolean {
  if (isOfAnother(json.versionTag, row.id)) return true
  const read = tagsRead(json.versionTag, row.id)
  if (!read) return false
  const fields = { current: fieldsOf(row), sent: comparable(row, json) }
  return lostIn({ ...fields, read, own, rights: RIGHTS }).length === 0
}

/** The settings that clients write, each as it would be given out again; what is left out stays, and so does the secret. */
function comparable(row: ConnectionRow, json: DssConnection): Record<string, unknown> {
  const given = toGiven(row)
  const stored = readParams(row)
  const read = stored.store === 'own' ? readOrRefuse(json, stored, keptOf(row)) : null
  return {
    description: json.description ?? given.description,
    params: read ? toDssParams(read.params, false, read.kept.params) : (json.params ?? given.params),
    kept: read?.kept.top ?? {},
    allowWrite: json.allowWrite ?? given.allowWrite,
    allowManagedDatasets: json.allowManagedDatasets ?? given.allowManagedDatasets,
    usableBy: json.usableBy ?? given.usableBy,
    allowedGroups: [...(json.allowedGroups ?? given.allowedGroups)].sort(),
    detailsReadability: {
      readableBy: json.detailsReadability?.readableBy ?? given.detailsReadability.readableBy,
      allowedGroups: [
        ...(json.detailsReadability?.allowedGroups ?? given.detailsReadability.allowedGroups),
      ].sort(),
    },
  }
}

/** Brings the group lists to what a client asks for, in the transaction that saves the rest. */
async function replaceGroups(ctx: Context, tx: Tx, name: string, json: DssConnection) {
  const found = await authorize(tx, ctx, connectionKind, 'save-permissions', { name })
  return replaceLists(found, found.row, await wantedState(found, json))
}

/** What a client changes of the settings; nothing when it sends them back as they stand. */
function settingsChange(row: ConnectionRow, json: DssConnection) {
  if (json.name && json.name !== row.name) throw nameStays(row.name)
  refuseUnkept({ managedBy: json.managedBy }, { managedBy: row.managedBy ?? '' }, [])
  const stored = readParams(row)
  const description = json.description ?? row.description
  const version = json.versionTag?.versionNumber ?? row.version
  if (stored.store === 'platform') {
    requireAsRead(row, json)
    refuseUnkept(json, toGiven(row), SAVED_OF_MANAGED)
    return description === row.description ? {} : { change: { version, description } }
  }
  const { secretSetAt: _, ...own } = stored
  const { params, secret, kept } = readOrRefuse(json, own, keptOf(row))
  const isLeft = needsSecret(params) && !voidsSecret(own, params)
  if (json.params?.secretKey === '' && row.secret !== null && isLeft) throw secretStays()
  const same =
    JSON.stringify([params, kept, description]) === JSON.stringify([own, keptOf(row), row.description])
  if (same && secret === undefined) return {}
  return { change: { version, description, params, ...(secret === undefined ? {} : { secret }) }, kept }
}

/** What is read of a managed connection; the rest of what a client sends has no place. */
const SAVED_OF_MANAGED = [
  ...['description', 'params', 'usableBy', 'allowedGroups', 'detailsReadability'],
  ...['versionTag', 'permissionsTag', 'creationTag'],
]

/** The settings of a managed connection come back as they were given out, or not at all. */
function requireAsRead(row: ConnectionRow, json: DssConnection): void {
  const given = toDss(row)
  const names = ['params', 'allowWrite', 'allowManagedDatasets'] as const
  const differs = names.some((name) => {
    const sent = json[name]
    if (name !== 'params' || !sent) return sent !== null && sent !== undefined && sent !== given[name]
    return Object.entries(sent).some(
      ([key, value]) => JSON.stringify(value) !== JSON.stringify(given.params?.[key as 'chbucket']),
    )
  })
  if (differs) throw managed(row.managedBy ?? '')
}

function toDss(row: ConnectionRow): DssConnection {
  const versionTag = { versionNumber: row.version, ...markReading(row, fieldsOf(row)) }
  return { ...toGiven(row), versionTag }
}

const fieldsOf = (row: ConnectionRow) => comparable(row, toGiven(row))

function toGiven(row: ConnectionRow) {
  const kept = keptOf(row)
  const details = toDetails(row)
  const own = details.store === 'own' ? details : null
  return {
    ...UNTOLD,
    ...kept.top,
    name: row.name,
    type: CONNECTION_TYPE,
    description: row.description,
    params: own ? toDssParams(own, row.secret !== null, kept.params) : platformParams(details),
    ...toDssPermissions(row),
    allowWrite: own?.allowWrite ?? false,
    allowManagedDatasets: own?.allowManagedDatasets ?? false,
    ...(row.managedBy === null ? {} : { managedBy: row.managedBy }),
    creationTag: { lastModifiedBy: { login: row.createdBy }, lastModifiedOn: row.createdAt.getTime() },
  }
}

/** Where a managed connection leads; how it gets there is the operator's. */
export const platformParams = (details: ReturnType<typeof toDetails>) => ({
  regionOrEndpoint: details.endpoint || details.region,
  region: details.region,
  chbucket: details.bucket,
  chroot: details.root,
  allowedPrefixes: details.allowedPrefixes,
})

function readOrRefuse(json: DssConnection, base?: OwnParams, kept?: KeptOfConnection) {
  const read = fromDssConnection(json, base, kept)
  if (read.ok) return read.value
  throw new Failure('validation_failed', 'The settings of the connection are not valid.', {
    reason: read.issues[0]?.reason ?? 'invalid-settings',
    issues: read.issues,
  })
}

const secretStays = () => {
  const message = 'A secret is replaced, never taken away: send another, or leave secretKey as it was given.'
  return new Failure('validation_failed', message, {
    reason: 'secret-stays',
    issues: [{ reason: 'secret-stays', message, path: ['params', 'secretKey'] }],
  })
}

const nameStays = (name: string) =>
  new Failure('validation_failed', `${name} keeps its name: datasets are built on it.`, {
    reason: 'name-stays',
    where: 'name',
  })
