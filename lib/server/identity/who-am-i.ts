import 'server-only'
import type { AuthInfo } from '#lib/domain/public-api/wire'
import { readAs } from '../access/act'
import type { Context } from '../access/caller'
import { directoryKind } from './directory-kind'

/** Who the caller's key speaks for, and in which groups. */
export function whoAmI(ctx: Context): Promise<AuthInfo> {
  return readAs(ctx, directoryKind, 'who-am-i', null, async ({ subject }) => ({
    authIdentifier: subject.name,
    groups: [...subject.groupNames].sort(),
    authSource: subject.project
      ? 'PROJECT_API_KEY'
      : subject.userId === null
        ? 'GLOBAL_API_KEY'
        : 'PERSONAL_API_KEY',
  }))
}
