import 'server-only'
import { prefixesOpenBelow } from '#lib/domain/connections/paths'
import { formatClock } from '#lib/domain/format'
import type { ConnectionRow } from '../../connections/load-connection'
import { rootPathMissing } from '../../platform/object-store/translate-error'
import type { ObjectStore } from '../../platform/object-store/types'

/** Objects arrive within a minute of their events. */
const DELIVERY_MS = 60_000

/**
 * Why a folder holds nothing, in a sentence: an empty result is never silent.
 * @throws Failure `not_found` (ERR_FSPROVIDER_ROOT_PATH_DOES_NOT_EXIST) when it is no place where anything was ever expected
 */
export async function explainEmpty(
  store: ObjectStore,
  connection: ConnectionRow,
  path: string,
  at: Date,
): Promise<string> {
  const folder = path.endsWith('/') ? path : `${path}/`
  const [open = folder] = prefixesOpenBelow(store.scope, folder)
  if (connection.managedBy && store.scope.allowedPrefixes.includes(open)) {
    const expected = formatClock(new Date(at.getTime() + DELIVERY_MS))
    return `Nothing delivered yet. First object expected by ${expected}`
  }
  if (open !== folder) return `There is nothing yet of what the connection opens below ${folder}.`
  if (folder === '/') return 'This bucket is empty, or everything in it is outside what the connection opens.'
  if (await hasMarker(store, folder)) return 'The folder is empty: 1 folder marker, no file.'
  throw rootPathMissing(path)
}

/** A folder that somebody made is an object with its name, before the first file and after the last one. */
async function hasMarker(store: ObjectStore, folder: string): Promise<boolean> {
  const { objects } = await store.listPage({ prefixPath: folder, maxKeys: 1 })
  return objects[0]?.path === folder
}
