import 'server-only'
import { SPACE_ADMINISTRATORS, type Subject } from '#lib/domain/access/subject'
import type { AccessPicture, KeyFacts, PersonFacts, ProjectAccess } from '#lib/domain/connections/effects'
import { levelOf, type ProjectFacts } from '#lib/domain/projects/policy'
import { currentAt } from '../../access/current'
import type { Tx } from '../../platform/db/client'

/** Everyone in the space, their keys, and the projects with datasets on a connection: what effects are counted on. */
export async function loadAccessPicture(
  tx: Tx,
  spaceId: string,
  connectionId: string,
  at: Date,
): Promise<AccessPicture> {
  const administrators = await tx.group.findFirst({
    where: { spaceId, name: SPACE_ADMINISTRATORS },
    select: { id: true },
  })
  const administratorsId = administrators?.id ?? null
  const people = await loadPeople(tx, spaceId, at)
  const keys = await loadKeys(tx, spaceId, at, administratorsId)
  const live = new Set(people.map((person) => person.id))
  return {
    people,
    keys: keys.filter((key) => key.ownerId === null || live.has(key.ownerId)),
    projects: await loadProjects(tx, spaceId, connectionId, at, { people, administratorsId }),
  }
}

/** In one statement with their groups: a row object per membership costs more than all the counting. */
async function loadPeople(tx: Tx, spaceId: string, at: Date): Promise<PersonFacts[]> {
  const rows = await tx.$queryRaw<{ id: string; name: string; groups: string[] }[]>`
    SELECT u."id", u."name",
      coalesce(array_agg(m."groupId") FILTER (WHERE m."groupId" IS NOT NULL), '{}') AS "groups"
    FROM "user" u
    LEFT JOIN "membership" m ON m."spaceId" = u."spaceId" AND m."userId" = u."id"
      AND m."from" <= ${at} AND (m."until" IS NULL OR m."until" > ${at})
    WHERE u."spaceId" = ${spaceId} AND u."disabledAt" IS NULL
    GROUP BY u."id" ORDER BY u."name", u."id"`
  return rows.map(({ id, name, groups }) => ({ id, name, groupIds: new Set(groups) }))
}

async function loadKeys(
  tx: Tx,
  spaceId: string,
  at: Date,
  administratorsId: string | null,
): Promise<KeyFacts[]> {
  const keys = await tx.apiKey.findMany({
    where: { spaceId, ...currentAt(at) },
    select: {
      id: true,
      label: true,
      ownerId: true,
      admin: true,
      project: { select: { key: true } },
      memberships: { where: currentAt(at), select: { groupId: true } },
    },
    orderBy: { label: 'asc' },
  })
  return keys.map(({ id, label, ownerId, admin, project, memberships }) => {
    const groupIds = new Set(memberships.map((membership) => membership.groupId))
    // A key with the rights of administrators stands for their group on every list.
    if (admin && administratorsId !== null) groupIds.add(administratorsId)
    return { id, label, ownerId, projectKey: project?.key ?? null, groupIds }
  })
}

interface Everyone {
  people: readonly PersonFacts[]
  administratorsId: string | null
}

async function loadProjects(
  tx: Tx,
  spaceId: string,
  connectionId: string,
  at: Date,
  { people, administratorsId }: Everyone,
): Promise<ProjectAccess[]> {
  const projects = await tx.project.findMany({
    where: { spaceId, datasets: { some: { connectionId } } },
    select: {
      id: true,
      key: true,
      ownerId: true,
      members: { where: currentAt(at), select: { level: true, groupId: true, userId: true } },
      datasets: { where: { connectionId }, select: { name: true }, orderBy: { nameKey: 'asc' } },
    },
    orderBy: { key: 'asc' },
  })
  return projects.map(({ id, key, ownerId, members, datasets }) => {
    const concerning = byHolder(members)
    const [readers, own] = [new Set<string>(), new Set<string>()]
    for (const person of people) {
      const project = { id, key, ownerId, members: concerning(person) }
      const subject = asSubject(spaceId, person, administratorsId)
      if (levelOf(subject, project) !== null) readers.add(person.id)
      // Without their office, administrators are members like everyone else: or not.
      if (levelOf({ ...subject, isAdministrator: false }, project) !== null) own.add(person.id)
    }
    return { key, datasets: datasets.map((dataset) => dataset.name), readers, members: own }
  })
}

type Member = ProjectFacts['members'][number]

/** Gives a person's own lines among the members, without looking through all of them for each person. */
function byHolder(members: readonly Member[]): (person: PersonFacts) => Member[] {
  const lines = new Map<string, Member[]>()
  for (const member of members) {
    const id = member.userId ?? member.groupId ?? ''
    lines.set(id, [...(lines.get(id) ?? []), member])
  }
  return ({ id, groupIds }) => [id, ...groupIds].flatMap((holder) => lines.get(holder) ?? [])
}

const NO_GROUPS: ReadonlySet<string> = new Set()

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
