import { createDssClient, type DssClient } from './support/dss-client'
import { send, signInByHttp } from './support/http'
import { createTargets } from './support/matrix/targets'
import { expect, test } from './support/test'

/** Each call of Dataiku's Python client, sent as it sends it; what is expected is what the client reads of the answer. */
test.use({ start: { command: ['demo', '--empty'] } })

/** A global key of an administrator, and the personal key of a designer. */
let admin: DssClient
let analyst: DssClient
/** The analyst by the documented address. */
let documented: DssClient
let origin: string

test.beforeAll(async ({ launchpad }) => {
  origin = launchpad.url
  const logins = launchpad.demo()
  const make = createTargets(origin, await signInByHttp(origin, logins.admin))
  const { secret } = await make.post('/api/keys/global', { label: 'client', admin: true })
  admin = createDssClient(origin, String(secret))
  analyst = createDssClient(origin, logins.analyst.apiKey)
  documented = createDssClient(origin, logins.analyst.apiKey, '/public/api')
})

test('get_auth_info(), by both addresses', async () => {
  const expected = { authIdentifier: 'analyst', groups: ['designers'] }
  expect(await analyst.json('GET', '/auth/info')).toMatchObject(expected)
  expect(await documented.json('GET', '/auth/info')).toMatchObject(expected)
  expect(await createDssClient(origin, 'lp_key_wrong').refused('GET', '/auth/info')).toMatchObject({
    status: 401,
    errorType: expect.any(String),
    message: expect.any(String),
    detailedMessage: expect.any(String),
  })
})

test('projects', async () => {
  await admin.text('POST', '/projects/', {
    params: {},
    body: {
      projectKey: 'CLIENT',
      name: 'Client',
      owner: 'analyst',
      settings: null,
      description: null,
      permissions: [],
      tags: [],
    },
  })
  const projects = await analyst.json('GET', '/projects/')
  expect(projects).toContainEqual(
    expect.objectContaining({ projectKey: 'CLIENT', name: 'Client', ownerLogin: 'analyst' }),
  )
  expect(await analyst.json('GET', '/projects/', { params: { includeLocation: 'False' } })).toEqual(projects)

  const metadata = await analyst.json('GET', '/projects/CLIENT/metadata')
  expect(metadata).toMatchObject({ label: 'Client', tags: [], checklists: {}, customMeta: { kv: {} } })
  metadata.tags.push('audit')
  metadata.customMeta.kv.team = 'data'
  await analyst.empty('PUT', '/projects/CLIENT/metadata', { body: metadata })
  expect(await analyst.json('GET', '/projects/CLIENT/metadata')).toEqual({
    ...metadata,
    metadataTag: expect.any(Object),
  })

  const permissions = await analyst.json('GET', '/projects/CLIENT/permissions')
  expect(permissions.owner).toBe('analyst')
  permissions.permissions.push({ group: 'auditors', readProjectContent: true, runScenarios: true })
  await analyst.empty('PUT', '/projects/CLIENT/permissions', { body: permissions })
  expect((await analyst.json('GET', '/projects/CLIENT/permissions')).permissions).toContainEqual(
    expect.objectContaining({ group: 'auditors', readProjectContent: true, writeProjectContent: false }),
  )

  expect(await analyst.json('GET', '/projects/CLIENT')).toMatchObject({ projectKey: 'CLIENT' })
  expect((await analyst.json('GET', '/projects/CLIENT/settings')).settings).toEqual({})
  expect(await analyst.json('GET', '/projects/CLIENT/tags')).toEqual({ tags: { audit: { color: null } } })

  expect(await analyst.json('GET', '/projects/CLIENT/flow/graph/')).toEqual({ nodes: {} })
  expect(await analyst.json('GET', '/projects/CLIENT/flow/zones')).toMatchObject([{ id: 'default' }])
  const zone = await analyst.refused('POST', '/projects/CLIENT/flow/zones', {
    body: { name: 'raw', color: '#2ab1ac' },
  })
  expect(zone).toMatchObject({ status: 403, detailedMessage: expect.stringContaining('zone') })
  expect((await analyst.refused('GET', '/projects/NOWHERE/metadata')).status).toBe(404)
})

test('metadata and settings of projects come back digit by digit', async ({ launchpad }) => {
  const path = '/dip/publicapi/projects/CLIENT/metadata'
  const as = { token: launchpad.demo().analyst.apiKey }
  const { text } = await send(launchpad.url, { method: 'GET', path, as })
  const unknown = '"big":[18446744073709551616,0.1234567890123456789],"__proto__":{"a":9007199254740993}'
  const body = text.replace('{', `{"ofClient":{${unknown}},`)
  expect((await send(launchpad.url, { method: 'PUT', path, as, body })).text).toBe('{}')
  const given = (await send(launchpad.url, { method: 'GET', path, as })).text
  for (const part of unknown.split(/,(?="__proto__)/)) expect(given).toContain(part)
  expect((await send(launchpad.url, { method: 'PUT', path, as, body: given })).status).toBe(200)
})

test('connections', async ({ behind: { writer } }) => {
  const params = {
    credentialsMode: 'KEYPAIR',
    accessKey: writer.accessKeyId,
    secretKey: writer.secretAccessKey,
    regionOrEndpoint: writer.endpoint,
    usePathMode: true,
    chbucket: writer.bucket,
    chroot: '/lake',
  }
  await admin.text('POST', '/admin/connections/', {
    body: {
      name: 'raw',
      description: null,
      type: 'EC2',
      params,
      usableBy: 'ALLOWED',
      allowedGroups: ['designers'],
    },
  })
  const all = await admin.json('GET', '/admin/connections/')
  expect(all.raw).toMatchObject({ name: 'raw', type: 'EC2', allowedGroups: ['designers'] })
  expect(JSON.stringify(all)).not.toContain(writer.secretAccessKey)
  expect((await analyst.refused('GET', '/admin/connections/')).status).toBe(403)
  expect(await analyst.json('GET', '/connections/get-names', { params: { type: 'EC2' } })).toContain('raw')
  expect(await analyst.json('GET', '/connections/get-names', { params: { type: 'all' } })).toContain('raw')

  const settings = await admin.json('GET', '/admin/connections/raw')
  expect(settings).toMatchObject({
    usableBy: 'ALLOWED',
    detailsReadability: { readableBy: 'NONE', allowedGroups: [] },
    allowWrite: false,
    allowManagedDatasets: false,
    allowManagedFolders: false,
    allowKnowledgeBanks: false,
  })
  settings.allowWrite = true
  settings.detailsReadability.readableBy = 'ALLOWED'
  settings.detailsReadability.allowedGroups = ['designers']
  await admin.json('PUT', '/admin/connections/raw', { body: settings })
  expect(await admin.json('GET', '/connections/raw/test')).toMatchObject({ connectionOK: true })
  const info = await analyst.json('GET', '/connections/raw/info')
  expect(info).toMatchObject({
    type: 'EC2',
    credentialsMode: 'KEYPAIR',
    resolvedParams: { chroot: '/lake/' },
  })
  expect(info).not.toHaveProperty('resolvedAWSCredential')
  await admin.empty('DELETE', '/admin/connections/raw')
  expect((await admin.refused('GET', '/admin/connections/raw')).status).toBe(404)
})

test('users and groups', async () => {
  const body = { name: 'finance', description: null, sourceType: 'LOCAL' }
  await admin.text('POST', '/admin/groups/', { body })
  expect(await admin.json('GET', '/admin/groups/')).toContainEqual(
    expect.objectContaining({ name: 'finance' }),
  )
  const group = await admin.json('GET', '/admin/groups/finance')
  await admin.empty('PUT', '/admin/groups/finance', { body: { ...group, description: 'Money' } })
  expect(await admin.json('GET', '/admin/groups/finance')).toEqual({
    ...group,
    description: 'Money',
    versionTag: expect.any(Object),
  })

  await admin.text('POST', '/admin/users/', {
    body: {
      login: 'nora',
      password: 'a long enough password',
      displayName: 'Nora',
      sourceType: 'LOCAL',
      groups: ['finance'],
      userProfile: 'DATA_SCIENTIST',
      email: null,
    },
  })
  expect(await admin.json('GET', '/admin/users/', { params: { includeSettings: 'False' } })).toContainEqual(
    expect.objectContaining({ login: 'nora', displayName: 'Nora', groups: ['finance'], enabled: true }),
  )
  const user = await admin.json('GET', '/admin/users/nora')
  expect(user).toMatchObject({ credentials: {}, adminProperties: {}, userProperties: {} })
  await admin.json('PUT', '/admin/users/nora', { body: { ...user, groups: [] } })
  expect(await admin.json('GET', '/admin/users/nora')).toEqual({
    ...user,
    groups: [],
    versionTag: expect.any(Object),
  })
  expect(await analyst.json('GET', '/users')).toContainEqual(
    expect.objectContaining({ login: 'nora', displayName: 'Nora' }),
  )
  expect(await analyst.json('GET', '/groups')).toContainEqual({ name: 'finance' })
  await admin.empty('DELETE', '/admin/users/nora', { params: { allowSelfDeletion: 'False' } })
  expect((await admin.json('GET', '/admin/users/nora')).enabled).toBe(false)
  const logins = async (includeSettings: string) =>
    (await admin.json('GET', '/admin/users/', { params: { includeSettings } })).map(
      (one: { login: string }) => one.login,
    )
  expect(await logins('False')).not.toContain('nora')
  expect(await logins('True')).toContain('nora')
  const again = { login: 'nora', password: 'a long enough password', displayName: 'Nora', groups: [] }
  expect(await admin.refused('POST', '/admin/users/', { body: again })).toMatchObject({
    status: 409,
    detailedMessage: expect.stringContaining('Enable nora again'),
  })
  await admin.empty('DELETE', '/admin/groups/finance')
  expect((await admin.refused('GET', '/admin/groups/finance')).status).toBe(404)
})

test('keys', async () => {
  const made = await admin.json('POST', '/admin/global-api-keys/', {
    body: { label: 'nightly', description: null, globalPermissions: { admin: false } },
  })
  expect(made).toMatchObject({ id: expect.any(String), key: expect.stringMatching(/^lp_key_/) })
  expect(await createDssClient(origin, made.key).json('GET', '/auth/info')).toMatchObject({
    authIdentifier: 'key:nightly',
  })
  expect(await admin.json('GET', '/admin/global-api-keys/')).toContainEqual(
    expect.objectContaining({ id: made.id, key: '', label: 'nightly' }),
  )
  const path = `/admin/global-api-keys/${made.id}`
  const definition = await admin.json('GET', path)
  definition.groups.push('designers')
  await admin.empty('PUT', path, { body: definition })
  expect((await admin.json('GET', path)).groups).toEqual(['designers'])
  await admin.empty('DELETE', path)
  expect((await createDssClient(origin, made.key).refused('GET', '/auth/info')).status).toBe(401)

  const own = await analyst.json('POST', '/personal-api-keys/', { body: { label: '', description: '' } })
  expect(own).toMatchObject({ id: expect.any(String), key: expect.stringMatching(/^lp_key_/) })
  expect(await analyst.json('GET', '/personal-api-keys/')).toContainEqual(
    expect.objectContaining({ id: own.id, key: '' }),
  )
  expect(await admin.json('GET', '/admin/personal-api-keys/')).toContainEqual(
    expect.objectContaining({ id: own.id, key: '', user: 'analyst' }),
  )
  expect(await analyst.json('GET', `/personal-api-keys/${own.id}`)).toMatchObject({
    key: '',
    user: 'analyst',
  })
  await analyst.empty('DELETE', `/personal-api-keys/${own.id}`)
  expect((await createDssClient(origin, own.key).refused('GET', '/auth/info')).status).toBe(401)
})

test('get_own_user().get_settings()', async () => {
  expect(await analyst.json('GET', '/current-user')).toMatchObject({
    login: 'analyst',
    enabled: true,
    groups: expect.arrayContaining(['designers']),
    secrets: [],
  })
  // A program is nobody.
  expect((await admin.refused('GET', '/current-user')).status).toBe(403)
})

test('log_custom_audit(type, params)', async ({ behind }) => {
  await admin.empty('POST', '/admin/audit/custom/backup-done', { body: { files: 12 } })
  const [event] = await behind.query<{ line: string }>(
    `SELECT line FROM audit_event WHERE "msgType" = 'custom' ORDER BY seq DESC LIMIT 1`,
  )
  expect(JSON.parse(event?.line ?? '{}').message).toMatchObject({
    customMsgType: 'backup-done',
    customMsgParams: { files: 12 },
    authSource: 'GLOBAL_API_KEY',
  })
  expect((await analyst.refused('POST', '/admin/audit/custom/x', { body: {} })).status).toBe(403)
})

test('project.delete()', async () => {
  expect(await analyst.json('DELETE', '/projects/CLIENT')).toMatchObject({ hasResult: true })
  expect((await analyst.refused('GET', '/projects/CLIENT/metadata')).status).toBe(404)
})
