import 'server-only'
import { ALLOWED, allowIf, refuse } from '#lib/domain/access/subject'
import { mayCreateProjectKey } from '#lib/domain/identity/policy'
import { mayCreateProjects, mayHandOver, requireLevel } from '#lib/domain/projects/policy'
import { type Authorized, notFound } from '../access/authorize'
import { currentAt } from '../access/current'
import type { ResourceKind } from '../access/resource-kind'
import { now } from '../platform/clock'
import type { Tx } from '../platform/db/client'

/** What every check on a project looks at. */
export const currentMembers = (at: Date) => ({
  members: { where: currentAt(at), include: { group: true, user: true } },
})

async function load(tx: Tx, spaceId: string, ref: { projectKey: string }) {
  return tx.project.findFirst({
    where: { spaceId, key: ref.projectKey, removedAt: null },
    include: currentMembers(now()),
  })
}

export type ProjectRow = NonNullable<Awaited<ReturnType<typeof load>>>

/** Whether a project of this id is in the space still. */
export async function isProjectThere(tx: Tx, spaceId: string, id: string): Promise<boolean> {
  return (await tx.project.count({ where: { spaceId, id, removedAt: null } })) > 0
}

/** A project as this transaction left it. */
export async function reloadProject({ tx, row }: Authorized<ProjectRow>): Promise<ProjectRow> {
  const fresh = await load(tx, row.spaceId, { projectKey: row.key })
  if (fresh?.id === row.id) return fresh
  throw notFound('project')
}

export type ProjectAction =
  | 'read'
  | 'list-principals'
  | 'list-keys'
  | 'create-key'
  | 'create-zone'
  | 'save'
  | 'administer'
  | 'hand-over'
  | 'delete'

export const projectKind: ResourceKind<{ projectKey: string }, ProjectRow, ProjectAction> = {
  name: 'project',
  load,
  lock: (row) => ({ table: 'project', id: row.id }),
  describe: (row) => ({ objectId: row.key, name: row.key, projectKey: row.key }),
  actions: {
    read: {
      allows: (subject, row) => requireLevel(subject, row, 'read'),
      event: {
        msgType: 'project-read',
        when: 'denied-only',
        because: 'metadata of a project of one’s own',
      },
    },
    'list-principals': {
      // Who hands a project over has to find the next owner.
      allows: (subject, row) =>
        mayHandOver(subject, row).allowed ? ALLOWED : requireLevel(subject, row, 'admin'),
      event: { msgType: 'directory-list', when: 'read' },
    },
    'list-keys': {
      allows: (subject, row) => requireLevel(subject, row, 'admin'),
      event: { msgType: 'api-keys-list', when: 'read' },
    },
    'create-key': {
      allows: mayCreateProjectKey,
      event: { msgType: 'project-api-key-create', when: 'changed' },
    },
    'create-zone': {
      allows: (subject, row) => {
        const byProject = requireLevel(subject, row, 'write')
        return byProject.allowed
          ? refuse('to use the default zone: the Flow has no other zones here')
          : byProject
      },
      event: { msgType: 'flow-zone-create', when: 'changed' },
    },
    save: {
      allows: (subject, row) => requireLevel(subject, row, 'write'),
      event: { msgType: 'project-save', when: 'changed' },
    },
    administer: {
      allows: (subject, row) => requireLevel(subject, row, 'admin'),
      event: { msgType: 'project-permissions-save', when: 'changed' },
    },
    'hand-over': {
      allows: mayHandOver,
      event: { msgType: 'project-owner-change', when: 'changed' },
    },
    delete: {
      allows: (subject, row) => requireLevel(subject, row, 'admin'),
      event: { msgType: 'project-delete', when: 'changed' },
    },
  },
}

/** The space as the home of projects: listing one's own and making new ones. */
export const projectsKind: ResourceKind<null, { id: string; name: string }, 'list' | 'create'> = {
  name: 'projects',
  load: (tx, spaceId) => tx.space.findUnique({ where: { id: spaceId } }),
  describe: (row) => ({ objectId: row.id, name: row.name }),
  actions: {
    list: {
      allows: () => ({ allowed: true }),
      event: { msgType: 'projects-list', when: 'denied-only', because: 'metadata of one’s own projects' },
    },
    create: {
      allows: (subject) => allowIf(mayCreateProjects(subject), 'to be in the group designers'),
      event: { msgType: 'project-create', when: 'changed' },
    },
  },
}
