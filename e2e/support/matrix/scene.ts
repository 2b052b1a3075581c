import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { PutObjectCommand } from '@aws-sdk/client-s3'
import type { Behind } from '../behind'
import { lineDefinition, storeParams, usableByGroups } from '../definitions'
import { type Credential, signInByHttp, succeed } from '../http'
import type { Login } from '../launchpad'
import { createTargets, type Person } from './targets'

export const PRINCIPALS = [
  'admin',
  'designer',
  'auditor',
  'guest',
  'personalKey',
  'globalKey',
  'adminKey',
  'projectKey',
  'projectAdminKey',
  'node',
  'disabled',
  'disabledKey',
  'expiredKey',
  'revokedKey',
  'revokedProjectKey',
  'nobody',
  'stranger',
] as const
export type Principal = (typeof PRINCIPALS)[number]

export type Scene = Awaited<ReturnType<typeof createScene>>

/** Everybody who may or may not, and one of everything that they may or may not touch. */
export async function createScene(origin: string, behind: Behind, logins: { admin: Login; analyst: Login }) {
  const admin = await signInByHttp(origin, logins.admin)
  const make = createTargets(origin, admin)
  const { groups } = (await make.get('/api/groups')) as { groups: { id: string; name: string }[] }
  const groupId = (name: string) => groups.find((group) => group.name === name)?.id ?? ''
  const designers = groupId('designers')
  const auditor = await make.person('audrey', [groupId('auditors')])
  const guest = await make.person('gus')
  const forgetful = await make.person('fay')
  const disabled = await make.person('dora', [designers])
  const disabledKey = await make.personalKey(disabled.as)
  await make.post(`/api/users/${disabled.id}/disable`, {})
  const designer = await signInByHttp(origin, logins.analyst)
  const { user } = (await make.get('/api/session', designer)) as { user: { id: string } }
  const globalKey = await make.post('/api/keys/global', { label: 'nightly', groupIds: [designers] })
  const adminKey = await make.post('/api/keys/global', { label: 'operations', admin: true })
  const { token: node } = await make.node()

  await putLog(behind)
  await createLake(origin, admin, behind, designers)
  await make.extensionActive('dku-audit-log')

  const projectKey = await make.project(designers)
  const keyOf = async (label: string, level: string) =>
    make.post(`/api/projects/${projectKey}/keys`, { label, level })
  const pipeline = await keyOf('pipeline', 'write')
  const chief = await keyOf('chief', 'admin')
  const revokedOfProject = await keyOf('former', 'admin')
  const expired = await make.post('/api/keys/global', { label: 'expired', admin: true })
  const revoked = await make.post('/api/keys/global', { label: 'revoked', admin: true })
  await behind.query(`UPDATE api_key SET until = now() - interval '1 second' WHERE id = $1`, [expired.id])
  for (const { id } of [revoked, revokedOfProject])
    await succeed(origin, { method: 'DELETE', path: `/api/keys/${id}`, as: admin })

  const credentials: Record<Principal, Credential> = {
    admin,
    designer,
    auditor: auditor.as,
    guest: guest.as,
    personalKey: { token: logins.analyst.apiKey },
    globalKey: { token: String(globalKey.secret) },
    adminKey: { token: String(adminKey.secret) },
    projectKey: { token: String(pipeline.secret) },
    projectAdminKey: { token: String(chief.secret) },
    node: { token: node },
    disabled: disabled.as,
    disabledKey: { token: disabledKey.secret },
    expiredKey: { token: String(expired.secret) },
    revokedKey: { token: String(revoked.secret) },
    revokedProjectKey: { token: String(revokedOfProject.secret) },
    nobody: {},
    stranger: { token: await insertStranger(behind) },
  }
  const people: Partial<Record<Principal, Pick<Person, 'login' | 'password'>>> = {
    admin: logins.admin,
    designer: logins.analyst,
    auditor,
    guest,
  }
  return { origin, make, behind, credentials, people, designers, designerId: user.id, forgetful, projectKey }
}

/** How events name the principals of this space whose denials are told. */
export const ACTORS: Partial<Record<Principal, string>> = {
  admin: 'admin',
  designer: 'analyst',
  auditor: 'audrey',
  guest: 'gus',
  personalKey: 'analyst',
  globalKey: 'key:nightly',
  adminKey: 'key:operations',
  projectKey: 'key:pipeline',
  projectAdminKey: 'key:chief',
}

async function putLog({ writer }: Behind): Promise<void> {
  await writer.client.send(
    new PutObjectCommand({ Bucket: writer.bucket, Key: 'lake/2026/11/22/a.log', Body: 'one\ntwo\n' }),
  )
}

/** A connection of one's own that only designers may use, and whose datasets only they may read. */
export async function createLake(
  origin: string,
  as: Credential,
  { writer }: Behind,
  designers: string,
  name = 'lake',
): Promise<string> {
  const body = { name, params: storeParams(writer, '/lake/'), secret: writer.secretAccessKey }
  await succeed(origin, { method: 'POST', path: '/api/connections', body, as })
  await setPermissions(origin, as, name, usableByGroups([designers], true))
  return name
}

/** Replaces the permissions of a connection whatever they are. */
export async function setPermissions(
  origin: string,
  as: Credential,
  name: string,
  state: unknown,
): Promise<void> {
  const path = `/api/connections/${name}/permissions`
  const { state: base } = (await succeed(origin, { method: 'GET', path, as })).json()
  await succeed(origin, { method: 'PUT', path, body: { base, state }, as })
}

export const lakeDefinition = () => lineDefinition('lake')

/** An administrator of another space of the same database, with a key. */
async function insertStranger({ query }: Behind): Promise<string> {
  const [spaceId, userId, groupId] = [randomUUID(), randomUUID(), randomUUID()]
  const secret = `lp_key_${randomBytes(32).toString('base64url')}`
  const hash = createHash('sha256').update(secret).digest('hex')
  await query('INSERT INTO space (id, name) VALUES ($1, $2)', [spaceId, 'Elsewhere'])
  await query(
    `INSERT INTO "user" (id, "spaceId", login, email, name, "updatedAt") VALUES ($1, $2, 'sam', 'sam@elsewhere.example', 'Sam', now())`,
    [userId, spaceId],
  )
  await query(
    `INSERT INTO "group" (id, "spaceId", name, "builtIn") VALUES ($1, $2, 'space_administrators', true)`,
    [groupId, spaceId],
  )
  await query(
    `INSERT INTO membership (id, "spaceId", "groupId", "userId", actor) VALUES ($1, $2, $3, $4, 'sam')`,
    [randomUUID(), spaceId, groupId, userId],
  )
  await query(
    `INSERT INTO api_key (id, "spaceId", kind, "ownerId", label, hash, prefix, "createdBy") VALUES ($1, $2, 'personal', $3, 'sam', $4, 'lp_key_', 'sam')`,
    [randomUUID(), spaceId, userId, hash],
  )
  return secret
}
