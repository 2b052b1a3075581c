import 'server-only'
import { countEffects, type PermissionEffects } from '#lib/domain/connections/effects'
import { normalizeState, type PermissionState } from '#lib/domain/connections/permissions'
import { readAs } from '../../access/act'
import type { Context } from '../../access/caller'
import { connectionKind } from '../../connections/connection-kind'
import { stateOf } from '../../connections/permission-rows'
import { loadAccessPicture } from './connection-access-picture'

/** Counts what saving a draft of permissions would change, against what is in force now. */
export function previewPermissions(
  ctx: Context,
  name: string,
  draft: PermissionState,
): Promise<PermissionEffects> {
  return readAs(ctx, connectionKind, 'preview-permissions', { name }, async ({ tx, row, at }) => {
    const picture = await loadAccessPicture(tx, row.spaceId, row.id, at)
    return countEffects(picture, normalizeState(stateOf(row), at), normalizeState(draft, at))
  })
}
