import { randomUUID } from 'node:crypto'
import { succeed } from '../http'
import { newDataset, newDatasetJob, readers } from './project-rows'
import {
  byKeyAlone,
  everyone,
  ownerAndAdministrators,
  projectWriters,
  type Row,
  writersOfAnother,
} from './row'
import { lakeDefinition, type Principal, type Scene } from './scene'

const HOME = '/dip/publicapi/projects/{projectKey}'
const DATASET = `${HOME}/datasets/{name}`

const inProject = ({ projectKey }: Scene) => ({ params: { projectKey } })
const aDataset = async (scene: Scene) => ({ params: await newDataset(scene) })

const aJob = async (scene: Scene) => ({ params: await newDatasetJob(scene) })

/** A dataset that was read under a name, by whoever asks where they may. */
async function aSession(scene: Scene, principal: Principal) {
  const params = await newDataset(scene)
  const readSessionId = randomUUID()
  const reader = principal === 'globalKey' ? principal : 'personalKey'
  await succeed(scene.origin, {
    method: 'GET',
    path: `/dip/publicapi/projects/${params.projectKey}/datasets/${params.name}/data/`,
    query: { readSessionId },
    as: scene.credentials[reader],
  })
  return { params, query: { readSessionId } }
}

/** What nobody may, since the files of an external dataset are written by others. */
const NOT_OURS: Pick<Row, 'cells' | 'untold' | 'allowedIn'> = {
  cells: projectWriters(403),
  untold: ['personalKey', 'globalKey', 'adminKey', 'projectKey', 'projectAdminKey'],
  allowedIn: 'none: it is refused to all',
}

/** Those whose rights reach the project's jobs: who started one, and administrators of the space. */
const ofJob = (ok: number): Pick<Row, 'cells'> => ({ cells: { ...writersOfAnother(ok), globalKey: 404 } })

/** Datasets, their data, jobs and futures, as DSS clients speak of them. */
const ROWS: Record<string, Row> = {
  [`GET ${HOME}/datasets`]: { cells: projectWriters(200), ask: inProject },
  [`POST ${HOME}/datasets`]: {
    cells: readers(200),
    ask: ({ projectKey, make }) => ({
      params: { projectKey },
      body: { ...lakeDefinition(), name: `logs-${make.next()}`, projectKey },
    }),
  },
  [`POST ${HOME}/actions/renameDataset`]: {
    cells: projectWriters(200),
    ask: async (scene) => {
      const { projectKey, name } = await newDataset(scene)
      return { params: { projectKey }, body: { oldName: name, newName: `renamed-${scene.make.next()}` } }
    },
  },
  [`GET ${DATASET}`]: { cells: projectWriters(200), ask: aDataset },
  [`PUT ${DATASET}`]: {
    cells: readers(200),
    ask: async (scene) => ({ params: await newDataset(scene), body: lakeDefinition() }),
  },
  [`DELETE ${DATASET}`]: { cells: projectWriters(200), ask: aDataset },
  [`GET ${DATASET}/schema`]: { cells: projectWriters(200), ask: aDataset },
  [`PUT ${DATASET}/schema`]: {
    cells: readers(200),
    ask: async (scene) => ({ params: await newDataset(scene), body: { columns: [], userModified: true } }),
  },
  [`GET ${DATASET}/metadata`]: { cells: projectWriters(200), ask: aDataset },
  [`PUT ${DATASET}/metadata`]: {
    cells: readers(200),
    ask: async (scene) => ({ params: await newDataset(scene), body: { tags: ['raw'] } }),
  },
  [`GET ${DATASET}/info`]: { cells: projectWriters(200), ask: aDataset },
  [`GET ${DATASET}/usages`]: { cells: projectWriters(200), ask: aDataset },
  [`GET ${DATASET}/partitions`]: { cells: readers(200), ask: aDataset },
  [`GET ${DATASET}/data`]: { cells: readers(200), ask: aDataset },
  [`DELETE ${DATASET}/data`]: { ...NOT_OURS, ask: aDataset },
  [`GET ${DATASET}/finish-streaming`]: {
    // Who reads is the only one to know of it; administrators of the scene may not read.
    cells: { ...writersOfAnother(200), adminKey: 404 },
    untold: ['adminKey', 'projectKey', 'projectAdminKey'],
    ask: aSession,
  },
  [`POST ${DATASET}/actions/testAndDetectSettings/fsLike`]: {
    cells: readers(200),
    ask: async (scene) => ({ params: await newDataset(scene), body: { inferStorageTypes: true } }),
  },
  [`POST ${DATASET}/actions/computeMetrics`]: { cells: readers(200), ask: aDataset },
  [`POST ${DATASET}/actions/computeMetricsFromIds`]: {
    cells: readers(200),
    ask: async (scene) => ({ params: await newDataset(scene), body: { metricIds: ['basic:COUNT_FILES'] } }),
  },
  [`GET ${DATASET}/metrics/last/{partition}`]: {
    cells: readers(200),
    ask: async (scene) => ({ params: { ...(await newDataset(scene)), partition: 'NP' } }),
  },

  [`GET ${HOME}/jobs`]: { cells: projectWriters(200), ask: inProject },
  [`POST ${HOME}/jobs`]: {
    ...NOT_OURS,
    ask: async (scene) => {
      const { projectKey, name } = await newDataset(scene)
      const body = {
        type: 'NON_RECURSIVE_FORCED_BUILD',
        outputs: [{ type: 'DATASET', id: name, projectKey }],
      }
      return { params: { projectKey }, body }
    },
  },
  [`GET ${HOME}/jobs/{jobId}`]: { ...ofJob(200), ask: aJob },
  [`POST ${HOME}/jobs/{jobId}/abort`]: { ...ofJob(200), ask: aJob },
  [`GET ${HOME}/jobs/{jobId}/log`]: { ...ofJob(200), ask: aJob },

  'GET /dip/publicapi/futures': { cells: everyone(200), ask: () => ({ query: { allUsers: 'False' } }) },
  'GET /dip/publicapi/futures/{jobId}': {
    cells: ownerAndAdministrators(200),
    ask: async (scene) => {
      const { jobId } = (await aJob(scene)).params
      return { params: { jobId } }
    },
  },
  'DELETE /dip/publicapi/futures/{jobId}': {
    cells: ownerAndAdministrators(200),
    ask: async (scene) => {
      const { jobId } = (await aJob(scene)).params
      return { params: { jobId } }
    },
  },
}

export const PUBLIC_API_DATASET_ROWS: Record<string, Row> = Object.fromEntries(
  Object.entries(ROWS).map(([name, row]) => [name, { ...row, cells: byKeyAlone(row.cells) }]),
)
