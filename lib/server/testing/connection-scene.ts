import 'server-only'
import { NEW_PARAMS, type OwnParams } from '#lib/domain/connections/params'
import type { PermissionState } from '#lib/domain/connections/permissions'
import type { ConnectionPermissions } from '#lib/domain/connections/wire'
import type { Context } from '../access/caller'
import { createConnection } from '../connections/commands'
import { getPermissions, savePermissions } from '../connections/permissions'
import { now } from '../platform/clock'
import { database } from '../platform/db/client'
import { newId } from '../platform/ids'
import { contextOf, foundSpace } from './identity'

export type ConnectionScene = Awaited<ReturnType<typeof makeConnectionScene>>

/** The space Aurora with `ada` (administrator), `mira` (designer), `otto` (auditor), and `boris` of another space. */
export async function makeConnectionScene() {
  const { spaceId, admin } = await foundSpace()
  const rows = await database().group.findMany({ where: { spaceId } })
  const groupId = (name: string): string => {
    const group = rows.find((row) => row.name === name)
    if (!group) throw new Error(`no group ${name}`)
    return group.id
  }
  const miraId = await addUser(spaceId, 'mira', 'designers')
  const mira = contextOf({ kind: 'user', spaceId, userId: miraId })
  const auditor = contextOf({ kind: 'user', spaceId, userId: await addUser(spaceId, 'otto', 'auditors') })
  const stranger = await otherSpace()
  return { spaceId, admin, mira, miraId, auditor, stranger, groupId }
}

async function addUser(spaceId: string, login: string, groupName: string): Promise<string> {
  const id = newId()
  await database().user.create({ data: { id, spaceId, login, email: `${login}@example.com`, name: login } })
  const group = await database().group.findFirstOrThrow({ where: { spaceId, name: groupName } })
  await database().membership.create({
    data: { id: newId(), spaceId, groupId: group.id, userId: id, from: now(), actor: 'test' },
  })
  return id
}

async function otherSpace(): Promise<Context> {
  const spaceId = newId()
  await database().space.create({ data: { id: spaceId, name: 'Borealis' } })
  await database().group.create({ data: { id: newId(), spaceId, name: 'space_administrators' } })
  const userId = await addUser(spaceId, 'boris', 'space_administrators')
  return contextOf({ kind: 'user', spaceId, userId })
}

/** Settings that reach the S3 store of the tests. */
export const storeParams = (): OwnParams => ({
  ...NEW_PARAMS,
  accessKeyId: process.env.LAUNCHPAD_S3_ACCESS_KEY_ID ?? '',
  endpoint: process.env.LAUNCHPAD_S3_ENDPOINT ?? '',
  pathStyle: true,
  bucket: process.env.LAUNCHPAD_S3_BUCKET ?? '',
})

/** The secret that goes with `storeParams()`. */
export const storeSecret = () => process.env.LAUNCHPAD_S3_SECRET_ACCESS_KEY ?? ''

/** Makes a connection to the S3 store of the tests; gives its name. */
export async function addConnection(admin: Context, name: string, secret = storeSecret()): Promise<string> {
  await createConnection(admin, { name, description: '', params: storeParams(), secret })
  return name
}

/** Freely usable by these groups alone. */
export const selected = (...ids: string[]): Pick<PermissionState, 'usableBy' | 'grants'> => ({
  usableBy: 'selected',
  grants: ids.map((id) => ({ principal: 'group', id, until: null })),
})

/** Changes the permissions as they stand. */
export async function permit(
  ctx: Context,
  name: string,
  change: Partial<PermissionState>,
): Promise<ConnectionPermissions> {
  const { state: base } = await getPermissions(ctx, name)
  return savePermissions(ctx, name, { base, state: { ...base, ...change } })
}

/** The messages of the events about a connection, oldest first. */
export async function eventsAbout(spaceId: string, objectId: string, msgType?: string) {
  const rows = await database().auditEvent.findMany({
    where: { spaceId, objectType: 'connection', objectId, ...(msgType ? { msgType } : {}) },
    orderBy: { seq: 'asc' },
  })
  return rows.map((row) => JSON.parse(row.line).message)
}
