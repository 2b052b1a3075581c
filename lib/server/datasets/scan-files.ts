import 'server-only'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import { compileSelection } from '#lib/domain/datasets/selection'
import { Failure } from '#lib/domain/errors'
import type { Exclusion } from '#lib/domain/partitioning/ledger'
import type { ObjectStore } from '../platform/object-store/types'

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

/**
 * Lists what lies below the dataset's path, batch by batch. `below` narrows it to prefixes, relative to that path.
 * The listing is cut after `budget` objects.
 */
export async function* scanFiles(
  store: ObjectStore,
  definition: DatasetDefinition,
  { below = ['/'], budget = Number.POSITIVE_INFINITY }: { below?: readonly string[]; budget?: number } = {},
): AsyncGenerator<ScannedObject[]> {
  const selection = compileSelection(definition.params.filesSelectionRules)
  if (!selection.ok) {
    const [issue] = selection.issues
    throw new Failure('validation_failed', issue?.message ?? 'A selection rule is not valid.', {
      issues: selection.issues,
    })
  }
  const root = rootOf(definition)
  let left = budget
  const prefixPaths = below.map((prefix) => root + prefix.slice(1))
  for await (const batch of store.listAll({ prefixPaths, concurrency: LISTINGS_AT_ONCE })) {
    // A marker of the folder itself stands at the path, and is no object below it.
    const taken = batch.filter((object) => object.path !== root).slice(0, left)
    left -= taken.length
    yield taken.map((object) => {
      const path = object.path.slice(root.length - 1)
      return {
        path,
        sizeBytes: object.sizeBytes,
        modifiedAtMs: object.modifiedAtMs,
        exclusion: selection.value.exclusionOf({ ...object, path }),
      }
    })
    if (left <= 0) return
  }
}
