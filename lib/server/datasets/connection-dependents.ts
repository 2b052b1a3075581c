import 'server-only'
import { SPACE_ADMINISTRATORS, type Subject } from '#lib/domain/access/subject'
import type { AccessPicture, KeyFacts, PersonFacts, ProjectAccess } from '#lib/domain/connections/effects'
import type { ConnectionDependents } from '#lib/domain/connections/who-can-access'
import { levelOf } from '#lib/domain/projects/policy'
import { readAs } from '../access/act'
import type { Context } from '../access/caller'
import { currentAt } from '../access/current'
import { connectionKind } from '../connections/connection-kind'
import type { Tx } from '../platform/db/client'

/** Names every dataset on a connection with its project and owner, before anything happens to the connection. */
export function listDependents(ctx: Context, name: string): Promise<ConnectionDependents> {
  return readAs(ctx, connectionKind, 'read-access', { name }, async ({ tx, row }) =>
    dependentsOf(tx, row.spaceId, row.id),
  )
}

const SHOWN = 200

/** The datasets on a connection, the first 200 by name, and how many there are. */
export async function dependentsOf(
  tx: Tx,
  spaceId: string,
  connectionId: string,
): Promise<ConnectionDependents> {
  const found = await tx.dataset.findMany({
    where: { spaceId, connectionId },
    select: { name: true, createdBy: true, project: { select: { key: true } } },
    orderBy: [{ projectId: 'asc' }, { nameKey: 'asc' }],
  })
  const datasets = found.map(({ name, createdBy, project }) => ({
    projectKey: project.key,
    name,
    owner: createdBy,
  }))
  const projects = new Set(datasets.map((dataset) => dataset.projectKey)).size
  return { datasets: datasets.slice(0, SHOWN), projects, total: datasets.length }
}

/** Everyone in the space, their keys, and the projects with datasets on a connection: what effects are counted on. */
export async function loadAccessPicture(
  tx: Tx,
  spaceId: string,
  connectionId: string,
  at: Date,
): Promise<AccessPicture> {
  const memberships = await groupsOf(tx, spaceId, at)
  const people = await loadPeople(tx, spaceId, memberships.ofUsers)
  const keys = await loadKeys(tx, spaceId, at, memberships, new Set(people.map((person) => person.id)))
  const projects = await loadProjects(tx, spaceId, connectionId, at, people, memberships.administratorsId)
  return { people, keys, projects }
}

interface Memberships {
  ofUsers: Map<string, Set<string>>
  ofKeys: Map<string, Set<string>>
  administratorsId: string | null
}

async function groupsOf(tx: Tx, spaceId: string, at: Date): Promise<Memberships> {
  const rows = await tx.membership.findMany({
    where: { spaceId, ...currentAt(at) },
    select: { groupId: true, userId: true, keyId: true },
  })
  const administrators = await tx.group.findFirst({
    where: { spaceId, name: SPACE_ADMINISTRATORS },
    select: { id: true },
  })
  const [ofUsers, ofKeys] = [new Map<string, Set<string>>(), new Map<string, Set<string>>()]
  for (const { groupId, userId, keyId } of rows) {
    if (userId !== null) addTo(ofUsers, userId, groupId)
    if (keyId !== null) addTo(ofKeys, keyId, groupId)
  }
  return { ofUsers, ofKeys, administratorsId: administrators?.id ?? null }
}

function addTo(map: Map<string, Set<string>>, id: string, groupId: string): void {
  const known = map.get(id)
  if (known) known.add(groupId)
  else map.set(id, new Set([groupId]))
}

const NO_GROUPS: ReadonlySet<string> = new Set()

async function loadPeople(tx: Tx, spaceId: string, groups: Map<string, Set<string>>): Promise<PersonFacts[]> {
  const users = await tx.user.findMany({
    where: { spaceId, disabledAt: null },
    select: { id: true, name: true },
    orderBy: { name: 'asc' },
  })
  return users.map(({ id, name }) => ({ id, name, groupIds: groups.get(id) ?? NO_GROUPS }))
}

async function loadKeys(
  tx: Tx,
  spaceId: string,
  at: Date,
  { ofKeys, administratorsId }: Memberships,
  people: ReadonlySet<string>,
): Promise<KeyFacts[]> {
  const keys = await tx.apiKey.findMany({
    where: { spaceId, ...currentAt(at) },
    select: { id: true, label: true, ownerId: true, admin: true },
    orderBy: { label: 'asc' },
  })
  return keys
    .filter((key) => key.ownerId === null || people.has(key.ownerId))
    .map(({ id, label, ownerId, admin }) => {
      const groupIds = new Set(ofKeys.get(id))
      // A key with the rights of administrators stands for their group on every list.
      if (admin && administratorsId !== null) groupIds.add(administratorsId)
      return { id, label, ownerId, groupIds }
    })
}

async function loadProjects(
  tx: Tx,
  spaceId: string,
  connectionId: string,
  at: Date,
  people: readonly PersonFacts[],
  administratorsId: string | null,
): Promise<ProjectAccess[]> {
  const projects = await tx.project.findMany({
    where: { spaceId, datasets: { some: { connectionId } } },
    select: {
      key: true,
      members: { where: currentAt(at), select: { level: true, groupId: true, userId: true } },
      datasets: { where: { connectionId }, select: { name: true }, orderBy: { nameKey: 'asc' } },
    },
    orderBy: { key: 'asc' },
  })
  return projects.map(({ key, members, datasets }) => {
    const through = (subject: Subject) => levelOf(subject, { key, members }) !== null
    const idsOf = (test: (subject: Subject) => boolean) =>
      new Set(
        people
          .filter((person) => test(asSubject(spaceId, person, administratorsId)))
          .map((person) => person.id),
      )
    return {
      key,
      datasets: datasets.map((dataset) => dataset.name),
      readers: idsOf(through),
      // Without their office, administrators are members like everyone else: or not.
      members: idsOf((subject) => through({ ...subject, isAdministrator: false })),
    }
  })
}

/** A person as policies look at one who asks. */
function asSubject(
  spaceId: string,
  { id, name, groupIds }: PersonFacts,
  administratorsId: string | null,
): Subject {
  return {
    kind: 'user',
    spaceId,
    userId: id,
    keyId: null,
    name,
    groupIds,
    groupNames: NO_GROUPS,
    isAdministrator: administratorsId !== null && groupIds.has(administratorsId),
    isAuditor: false,
  }
}
