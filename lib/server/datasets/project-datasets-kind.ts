import 'server-only'
import { allowIf, type Decision, type Subject } from '#lib/domain/access/subject'
import { type ProjectFacts, requireLevel } from '#lib/domain/projects/policy'
import type { ResourceKind } from '../access/resource-kind'
import { type ProjectRow, projectKind } from '../projects/project-kind'

/** A draft belongs to a person, and to nobody's global key. */
function decideDraft(subject: Subject, project: ProjectFacts): Decision {
  const byProject = requireLevel(subject, project, 'write')
  return byProject.allowed
    ? allowIf(subject.userId !== null, 'to be a person, since drafts belong to one')
    : byProject
}

/** A project as the home of datasets and drafts. */
export const projectDatasetsKind: ResourceKind<
  { projectKey: string },
  ProjectRow,
  'list' | 'draft' | 'create'
> = {
  name: 'project',
  load: projectKind.load,
  lock: (row) => ({ table: 'project', id: row.id }),
  describe: projectKind.describe,
  actions: {
    list: {
      allows: (subject, row) => requireLevel(subject, row, 'read'),
      event: { msgType: 'project-read', when: 'denied-only', because: 'metadata of a project of one’s own' },
    },
    draft: {
      allows: decideDraft,
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
