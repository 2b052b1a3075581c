import 'server-only'
import { formatClock } from '#lib/domain/format'
import type { ConnectionRow } from '../../connections/load-connection'
import { readParams } from '../../connections/store-target'
import { rootPathMissing } from '../../platform/object-store/translate-error'

/** Objects arrive within a minute of their events. */
const DELIVERY_MS = 60_000

/**
 * Why a folder holds nothing, in a sentence: an empty result is never silent.
 * @throws Failure `not_found` (ERR_FSPROVIDER_ROOT_PATH_DOES_NOT_EXIST) when it is no place where anything was ever expected
 */
export function explainEmpty(connection: ConnectionRow, path: string, at: Date): string {
  const { allowedPrefixes } = readParams(connection)
  const folder = path.endsWith('/') ? path : `${path}/`
  if (connection.managedBy && allowedPrefixes.includes(folder)) {
    const expected = formatClock(new Date(at.getTime() + DELIVERY_MS))
    return `Nothing delivered yet. First object expected by ${expected}`
  }
  if (folder === '/') return 'This bucket is empty, or everything in it is outside what the connection opens.'
  throw rootPathMissing(path)
}
