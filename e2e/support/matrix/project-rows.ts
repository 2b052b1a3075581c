import {
  administratorsOfAnother,
  everyone,
  notOfProjects,
  ownerAlone,
  ownerAndAdministrators,
  projectAdministrators,
  projectWriters,
  type Row,
  writersOfAnother,
} from './row'
import { lakeDefinition, type Scene } from './scene'

const newProject = ({ make, designers }: Scene) => make.project(designers)

const draftSettings = () => ({
  name: 'logs',
  definition: lakeDefinition(),
  partitioningActive: false,
  touched: [],
})

/** A dataset of its own in the project of the scene, made by the designer. */
export async function newDataset({ projectKey, make, credentials }: Scene, partitioned = false) {
  const name = `logs-${make.next()}`
  const body = { name, definition: partitioned ? byDay() : lakeDefinition() }
  await make.post(`/api/projects/${projectKey}/datasets`, body, credentials.designer)
  return { projectKey, name }
}

const byDay = () => ({
  ...lakeDefinition(),
  partitioning: {
    filePathPattern: '/%Y/%M/%D/.*',
    dimensions: [{ name: 'date', type: 'time', params: { period: 'DAY' } }],
  },
})

async function newDraft({ projectKey, make, credentials }: Scene) {
  const path = `/api/projects/${projectKey}/drafts`
  const { id } = await make.post(path, { settings: draftSettings() }, credentials.designer)
  return { projectKey, draftId: String(id) }
}

async function newJob({ make, credentials }: Scene) {
  const { jobId } = await make.post('/api/files/list', { definition: lakeDefinition() }, credentials.designer)
  return { jobId: String(jobId) }
}

/** A job about a dataset of the project, started by the designer. */
export async function newDatasetJob(scene: Scene) {
  const { projectKey, name } = await newDataset(scene)
  const path = `/api/projects/${projectKey}/datasets/${name}/metrics`
  const { jobId } = await scene.make.post(path, {}, scene.credentials.designer)
  return { projectKey, jobId: String(jobId) }
}

/** Reading records needs the connection as well, which the administrators of the scene may not use. */
export const readers = (ok: number) => ({
  ...projectWriters(ok),
  ...notOfProjects,
  admin: 403,
  adminKey: 403,
})

/** A draft belongs to a person, which a global key is not. */
const personsOfProject = (ok: number) => ({
  ...projectWriters(ok),
  ...notOfProjects,
  globalKey: 403,
  adminKey: 403,
})

/** Projects, datasets, drafts and jobs. */
export const PROJECT_ROWS: Record<string, Row> = {
  'GET /api/projects': { cells: everyone(200), ask: () => ({}) },
  'POST /api/projects': {
    cells: { ...everyone(201), ...notOfProjects, auditor: 403, guest: 403 },
    ask: ({ make }) => ({ body: { key: `P${make.next().toUpperCase()}`, name: 'New' } }),
  },
  'GET /api/projects/{projectKey}': {
    cells: projectWriters(200),
    ask: ({ projectKey }) => ({ params: { projectKey } }),
  },
  'DELETE /api/projects/{projectKey}': {
    cells: administratorsOfAnother(204),
    ask: async (scene) => ({ params: { projectKey: await newProject(scene) } }),
  },
  'PUT /api/projects/{projectKey}/members': {
    cells: administratorsOfAnother(204),
    ask: async (scene) => {
      const projectKey = await newProject(scene)
      const { version } = await scene.make.get(`/api/projects/${projectKey}`)
      const members = [{ principal: 'user', id: scene.designerId, level: 'read' }]
      return { params: { projectKey }, body: { version, members } }
    },
  },

  'PUT /api/projects/{projectKey}/owner': {
    // The administrators made it; the designer is a member who does not own it.
    cells: administratorsOfAnother(204),
    ask: async (scene) => {
      const projectKey = await newProject(scene)
      const { version } = await scene.make.get(`/api/projects/${projectKey}`)
      return { params: { projectKey }, body: { version, userId: scene.designerId } }
    },
  },

  'GET /api/projects/{projectKey}/keys': {
    cells: projectAdministrators(200),
    ask: ({ projectKey }) => ({ params: { projectKey } }),
  },
  'POST /api/projects/{projectKey}/keys': {
    cells: { ...projectAdministrators(201), projectAdminKey: 403 },
    ask: ({ projectKey, make }) => ({
      params: { projectKey },
      body: { label: `k${make.next()}`, level: 'read' },
    }),
  },

  'GET /api/projects/{projectKey}/principals': {
    cells: projectAdministrators(200),
    ask: ({ projectKey }) => ({ params: { projectKey } }),
  },

  'GET /api/projects/{projectKey}/datasets': {
    cells: projectWriters(200),
    ask: ({ projectKey }) => ({ params: { projectKey } }),
  },
  'POST /api/projects/{projectKey}/datasets': {
    cells: readers(201),
    ask: ({ projectKey, make }) => ({
      params: { projectKey },
      body: { name: `logs-${make.next()}`, definition: lakeDefinition() },
    }),
  },
  'GET /api/projects/{projectKey}/datasets/{name}': {
    cells: projectWriters(200),
    ask: async (scene) => ({ params: await newDataset(scene) }),
  },
  'PUT /api/projects/{projectKey}/datasets/{name}': {
    cells: readers(204),
    ask: async (scene) => ({
      params: await newDataset(scene),
      body: { version: 1, definition: { ...lakeDefinition(), unreadableFiles: 'warn' } },
    }),
  },
  'DELETE /api/projects/{projectKey}/datasets/{name}': {
    cells: projectWriters(204),
    ask: async (scene) => ({ params: await newDataset(scene) }),
  },
  'GET /api/projects/{projectKey}/datasets/{name}/sample': {
    cells: readers(200),
    ask: async (scene) => ({ params: await newDataset(scene) }),
  },
  'GET /api/projects/{projectKey}/datasets/{name}/partitions': {
    cells: readers(200),
    ask: async (scene) => ({ params: await newDataset(scene) }),
  },
  'GET /api/projects/{projectKey}/datasets/{name}/partitions/cost': {
    cells: readers(200),
    ask: async (scene) => ({ params: await newDataset(scene) }),
  },
  'GET /api/projects/{projectKey}/datasets/{name}/partitions/resolve': {
    cells: readers(200),
    ask: async (scene) => ({ params: await newDataset(scene), query: { range: 'ALL' } }),
  },
  'GET /api/projects/{projectKey}/datasets/{name}/partitions/files': {
    cells: readers(200),
    ask: async (scene) => ({ params: await newDataset(scene, true), query: { partition: '2026-11-22' } }),
  },
  'GET /api/projects/{projectKey}/datasets/{name}/sample/export': {
    cells: readers(200),
    ask: async (scene) => ({ params: await newDataset(scene), query: { format: 'csv' } }),
  },
  'POST /api/projects/{projectKey}/datasets/{name}/partitions': {
    cells: readers(202),
    ask: async (scene) => ({ params: await newDataset(scene), body: {} }),
  },

  'GET /api/projects/{projectKey}/datasets/{name}/data': {
    cells: readers(200),
    ask: async (scene) => ({ params: await newDataset(scene) }),
  },
  'POST /api/projects/{projectKey}/datasets/{name}/data': {
    cells: readers(200),
    ask: async (scene) => ({ params: await newDataset(scene), body: { partitions: [] } }),
  },
  'POST /api/projects/{projectKey}/datasets/{name}/rename': {
    cells: projectWriters(204),
    ask: async (scene) => ({
      params: await newDataset(scene),
      body: { name: `renamed-${scene.make.next()}` },
    }),
  },
  'GET /api/projects/{projectKey}/datasets/{name}/metrics': {
    cells: readers(200),
    ask: async (scene) => ({ params: await newDataset(scene) }),
  },
  'POST /api/projects/{projectKey}/datasets/{name}/metrics': {
    cells: readers(202),
    ask: async (scene) => ({ params: await newDataset(scene), body: {} }),
  },
  'GET /api/projects/{projectKey}/datasets/{name}/metrics/history': {
    cells: readers(200),
    ask: async (scene) => ({ params: await newDataset(scene) }),
  },
  'GET /api/projects/{projectKey}/jobs': {
    cells: projectWriters(200),
    ask: ({ projectKey }) => ({ params: { projectKey } }),
  },

  'GET /api/projects/{projectKey}/jobs/{jobId}': {
    cells: { ...writersOfAnother(200), globalKey: 404 },
    ask: async (scene) => ({ params: await newDatasetJob(scene) }),
  },

  'GET /api/projects/{projectKey}/drafts': {
    cells: projectWriters(200),
    ask: ({ projectKey }) => ({ params: { projectKey } }),
  },
  'POST /api/projects/{projectKey}/drafts': {
    cells: personsOfProject(201),
    ask: ({ projectKey }) => ({ params: { projectKey }, body: { settings: draftSettings() } }),
  },
  'GET /api/projects/{projectKey}/drafts/{draftId}': {
    cells: ownerAlone(200),
    ask: async (scene) => ({ params: await newDraft(scene) }),
  },
  'PUT /api/projects/{projectKey}/drafts/{draftId}': {
    cells: ownerAlone(200),
    ask: async (scene) => ({
      params: await newDraft(scene),
      body: { version: 1, settings: { ...draftSettings(), name: 'renamed' } },
    }),
  },
  'DELETE /api/projects/{projectKey}/drafts/{draftId}': {
    cells: ownerAlone(204),
    ask: async (scene) => ({ params: await newDraft(scene) }),
  },

  'GET /api/jobs/{jobId}': {
    cells: ownerAndAdministrators(200),
    ask: async (scene) => ({ params: await newJob(scene) }),
  },
  'GET /api/jobs/{jobId}/items': {
    // What a job finds on a connection is for those who may use it.
    cells: { ...ownerAlone(200), admin: 403, adminKey: 403 },
    ask: async (scene) => ({ params: await newJob(scene) }),
  },
  'POST /api/jobs/{jobId}/cancel': {
    cells: ownerAndAdministrators(202),
    ask: async (scene) => ({ params: await newJob(scene), body: {} }),
  },
}
