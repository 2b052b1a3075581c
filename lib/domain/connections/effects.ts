import * as z from 'zod'

/** How many of a list are named; the count is always whole. */
const NAMED = 50

export const counted = z.object({ count: z.number().int(), names: z.array(z.string()) })
export type Counted = z.infer<typeof counted>

const projectEffect = z.object({
  projectKey: z.string(),
  members: z.number().int(),
  people: counted,
  datasets: counted,
})
export type ProjectEffect = z.infer<typeof projectEffect>

/** What saving a draft does, counted before it is saved. */
export const permissionEffects = z.object({
  gainUse: counted,
  loseUse: counted,
  gainDetails: counted,
  loseDetails: counted,
  gainReading: z.array(projectEffect),
  loseReading: z.array(projectEffect),
  /** Who sees datasets of a project afterwards but cannot open them. */
  stillLocked: z.array(projectEffect),
  keysStop: counted,
  keysGain: counted,
  datasets: z.number().int(),
  projects: z.number().int(),
})
export type PermissionEffects = z.infer<typeof permissionEffects>

export interface PersonFacts {
  id: string
  name: string
  groupIds: ReadonlySet<string>
}

export interface KeyFacts {
  id: string
  label: string
  /** A personal key has the rights of its owner. */
  ownerId: string | null
  /** A project key opens one project; none for others. */
  projectKey: string | null
  groupIds: ReadonlySet<string>
}

export interface ProjectAccess {
  key: string
  datasets: readonly string[]
  /** Ids of people who may read the project, administrators of the space among them. */
  readers: ReadonlySet<string>
  /** Ids of those who are members of it. */
  members: ReadonlySet<string>
}

/** Everyone and everything that a connection's lists can concern. */
export interface AccessPicture {
  people: readonly PersonFacts[]
  keys: readonly KeyFacts[]
  projects: readonly ProjectAccess[]
}

/** What of a state of permissions decides who has which right. */
export interface Lists {
  usableBy: 'everyone' | 'selected'
  grants: readonly { principal: 'group' | 'user'; id: string }[]
  detailsBy: 'nobody' | 'selected' | 'everyone'
  detailsGroups: readonly string[]
  readRequired: boolean
}

const readsDetailsUnder = (lists: Lists, holder: PersonFacts): boolean =>
  lists.detailsBy === 'everyone' ||
  (lists.detailsBy === 'selected' && lists.detailsGroups.some((id) => holder.groupIds.has(id)))

/** Counts what a draft changes for people, for readers of each project, and for keys. */
export function countEffects(picture: AccessPicture, before: Lists, after: Lists): PermissionEffects {
  const { people } = picture
  const [usedBefore, usedAfter] = [usersUnder(picture, before), usersUnder(picture, after)]
  const details = (lists: Lists) => idsOf(people.filter((person) => readsDetailsUnder(lists, person)))
  const [detailsBefore, detailsAfter] = [details(before), details(after)]
  const [keysBefore, keysAfter] = [
    keysUnder(picture, usedBefore, before),
    keysUnder(picture, usedAfter, after),
  ]
  const concerned = picture.projects.filter((project) => project.datasets.length > 0)
  const opened = (lists: Lists, used: ReadonlySet<string>) => (id: string) =>
    !lists.readRequired || used.has(id)
  const [opensBefore, opensAfter] = [opened(before, usedBefore), opened(after, usedAfter)]
  return {
    gainUse: pick(people, (id) => usedAfter.has(id) && !usedBefore.has(id)),
    loseUse: pick(people, (id) => usedBefore.has(id) && !usedAfter.has(id)),
    gainDetails: pick(people, (id) => detailsAfter.has(id) && !detailsBefore.has(id)),
    loseDetails: pick(people, (id) => detailsBefore.has(id) && !detailsAfter.has(id)),
    gainReading: byProject(people, concerned, 'readers', (id) => opensAfter(id) && !opensBefore(id)),
    loseReading: byProject(people, concerned, 'readers', (id) => opensBefore(id) && !opensAfter(id)),
    stillLocked: byProject(people, concerned, 'members', (id) => !opensAfter(id)),
    keysStop: count(labels(picture.keys, (id) => keysBefore.has(id) && !keysAfter.has(id))),
    keysGain: count(labels(picture.keys, (id) => keysAfter.has(id) && !keysBefore.has(id))),
    datasets: concerned.reduce((sum, project) => sum + project.datasets.length, 0),
    projects: concerned.length,
  }
}

const usersUnder = (picture: AccessPicture, lists: Lists): Set<string> =>
  idsOf(indexed(lists, picture.people))

/** Whom a state lets use the connection: one look-up per group of a person instead of one per line of the list. */
function indexed<T extends { id: string; groupIds: ReadonlySet<string> }>(
  lists: Lists,
  all: readonly T[],
): T[] {
  if (lists.usableBy === 'everyone') return [...all]
  const groups = new Set(lists.grants.filter((grant) => grant.principal === 'group').map((grant) => grant.id))
  const users = new Set(lists.grants.filter((grant) => grant.principal === 'user').map((grant) => grant.id))
  return all.filter((one) => users.has(one.id) || [...one.groupIds].some((id) => groups.has(id)))
}

function keysUnder(picture: AccessPicture, used: ReadonlySet<string>, lists: Lists): Set<string> {
  const personal = picture.keys.filter((key) => key.ownerId !== null && used.has(key.ownerId))
  const global = indexed(
    lists,
    picture.keys.filter((key) => key.ownerId === null),
  )
  return idsOf([...personal, ...global])
}

function byProject(
  people: readonly PersonFacts[],
  projects: readonly ProjectAccess[],
  among: 'readers' | 'members',
  concerned: (id: string) => boolean,
): ProjectEffect[] {
  return projects
    .map((project) => ({
      projectKey: project.key,
      members: project.members.size,
      people: pick(people, (id) => project[among].has(id) && concerned(id)),
      datasets: count([...project.datasets]),
    }))
    .filter((effect) => effect.people.count > 0)
}

const pick = (people: readonly PersonFacts[], wanted: (id: string) => boolean): Counted =>
  count(people.filter((person) => wanted(person.id)).map((person) => person.name))

const labels = (keys: readonly KeyFacts[], wanted: (id: string) => boolean): string[] =>
  keys.filter((key) => wanted(key.id)).map((key) => key.label)

const count = (names: readonly string[]): Counted => ({ count: names.length, names: names.slice(0, NAMED) })

const idsOf = (all: readonly { id: string }[]): Set<string> => new Set(all.map((one) => one.id))
