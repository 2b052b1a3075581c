import 'server-only'
import { prefixesOpenBelow } from '#lib/domain/connections/paths'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import { compileSelection, type FileSelector } from '#lib/domain/datasets/selection'
import { Failure } from '#lib/domain/errors'
import type { Exclusion } from '#lib/domain/partitioning/ledger'
import { PARTS_EACH } from '../../platform/object-store/list-all'
import type { ObjectStore, StoredObject } from '../../platform/object-store/types'

/** An object of a listing, with its path below the dataset's path and why it is no file of the dataset, if so. */
export interface ScannedObject {
  /** Begins with `/`, below the dataset's path: what patterns and rules are matched against. */
  path: string
  sizeBytes: number
  modifiedAtMs: number
  storageClass: string
  exclusion: Exclusion | null
}

/** More at once are no faster, since reading the pages keeps a processor busy, and hold more memory. */
const LISTINGS_AT_ONCE = 4
/** Parts that the listing of a folder with many folders is cut into. */
export const MOST_PARTS = LISTINGS_AT_ONCE * PARTS_EACH

/** The dataset's path with its last `/`: `"/audit-logs/"`. */
export function rootOf(definition: DatasetDefinition): string {
  const { path } = definition.params
  return path.endsWith('/') ? path : `${path}/`
}

/** The path of an object on its connection, from its path below the dataset's: `/audit-logs/` + `/a.gz`. */
export const connectionPathOf = (definition: DatasetDefinition, path: string) =>
  rootOf(definition) + path.slice(1)

/**
 * What is listed for a prefix below the dataset's path: the prefix, or what the connection opens of it where it stands above
 * that. All are paths below the dataset's, as are those that come back.
 */
export function openBelow({ scope }: ObjectStore, definition: DatasetDefinition, prefix: string): string[] {
  const start = rootOf(definition).length - 1
  return prefixesOpenBelow(scope, connectionPathOf(definition, prefix)).map((path) => path.slice(start))
}

/** Objects after which a listing is cut. Whoever cuts it has to say what becomes of the rest. */
export interface ScanBudget {
  objects: number
  /** Told when it ended the listing and more was there. */
  onCut: () => void
}

export interface ScanOptions {
  /** Prefixes to list, relative to the dataset's path; all of it unless told. */
  below?: readonly string[]
  budget?: ScanBudget
  /** One listing after another, so that what comes first is first by path. */
  inOrder?: boolean
  /** Keys of a page, as many as a page has unless told. */
  pageKeys?: number
  /** Told at each request to the store. */
  onRequest?: () => void
  /** Compiled already, for callers that ask it more. */
  selection?: FileSelector
  /** Tells of a folder below the dataset's path whether anything wanted can be in it; others are not listed. */
  mayHold?: (folder: string) => boolean
  /** Told of each folder that was not listed to its end for that reason. */
  onPassed?: (folder: string) => void
}

/** Lists what lies below the dataset's path, batch by batch; above the prefixes that a connection opens, what lies in these. */
export async function* scanFiles(
  store: ObjectStore,
  definition: DatasetDefinition,
  options: ScanOptions = {},
): AsyncGenerator<ScannedObject[]> {
  const { below = ['/'], budget, inOrder = false, onRequest } = options
  const { mayHold, onPassed } = options
  const selection = options.selection ?? selectorOf(definition)
  const root = rootOf(definition)
  let left = budget?.objects ?? Number.POSITIVE_INFINITY
  const listing = store.listAll({
    prefixPaths: below
      .flatMap((prefix) => openBelow(store, definition, prefix))
      .map((prefix) => connectionPathOf(definition, prefix)),
    concurrency: inOrder ? 1 : LISTINGS_AT_ONCE,
    ...(options.pageKeys ? { pageKeys: options.pageKeys } : {}),
    ...(onRequest ? { onRequest } : {}),
    ...(mayHold ? { mayHold: (folder: string) => mayHold(folder.slice(root.length - 1)) } : {}),
    ...(onPassed ? { onPassed: (folder: string) => onPassed(folder.slice(root.length - 1)) } : {}),
  })
  for await (const batch of listing) {
    const all = toScanned(batch, root, selection)
    const taken = all.length > left ? all.slice(0, left) : all
    const isCut = all.length > taken.length
    left -= taken.length
    if (taken.length > 0) yield taken
    if (!isCut) continue
    budget?.onCut()
    return
  }
}

/** Objects of the store as a dataset of this root sees them. A marker of the root itself is no object below it. */
export function toScanned(
  objects: readonly StoredObject[],
  root: string,
  selection: FileSelector,
): ScannedObject[] {
  const scanned: ScannedObject[] = []
  for (const { path: full, sizeBytes, modifiedAtMs, storageClass } of objects) {
    if (full === root) continue
    const object: ScannedObject = {
      path: full.slice(root.length - 1),
      sizeBytes,
      modifiedAtMs,
      storageClass,
      exclusion: null,
    }
    object.exclusion = selection.exclusionOf(object)
    scanned.push(object)
  }
  return scanned
}

/** @throws Failure `validation_failed` with the rule that cannot be used */
export function selectorOf(definition: DatasetDefinition): FileSelector {
  const selection = compileSelection(definition.params.filesSelectionRules)
  if (selection.ok) return selection.value
  const [issue] = selection.issues
  throw new Failure('validation_failed', issue?.message ?? 'A selection rule is not valid.', {
    issues: selection.issues,
  })
}
