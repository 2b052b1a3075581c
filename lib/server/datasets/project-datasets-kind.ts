import 'server-only'
import { requireLevel } from '#lib/domain/projects/policy'
import type { ResourceKind } from '../access/resource-kind'
import { type ProjectRow, projectKind } from '../projects/project-kind'

/** A project as the home of datasets and drafts. */
export const projectDatasetsKind: ResourceKind<
  { projectKey: string },
  ProjectRow,
  'list' | 'draft' | 'create'
> = {
  name: 'project',
  load: projectKind.load,
  describe: projectKind.describe,
  actions: {
    list: {
      allows: (subject, row) => requireLevel(subject, row, 'read'),
      event: { msgType: 'project-read', when: 'denied-only', because: 'metadata of a project of one’s own' },
    },
    draft: {
      allows: (subject, row) => requireLevel(subject, row, 'write'),
      event: {
        msgType: 'dataset-draft-save',
        when: 'denied-only',
        because: 'settings seen by their author alone',
      },
    },
    create: {
      allows: (subject, row) => requireLevel(subject, row, 'write'),
      event: { msgType: 'dataset-create', when: 'changed' },
    },
  },
}
