import 'server-only'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import { compileSelection, type FileSelector } from '#lib/domain/datasets/selection'
import { Failure } from '#lib/domain/errors'
import type { Exclusion } from '#lib/domain/partitioning/ledger'
import type { ObjectStore } from '../../platform/object-store/types'

/** An object of a listing, with its path below the dataset's path and why it is no file of the dataset, if so. */
export interface ScannedObject {
  /** Begins with `/`, below the dataset's path: what patterns and rules are matched against. */
  path: string
  sizeBytes: number
  modifiedAtMs: number
  exclusion: Exclusion | null
}

/** More at once are no faster, since reading the pages keeps a processor busy, and hold more memory. */
const LISTINGS_AT_ONCE = 4

/** The dataset's path with its last `/`: `"/audit-logs/"`. */
export function rootOf(definition: DatasetDefinition): string {
  const { path } = definition.params
  return path.endsWith('/') ? path : `${path}/`
}

/** The path of an object on its connection, from its path below the dataset's: `/audit-logs/` + `/a.gz`. */
export const connectionPathOf = (definition: DatasetDefinition, path: string) =>
  rootOf(definition) + path.slice(1)

export interface ScanOptions {
  /** Prefixes to list, relative to the dataset's path; all of it unless told. */
  below?: readonly string[]
  /** Objects after which the listing is cut. */
  budget?: number
  /** One listing after another, so that what comes first is first by path. */
  inOrder?: boolean
  /** Told when the budget ended the listing and more was there. */
  onCut?: () => void
  /** Told at each request to the store. */
  onRequest?: () => void
  /** Compiled already, for callers that ask it more. */
  selection?: FileSelector
}

/** Lists what lies below the dataset's path, batch by batch. */
export async function* scanFiles(
  store: ObjectStore,
  definition: DatasetDefinition,
  options: ScanOptions = {},
): AsyncGenerator<ScannedObject[]> {
  const { below = ['/'], budget = Number.POSITIVE_INFINITY, inOrder = false, onCut, onRequest } = options
  const selection = options.selection ?? selectorOf(definition)
  const root = rootOf(definition)
  let left = budget
  const listing = store.listAll({
    prefixPaths: below.map((prefix) => root + prefix.slice(1)),
    concurrency: inOrder ? 1 : LISTINGS_AT_ONCE,
    ...(onRequest ? { onRequest } : {}),
  })
  for await (const batch of listing) {
    // A marker of the folder itself stands at the path, and is no object below it.
    const all = batch.filter((object) => object.path !== root)
    const taken = all.slice(0, left)
    const isCut = all.length > taken.length
    left -= taken.length
    if (taken.length > 0) {
      yield taken.map((object) => {
        const path = object.path.slice(root.length - 1)
        return {
          path,
          sizeBytes: object.sizeBytes,
          modifiedAtMs: object.modifiedAtMs,
          exclusion: selection.exclusionOf({ ...object, path }),
        }
      })
    }
    if (!isCut) continue
    onCut?.()
    return
  }
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
