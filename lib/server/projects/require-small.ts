import 'server-only'
import { Failure } from '#lib/domain/errors'
import type { KeptPermissions } from '#lib/domain/projects/dss-permissions'

const METADATA_MAX_CHARS = 200_000
/** Of what only clients know of permissions. */
const PERMISSIONS_MAX_CHARS = 64 * 1024

/** @throws Failure `validation_failed` for metadata of a project that take too many characters as JSON */
export function requireSmallMetadata(metadata: object): void {
  if (JSON.stringify(metadata).length <= METADATA_MAX_CHARS) return
  throw new Failure('validation_failed', `Metadata has at most ${METADATA_MAX_CHARS} characters as JSON.`, {
    reason: 'metadata-too-large',
  })
}

/** The same for what a project keeps of its permissions. @throws Failure `validation_failed` */
export function requireSmallPermissions(kept: KeptPermissions): void {
  if (JSON.stringify(kept).length <= PERMISSIONS_MAX_CHARS) return
  throw new Failure(
    'validation_failed',
    `What Launchpad does not know of these permissions takes more than ${PERMISSIONS_MAX_CHARS} characters as JSON.`,
    {
      reason: 'permissions-too-large',
      where: 'permissions',
      remedy: 'Leave out flags and keys that no client of yours reads.',
    },
  )
}
