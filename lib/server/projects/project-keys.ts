import 'server-only'
import type { ApiKeys, NewApiKey, ProjectKeyInput } from '#lib/domain/identity/wire'
import { changed, readAs, writeAs } from '../access/act'
import type { Context } from '../access/caller'
import { can } from '../access/resource-kind'
import { insertKey, keysInForce } from '../identity/keys'
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

/** Makes a key that opens this project alone, as far as its level says; it is shown once. */
export function createProjectKey(
  ctx: Context,
  projectKey: string,
  input: ProjectKeyInput,
): Promise<NewApiKey> {
  return writeAs(ctx, projectKind, 'create-key', { projectKey }, async (authorized) => {
    const { row } = authorized
    const key = await insertKey(authorized, { ...input, kind: 'project', projectId: row.id })
    const { label, level, expiresAt } = key
    return changed(key, {
      msgType: 'project-api-key-create',
      objectType: 'api-key',
      objectId: key.id,
      projectKey,
      after: { label, level, expiresAt },
    })
  })
}
