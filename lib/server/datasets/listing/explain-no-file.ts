import 'server-only'
import { prefixesOpenBelow } from '#lib/domain/connections/paths'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import { formatCount, formatQuantity } from '#lib/domain/format'
import type { Exclusion } from '#lib/domain/partitioning/ledger'
import { compileMatcher } from '#lib/domain/partitioning/pattern/matcher'
import { describeMismatchOf, type Mismatch } from '#lib/domain/partitioning/pattern/mismatch'
import { parsePartitioning } from '#lib/domain/partitioning/pattern/path-pattern'
import type { ConnectionRow } from '../../connections/load-connection'
import { now } from '../../platform/clock'
import type { ObjectStore, StoredObject } from '../../platform/object-store/types'
import { explainEmpty } from './explain-empty'
import { isOpen } from './list-folder'
import { rootOf, type ScannedObject, selectorOf, toScanned } from './scan-files'

/** A page of a listing: enough to tell why, and quick at any size. */
const LOOKED_AT = 1_000

export interface NoFile {
  /** Why, in a sentence. */
  because: string
  /** There are files, and the pattern is what leaves them out. */
  isUnmatched: boolean
}

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
  return (await findNoFile(store, connection, definition)).because
}

/** The same, and whether the pattern is the cause. */
export async function findNoFile(
  store: ObjectStore,
  connection: ConnectionRow,
  definition: DatasetDefinition,
): Promise<NoFile> {
  const root = rootOf(definition)
  const { first, isAll } = await lookAt(store, prefixesOpenBelow(store.scope, root))
  const objects = toScanned(first, root, selectorOf(definition))
  if (objects.length === 0) {
    const isPathOfFile = await isFile(store, root)
    const because = isPathOfFile ? explainFile(root) : await explainEmpty(store, connection, root, now())
    return { because, isUnmatched: false }
  }
  const met = isAll ? '' : 'first '
  const what = `the ${met}${formatQuantity(objects.length, 'object')} at ${root}`
  const { counts, unmatched } = countReasons(objects, definition)
  const readable = objects.length - [...counts.values()].reduce((sum, count) => sum + count, 0)
  if (readable > 0) {
    const because = `No file to read was found in the folders of ${root} that were looked at, but ${formatCount(readable)} of ${what} can be read. Choose one of them to preview.`
    return { because, isUnmatched: false }
  }
  const said = [...counts].map(([reason, count]) => SENTENCES[reason](count)).join(', ')
  const example = unmatched ? ` For one, ${unmatched.path} ${describeMismatchOf(1, unmatched.why)}.` : ''
  return { because: `None of ${what} can be read: ${said}.${example}`, isUnmatched: unmatched !== null }
}

/** The first objects at some prefixes, a page of them. */
async function lookAt(
  store: ObjectStore,
  prefixes: readonly string[],
): Promise<{ first: StoredObject[]; isAll: boolean }> {
  const first: StoredObject[] = []
  for (const prefixPath of prefixes) {
    if (first.length >= LOOKED_AT) return { first, isAll: false }
    const { objects, nextToken } = await store.listPage({ prefixPath, maxKeys: LOOKED_AT - first.length })
    first.push(...objects)
    if (nextToken !== undefined) return { first, isAll: false }
  }
  return { first, isAll: true }
}

async function isFile(store: ObjectStore, root: string): Promise<boolean> {
  const key = root.slice(0, -1)
  // What the connection opens are folders, and above them nothing is to be seen.
  if (key === '' || !prefixesOpenBelow(store.scope, key).includes(key)) return false
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

/** A file that the pattern leaves out: its path below the dataset's, and where it stops fitting. */
interface Unmatched {
  path: string
  why: Mismatch
}

/** How many objects each reason leaves out, and the first of those that the pattern does. */
function countReasons(objects: readonly ScannedObject[], definition: DatasetDefinition) {
  const partitioning = parsePartitioning(definition.partitioning)
  const matcher = partitioning.ok && partitioning.value ? compileMatcher(partitioning.value) : null
  const counts = new Map<Reason, number>()
  const count = (reason: Reason) => counts.set(reason, (counts.get(reason) ?? 0) + 1)
  let unmatched: Unmatched | null = null
  for (const { path, sizeBytes, exclusion } of objects) {
    const match = matcher?.match(path)
    if (exclusion) count(exclusion)
    else if (sizeBytes === 0) count('empty')
    else if (!isOpen(path)) count('closed')
    else if (match?.ok === false) {
      count('unmatched')
      unmatched ??= { path, why: match }
    }
  }
  return { counts, unmatched }
}
