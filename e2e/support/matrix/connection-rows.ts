import { storeParams, usableByGroups } from '../definitions'
import {
  administrators,
  administratorsAndAuditors,
  designers,
  everyone,
  notOfProjects,
  type Row,
} from './row'
import { createLake, lakeDefinition, type Scene } from './scene'

const HERE = { stranger: 200 }
const MADE = { stranger: 201 }
const LAKE = { params: { name: 'lake' } }
const files = () => ({ connection: 'lake', path: '/' })

const newLake = async (scene: Scene) =>
  createLake(
    scene.origin,
    scene.credentials.admin,
    scene.behind,
    scene.designers,
    `lake-${scene.make.next()}`,
  )

const settings = ({ behind: { writer } }: Scene) => ({
  params: storeParams(writer, '/lake/'),
  secret: writer.secretAccessKey,
})

/** Connections, the files behind them, extensions, nodes, Overview. */
export const CONNECTION_ROWS: Record<string, Row> = {
  'GET /api/connections': { cells: everyone(200), ask: () => ({}) },
  'POST /api/connections': {
    cells: administrators(201, MADE),
    ask: (scene) => ({ body: { name: `own-${scene.make.next()}`, ...settings(scene) } }),
  },
  'GET /api/connections/principals': { cells: administrators(200, HERE), ask: () => ({}) },
  'GET /api/connections/test': { cells: administrators(200, HERE), ask: () => ({}) },
  'POST /api/connections/test': {
    cells: administrators(200, HERE),
    ask: (scene) => ({ body: settings(scene) }),
  },
  'GET /api/connections/{name}': {
    cells: { ...everyone(200, { stranger: 404 }), ...notOfProjects, guest: 403 },
    ask: () => LAKE,
  },
  'PUT /api/connections/{name}': {
    cells: administrators(200),
    ask: async (scene) => ({
      params: { name: await newLake(scene) },
      body: { version: 1, description: `Raw files ${scene.make.next()}` },
    }),
  },
  'DELETE /api/connections/{name}': {
    cells: administrators(204),
    ask: async (scene) => ({ params: { name: await newLake(scene) }, body: {} }),
  },
  'GET /api/connections/{name}/access': { cells: administratorsAndAuditors(200), ask: () => LAKE },
  'GET /api/connections/{name}/activity': { cells: administratorsAndAuditors(200), ask: () => LAKE },
  'GET /api/connections/{name}/dependents': { cells: administratorsAndAuditors(200), ask: () => LAKE },
  'GET /api/connections/{name}/permissions': { cells: administratorsAndAuditors(200), ask: () => LAKE },
  'GET /api/connections/{name}/permissions/history': {
    cells: administratorsAndAuditors(200),
    ask: () => LAKE,
  },
  'PUT /api/connections/{name}/permissions': {
    cells: administrators(200),
    ask: async (scene) => ({
      params: { name: await newLake(scene) },
      body: { base: usableByGroups([scene.designers], true), state: usableByGroups([]) },
    }),
  },
  'POST /api/connections/{name}/permissions/preview': {
    cells: administrators(200),
    ask: () => ({ ...LAKE, body: usableByGroups([]) }),
  },
  'POST /api/connections/{name}/test': { cells: administrators(200), ask: () => ({ ...LAKE, body: {} }) },

  'POST /api/files/browse': { cells: designers(200), ask: () => ({ body: files() }) },
  'POST /api/files/preview': {
    cells: designers(200),
    ask: () => ({ body: { definition: lakeDefinition() } }),
  },
  'POST /api/files/detect': {
    cells: designers(200),
    ask: () => ({ body: { definition: lakeDefinition() } }),
  },
  'POST /api/files/schema': {
    cells: designers(200),
    ask: () => ({ body: { definition: lakeDefinition() } }),
  },
  'POST /api/files/partitioning': {
    cells: designers(200),
    ask: () => ({
      body: { connection: lakeDefinition().params.connection, examples: [{ path: '/2026/11/22/a' }] },
    }),
  },
  'POST /api/files/cost': { cells: designers(200), ask: () => ({ body: { definition: lakeDefinition() } }) },
  'POST /api/files/list': { cells: designers(202), ask: () => ({ body: { definition: lakeDefinition() } }) },
  'POST /api/files/partitions': {
    cells: designers(202),
    ask: () => ({ body: { definition: lakeDefinition() } }),
  },

  'GET /api/extensions': { cells: administrators(200, HERE), ask: () => ({}) },
  'GET /api/extensions/{key}': {
    cells: administrators(200, HERE),
    ask: () => ({ params: { key: 'dku-audit-log' } }),
  },
  'POST /api/extensions/{key}/activate': {
    cells: administrators(202, { stranger: 202 }),
    ask: () => ({ params: { key: 'dku-audit-log' }, body: {} }),
  },
  'POST /api/extensions/{key}/deactivate': {
    cells: administrators(202, { stranger: 409 }),
    ask: async ({ make }) => ({
      params: { key: await make.extensionActive('api-node') },
      body: { reason: 'not needed' },
    }),
  },
  'GET /api/extensions/{key}/dependents': {
    cells: administrators(200, HERE),
    ask: () => ({ params: { key: 'dku-audit-log' } }),
  },

  'GET /api/nodes': { cells: administrators(200, HERE), ask: () => ({}) },
  'POST /api/nodes': {
    cells: administrators(201, MADE),
    ask: ({ make }) => ({ body: { name: `n${make.next()}`, type: 'api' } }),
  },
  'POST /api/nodes/{nodeId}/rotate': {
    cells: administrators(200),
    ask: async ({ make }) => ({ params: { nodeId: (await make.node()).id }, body: {} }),
  },
  'POST /api/nodes/{nodeId}/revoke': {
    cells: administrators(200),
    ask: async ({ make }) => ({ params: { nodeId: (await make.node()).id }, body: {} }),
  },
  'GET /api/overview': { cells: administrators(200, HERE), ask: () => ({}) },
}
