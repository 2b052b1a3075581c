import 'server-only'
import { datasetDefinition } from '#lib/domain/datasets/definition'
import { decideDelete, decideEdit, decideRead, decideSee } from '#lib/domain/datasets/policy'
import { nameKeyOf } from '#lib/domain/datasets/problems'
import type { ResourceKind } from '../access/resource-kind'
import { type ConnectionRow, loadConnections } from '../connections/load-connection'
import { connectionPlace } from '../connections/store-target'
import type { Tx } from '../platform/db/client'
import type { Dataset } from '../platform/db/generated/client'
import { type ProjectRow, projectKind } from '../projects/project-kind'

export interface DatasetRef {
  projectKey: string
  name: string
}

/** A dataset with all that decides about it: its project's members, its connection's lists and switch. */
export type DatasetRow = Dataset & { project: ProjectRow; connection: ConnectionRow }

const load = (tx: Tx, spaceId: string, { projectKey, name }: DatasetRef): Promise<DatasetRow | null> =>
  find(tx, spaceId, projectKey, { nameKey: nameKeyOf(name) })

async function find(
  tx: Tx,
  spaceId: string,
  projectKey: string,
  which: Pick<Dataset, 'id'> | Pick<Dataset, 'nameKey'>,
): Promise<DatasetRow | null> {
  const project = await projectKind.load(tx, spaceId, { projectKey })
  if (!project) return null
  const dataset = await tx.dataset.findFirst({ where: { spaceId, projectId: project.id, ...which } })
  if (!dataset) return null
  const [connection] = await loadConnections(tx, spaceId, [dataset.connectionId])
  return connection ? { ...dataset, project, connection } : null
}

/** The definition as stored, with the name its connection has now. */
export function definitionOf(row: Pick<DatasetRow, 'settings'> & { connection: { name: string } }) {
  const definition = datasetDefinition.parse(row.settings)
  return { ...definition, params: { ...definition.params, connection: row.connection.name } }
}

export type DatasetAction =
  | 'see'
  | 'read'
  | 'sample'
  | 'export'
  | 'list-partitions'
  | 'list-files'
  | 'see-metrics'
  | 'compute-metrics'
  | 'edit'
  | 'rename'
  | 'delete'

export const datasetKind: ResourceKind<DatasetRef, DatasetRow, DatasetAction> = {
  name: 'dataset',
  load,
  loadSame: (tx, { spaceId, id, project }) => find(tx, spaceId, project.key, { id }),
  lock: (row) => ({ table: 'dataset', id: row.id }),
  // The right to read it is that of its connection, to what that opens.
  standsFor: (row) => connectionPlace(row.connection),
  describe: (row) => ({
    objectId: `${row.project.key}.${row.name}`,
    name: row.name,
    projectKey: row.project.key,
  }),
  actions: {
    see: {
      allows: decideSee,
      event: {
        msgType: 'dataset-read',
        when: 'denied-only',
        because: 'settings of a dataset of a project of one’s own',
      },
    },
    read: { allows: decideRead, event: { msgType: 'dataset-read-data', when: 'read' } },
    sample: { allows: decideRead, event: { msgType: 'dataset-read-data-sample', when: 'read' } },
    export: { allows: decideRead, event: { msgType: 'dataset-export', when: 'read' } },
    'list-files': { allows: decideRead, event: { msgType: 'dataset-list-files', when: 'read' } },
    'list-partitions': { allows: decideRead, event: { msgType: 'dataset-list-partitions', when: 'read' } },
    'see-metrics': { allows: decideRead, event: { msgType: 'dataset-read-metrics', when: 'read' } },
    'compute-metrics': { allows: decideRead, event: { msgType: 'dataset-compute-metrics', when: 'read' } },
    edit: { allows: decideEdit, event: { msgType: 'dataset-save', when: 'changed' } },
    rename: { allows: decideDelete, event: { msgType: 'dataset-rename', when: 'changed' } },
    delete: { allows: decideDelete, event: { msgType: 'dataset-delete', when: 'changed' } },
  },
}
