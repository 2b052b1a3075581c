import {
  administrators,
  administratorsOfAnother,
  byKeyAlone,
  type Cells,
  everyone,
  notOfProjects,
  ownerAndAdministrators,
  projectWriters,
  type Row,
  writersOfAnother,
} from './row'
import type { Scene } from './scene'
import { createLake } from './scene'

/** An administrator of another space does the same at home. */
const HERE = { stranger: 200 }

/** To whom does not administer them, single keys are not there. */
const administratorsElseAbsent = (ok: number): Cells => ({
  ...everyone(404, { stranger: 404 }),
  admin: ok,
  adminKey: ok,
})

const inProject = ({ projectKey }: Scene) => ({ params: { projectKey } })
const newProject = async ({ make, designers }: Scene) => ({
  params: { projectKey: await make.project(designers) },
})

const newLake = async ({ origin, credentials, behind, designers, make }: Scene) => ({
  params: { name: await createLake(origin, credentials.admin, behind, designers, `own-${make.next()}`) },
})

const newUser = async ({ make }: Scene) => ({ params: { login: (await make.person()).login } })

async function newGroup({ make }: Scene) {
  const name = `g${make.next()}`
  await make.post('/api/groups', { name })
  return { params: { name } }
}

const newGlobalKey = async ({ make }: Scene) => ({
  params: { keyId: String((await make.post('/api/keys/global', { label: `k${make.next()}` })).id) },
})

const connectionOf = ({ behind: { writer }, make }: Scene) => ({
  name: `own-${make.next()}`,
  type: 'EC2',
  usableBy: 'ALL',
  allowedGroups: [],
  params: {
    accessKey: writer.accessKeyId,
    secretKey: writer.secretAccessKey,
    regionOrEndpoint: writer.endpoint,
    usePathMode: true,
    chbucket: writer.bucket,
  },
})

/** Projects, connections, people, groups and keys, as DSS clients speak of them. */
const ROWS: Record<string, Row> = {
  'GET /dip/publicapi/projects': { cells: everyone(200), ask: () => ({}) },
  'POST /dip/publicapi/projects': {
    cells: { ...everyone(200), ...notOfProjects, auditor: 403, guest: 403 },
    ask: ({ make }) => ({ body: { projectKey: `P${make.next().toUpperCase()}`, name: 'New' } }),
  },
  'DELETE /dip/publicapi/projects/{projectKey}': { cells: administratorsOfAnother(200), ask: newProject },
  'GET /dip/publicapi/projects/{projectKey}': { cells: projectWriters(200), ask: inProject },
  'GET /dip/publicapi/projects/{projectKey}/settings': { cells: projectWriters(200), ask: inProject },
  'GET /dip/publicapi/projects/{projectKey}/tags': { cells: projectWriters(200), ask: inProject },
  'GET /dip/publicapi/projects/{projectKey}/metadata': { cells: projectWriters(200), ask: inProject },
  'PUT /dip/publicapi/projects/{projectKey}/metadata': {
    cells: writersOfAnother(200),
    ask: async (scene) => ({ ...(await newProject(scene)), body: { shortDesc: 'New' } }),
  },
  'GET /dip/publicapi/projects/{projectKey}/permissions': { cells: projectWriters(200), ask: inProject },
  'PUT /dip/publicapi/projects/{projectKey}/permissions': {
    cells: administratorsOfAnother(200),
    ask: async (scene) => ({
      ...(await newProject(scene)),
      body: { permissions: [{ group: 'designers', readProjectContent: true }] },
    }),
  },
  'GET /dip/publicapi/projects/{projectKey}/flow/zones': { cells: projectWriters(200), ask: inProject },
  'POST /dip/publicapi/projects/{projectKey}/flow/zones': {
    cells: projectWriters(403),
    allowedIn: 'no spec: the Flow has its default zone alone',
    ask: (scene) => ({ ...inProject(scene), body: { name: 'raw' } }),
  },
  'GET /dip/publicapi/projects/{projectKey}/flow/graph': { cells: projectWriters(200), ask: inProject },

  'GET /dip/publicapi/admin/connections': { cells: administrators(200, HERE), ask: () => ({}) },
  'POST /dip/publicapi/admin/connections': {
    cells: administrators(200, HERE),
    ask: (scene) => ({ body: connectionOf(scene) }),
  },
  'GET /dip/publicapi/admin/connections/{name}': {
    cells: administrators(200),
    ask: () => ({ params: { name: 'lake' } }),
  },
  'PUT /dip/publicapi/admin/connections/{name}': {
    cells: administrators(200),
    ask: async (scene) => ({
      ...(await newLake(scene)),
      body: { description: 'New', allowedGroups: ['auditors'] },
    }),
  },
  'DELETE /dip/publicapi/admin/connections/{name}': { cells: administrators(200), ask: newLake },
  'GET /dip/publicapi/connections/get-names': {
    cells: everyone(200),
    ask: () => ({ query: { type: 'all' } }),
  },
  'GET /dip/publicapi/connections/{name}/test': {
    cells: administrators(200),
    ask: () => ({ params: { name: 'lake' } }),
  },
  'GET /dip/publicapi/connections/{name}/info': {
    cells: administrators(200),
    ask: () => ({ params: { name: 'lake' } }),
  },

  'GET /dip/publicapi/users': { cells: everyone(200), ask: () => ({}) },
  'GET /dip/publicapi/groups': { cells: everyone(200), ask: () => ({}) },
  'GET /dip/publicapi/admin/users': { cells: administrators(200, HERE), ask: () => ({}) },
  'POST /dip/publicapi/admin/users': {
    cells: administrators(200, HERE),
    ask: ({ make }) => ({
      body: { login: `u${make.next()}`, password: 'correct-horse-battery', groups: [] },
    }),
  },
  'GET /dip/publicapi/admin/users/{login}': { cells: administrators(200), ask: newUser },
  'PUT /dip/publicapi/admin/users/{login}': {
    cells: administrators(200),
    ask: async (scene) => ({ ...(await newUser(scene)), body: { displayName: 'New' } }),
  },
  'DELETE /dip/publicapi/admin/users/{login}': { cells: administrators(200), ask: newUser },
  'GET /dip/publicapi/admin/groups': { cells: administrators(200, HERE), ask: () => ({}) },
  'POST /dip/publicapi/admin/groups': {
    cells: administrators(200, HERE),
    ask: ({ make }) => ({ body: { name: `g${make.next()}` } }),
  },
  'GET /dip/publicapi/admin/groups/{name}': { cells: administrators(200), ask: newGroup },
  'PUT /dip/publicapi/admin/groups/{name}': {
    cells: administrators(200),
    ask: async (scene) => ({ ...(await newGroup(scene)), body: { description: 'New' } }),
  },
  'DELETE /dip/publicapi/admin/groups/{name}': { cells: administrators(200), ask: newGroup },

  'GET /dip/publicapi/admin/global-api-keys': { cells: administrators(200, HERE), ask: () => ({}) },
  'POST /dip/publicapi/admin/global-api-keys': {
    cells: administrators(200, HERE),
    ask: ({ make }) => ({ body: { label: `k${make.next()}` } }),
  },
  'GET /dip/publicapi/admin/global-api-keys/{keyId}': { cells: administrators(200), ask: newGlobalKey },
  'PUT /dip/publicapi/admin/global-api-keys/{keyId}': {
    cells: administratorsElseAbsent(200),
    ask: async (scene) => ({ ...(await newGlobalKey(scene)), body: { label: 'renamed' } }),
  },
  'DELETE /dip/publicapi/admin/global-api-keys/{keyId}': {
    cells: administratorsElseAbsent(200),
    ask: newGlobalKey,
  },
  'GET /dip/publicapi/personal-api-keys': { cells: everyone(200), ask: () => ({}) },
  'POST /dip/publicapi/personal-api-keys': {
    cells: { ...everyone(200), ...notOfProjects, globalKey: 403, adminKey: 403 },
    ask: ({ make }) => ({ body: { label: `k${make.next()}`, description: '' } }),
  },
  'GET /dip/publicapi/personal-api-keys/{keyId}': {
    cells: ownerAndAdministrators(200),
    ask: async ({ make, credentials }) => ({
      params: { keyId: (await make.personalKey(credentials.designer)).id },
    }),
  },
  'GET /dip/publicapi/current-user': {
    cells: { ...everyone(200), ...notOfProjects, globalKey: 403, adminKey: 403 },
    ask: () => ({}),
  },
  'DELETE /dip/publicapi/personal-api-keys/{keyId}': {
    cells: ownerAndAdministrators(200),
    ask: async ({ make, credentials }) => ({
      params: { keyId: (await make.personalKey(credentials.designer)).id },
    }),
  },
  'GET /dip/publicapi/admin/personal-api-keys': { cells: administrators(200, HERE), ask: () => ({}) },
  'POST /dip/publicapi/admin/audit/custom/{type}': {
    cells: { ...administrators(200, { stranger: 200 }), globalKey: 200 },
    ask: () => ({ params: { type: 'backup-done' }, body: { files: 12 } }),
  },
}

export const PUBLIC_API_SPACE_ROWS: Record<string, Row> = Object.fromEntries(
  Object.entries(ROWS).map(([name, row]) => [name, { ...row, cells: byKeyAlone(row.cells) }]),
)
