import 'server-only'
import { isCurrent } from '#lib/domain/access/interval'
import type { AccessPicture, KeyFacts, PersonFacts } from '#lib/domain/connections/effects'
import {
  type AccessEntry,
  type AccessPath,
  type ConnectionAccess,
  type DatasetAccess,
  lastEnd,
} from '#lib/domain/connections/who-can-access'
import { readAs } from '../../access/act'
import type { Context } from '../../access/caller'
import { connectionKind } from '../../connections/connection-kind'
import type { ConnectionRow, GrantRow } from '../../connections/load-connection'
import type { Tx } from '../../platform/db/client'
import { loadAccessPicture } from './connection-access-picture'

const SHOWN = 500
const NAMED = 20

/**
 * Who can access a connection today: every person and key with the line of the list it comes through, and the datasets
 * that hand its data on. `query` keeps those whose name, login or group holds it.
 */
export function whoCanAccess(ctx: Context, name: string, query = ''): Promise<ConnectionAccess> {
  return readAs(ctx, connectionKind, 'read-access', { name }, async ({ tx, row, at }) => {
    const picture = await loadAccessPicture(tx, row.spaceId, row.id, at)
    const logins = await loginsOf(tx, row.spaceId)
    const use = row.grants.filter((grant) => grant.kind === 'use' && isCurrent(grant, at))
    const people = peopleWith(picture.people, use, logins)
    const keys = keysWith(picture.keys, use, new Map(people.map((entry) => [entry.id, entry])))
    const all = [...people, ...keys]
    const matching = all.filter((entry) => holds(entry, query.trim().toLowerCase()))
    return {
      at: at.toISOString(),
      total: matching.length,
      people: people.length,
      keys: keys.length,
      entries: matching.slice(0, SHOWN),
      datasets: datasetsOf(picture, row, new Set(people.map((entry) => entry.id))),
      readRequired: row.readRequired,
    }
  })
}

async function loginsOf(tx: Tx, spaceId: string): Promise<Map<string, string>> {
  const users = await tx.user.findMany({ where: { spaceId }, select: { id: true, login: true } })
  return new Map(users.map((user) => [user.id, user.login]))
}

function peopleWith(
  people: readonly PersonFacts[],
  use: readonly GrantRow[],
  logins: ReadonlyMap<string, string>,
): AccessEntry[] {
  return people.flatMap((person) => {
    const paths = pathsOf(use, person)
    if (paths.length === 0) return []
    const { id, name } = person
    return [{ kind: 'person', id, name, second: logins.get(id) ?? '', paths, until: lastEnd(paths) }]
  })
}

function keysWith(
  keys: readonly KeyFacts[],
  use: readonly GrantRow[],
  owners: ReadonlyMap<string, AccessEntry>,
): AccessEntry[] {
  return keys.flatMap((key): AccessEntry[] => {
    const owner = key.ownerId === null ? undefined : owners.get(key.ownerId)
    if (key.ownerId !== null && !owner) return []
    const paths = owner?.paths ?? pathsOf(use, { id: null, groupIds: key.groupIds })
    if (paths.length === 0) return []
    return [{ ...kindOf(key, owner), id: key.id, name: key.label, paths, until: lastEnd(paths) }]
  })
}

function kindOf(key: KeyFacts, owner: AccessEntry | undefined): Pick<AccessEntry, 'kind' | 'second'> {
  if (owner) return { kind: 'personal-key', second: `personal key of ${owner.name}` }
  if (key.projectKey) return { kind: 'project-key', second: `key of project ${key.projectKey}` }
  return { kind: 'global-key', second: 'global key' }
}

function pathsOf(
  use: readonly GrantRow[],
  holder: { id: string | null; groupIds: ReadonlySet<string> },
): AccessPath[] {
  return use
    .filter(
      ({ principal, groupId, userId }) =>
        principal === 'everyone' ||
        (groupId !== null && holder.groupIds.has(groupId)) ||
        (userId !== null && userId === holder.id),
    )
    .map(({ principal, groupName, from, until, actor }) => ({
      through: THROUGH[principal] ?? groupName ?? '',
      principal,
      since: from.toISOString(),
      until: until?.toISOString() ?? null,
      by: actor,
    }))
}

const THROUGH: Partial<Record<GrantRow['principal'], string>> = {
  everyone: 'Everyone in this space',
  user: 'Granted to this person',
}

function datasetsOf(
  { people, projects }: AccessPicture,
  row: ConnectionRow,
  users: ReadonlySet<string>,
): DatasetAccess[] {
  return projects.flatMap(({ key, datasets, readers }) => {
    const members = people.filter((person) => readers.has(person.id))
    const reading = row.readRequired ? members.filter((person) => users.has(person.id)) : members
    return datasets.map((dataset) => ({
      projectKey: key,
      dataset,
      readers: reading.length,
      locked: members.length - reading.length,
      names: reading.slice(0, NAMED).map((person) => person.name),
      withoutUse: reading.filter((person) => !users.has(person.id)).length,
    }))
  })
}

const holds = (entry: AccessEntry, query: string): boolean =>
  query === '' ||
  [entry.name, entry.second, ...entry.paths.map((path) => path.through)].some((text) =>
    text.toLowerCase().includes(query),
  )
