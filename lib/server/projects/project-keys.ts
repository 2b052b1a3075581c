import 'server-only'
import { Failure } from '#lib/domain/errors'
import { mayLendGroup } from '#lib/domain/identity/policy'
import type { ApiKeys, NewApiKey, ProjectKeyInput } from '#lib/domain/identity/wire'
import { changed, readAs, writeAs } from '../access/act'
import type { Context } from '../access/caller'
import { can } from '../access/resource-kind'
import { insertKey, keysInForce } from '../identity/keys'
import { beginMembership, requireGroups } from '../identity/memberships'
import { projectKind } from './project-kind'

/** The keys of a project that are in force, the newest first; for who administers it. */
export function listProjectKeys(ctx: Context, projectKey: string): Promise<ApiKeys> {
  return readAs(ctx, projectKind, 'list-keys', { projectKey }, async (authorized) => {
    const { row, subject, at } = authorized
    return {
      keys: await keysInForce(authorized, { kind: 'project', projectId: row.id }),
      canCreate: can(projectKind, 'create-key', subject, row, at).allowed,
    }
  })
}

/**
 * Makes a key that opens this project alone, as far as its level says; it is shown once. Connections that are shared with its
 * groups it may use for that.
 * @throws Failure `forbidden` for a group that the caller is not in, unless they are an administrator
 */
export function createProjectKey(
  ctx: Context,
  projectKey: string,
  input: ProjectKeyInput,
): Promise<NewApiKey> {
  return writeAs(ctx, projectKind, 'create-key', { projectKey }, async (authorized) => {
    const { tx, row, subject, at } = authorized
    const { groupIds, ...fields } = input
    const groups = await requireGroups(tx, row.spaceId, groupIds)
    const foreign = groups.find(({ id }) => !mayLendGroup(subject, id))
    if (foreign) throw notInGroup(foreign.name)
    const key = await insertKey(authorized, { ...fields, kind: 'project', projectId: row.id })
    const act = { spaceId: row.spaceId, actor: subject.name, at }
    for (const { id } of groups) await beginMembership(tx, act, id, { keyId: key.id })
    const { label, level, expiresAt } = key
    return changed(
      { ...key, groups },
      {
        msgType: 'project-api-key-create',
        objectType: 'api-key',
        objectId: key.id,
        projectKey,
        after: { label, level, groups: groups.map(({ name }) => name), expiresAt },
      },
    )
  })
}

function notInGroup(name: string): Failure {
  const message = `You need to be in ${name} to let a key use what is shared with it.`
  return new Failure('forbidden', message, {
    reason: 'group-not-yours',
    where: name,
    issues: [{ reason: 'group-not-yours', message, path: ['groupIds'] }],
  })
}
