import 'server-only'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import { formatCount, formatQuantity } from '#lib/domain/format'
import type { Exclusion } from '#lib/domain/partitioning/ledger'
import { compileMatcher } from '#lib/domain/partitioning/pattern/matcher'
import { parsePartitioning } from '#lib/domain/partitioning/pattern/path-pattern'
import type { ConnectionRow } from '../../connections/load-connection'
import { now } from '../../platform/clock'
import type { ObjectStore } from '../../platform/object-store/types'
import { explainEmpty } from './explain-empty'
import { isOpen } from './list-folder'
import { rootOf, type ScannedObject, selectorOf, toScanned } from './scan-files'

/** A page of a listing: enough to tell why, and quick at any size. */
const LOOKED_AT = 1_000

/**
 * Why a dataset's place has no file to read, in a sentence: there is nothing, it is a file itself, or what is there is
 * empty, archived or left out. Where the first objects can be read after all, none was found where it was looked for.
 * @throws Failure `not_found` (ERR_FSPROVIDER_ROOT_PATH_DOES_NOT_EXIST) when there is nothing
 */
export async function explainNoFile(
  store: ObjectStore,
  connection: ConnectionRow,
  definition: DatasetDefinition,
): Promise<string> {
  const root = rootOf(definition)
  const page = await store.listPage({ prefixPath: root, maxKeys: LOOKED_AT })
  const objects = toScanned(page.objects, root, selectorOf(definition))
  if (objects.length === 0) {
    return (await isFile(store, root)) ? explainFile(root) : explainEmpty(store, connection, root, now())
  }
  const met = page.nextToken === undefined ? '' : 'first '
  const what = `the ${met}${formatQuantity(objects.length, 'object')} at ${root}`
  const reasons = countReasons(objects, definition)
  const readable = objects.length - [...reasons.values()].reduce((sum, count) => sum + count, 0)
  if (readable > 0) {
    return `No file to read was found in the folders of ${root} that were looked at, but ${formatCount(readable)} of ${what} can be read. Choose one of them to preview.`
  }
  const said = [...reasons].map(([reason, count]) => SENTENCES[reason](count)).join(', ')
  return `None of ${what} can be read: ${said}.`
}

async function isFile(store: ObjectStore, root: string): Promise<boolean> {
  const key = root.slice(0, -1)
  if (key === '') return false
  const { objects } = await store.listPage({ prefixPath: key, maxKeys: 1 })
  return objects[0]?.path === key
}

function explainFile(root: string): string {
  const path = root.slice(0, -1)
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  return `${path} is a file, and a path is the folder that holds files. Use ${folder}, and select this file explicitly on Files.`
}

type Reason = Exclusion | 'empty' | 'closed' | 'unmatched'

const SENTENCES: Record<Reason, (count: number) => string> = {
  rule: (count) => `the selection rules leave out ${formatCount(count)}`,
  archived: (count) => formatQuantity(count, 'is archived', 'are archived'),
  folderMarker: (count) => formatQuantity(count, 'is a folder marker', 'are folder markers'),
  empty: (count) => formatQuantity(count, 'is empty', 'are empty'),
  closed: (count) =>
    formatQuantity(count, 'has a name that no path may hold', 'have names that no path may hold'),
  unmatched: (count) => formatQuantity(count, 'does not match the pattern', 'do not match the pattern'),
}

function countReasons(objects: readonly ScannedObject[], definition: DatasetDefinition): Map<Reason, number> {
  const partitioning = parsePartitioning(definition.partitioning)
  const matcher = partitioning.ok && partitioning.value ? compileMatcher(partitioning.value) : null
  const counts = new Map<Reason, number>()
  const reasonOf = ({ path, sizeBytes, exclusion }: ScannedObject): Reason | null => {
    if (exclusion) return exclusion
    if (sizeBytes === 0) return 'empty'
    if (!isOpen(path)) return 'closed'
    return matcher?.match(path).ok === false ? 'unmatched' : null
  }
  for (const object of objects) {
    const reason = reasonOf(object)
    if (reason) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  }
  return counts
}
