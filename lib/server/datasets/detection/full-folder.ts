import 'server-only'
import { compareKeys } from '#lib/domain/connections/key-order'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import { Failure } from '#lib/domain/errors'
import type { ObjectStore, StoredObject } from '../../platform/object-store/types'
import { type FolderPage, listFolder, listTree } from '../listing/list-folder'
import type { KeyPage } from './cover-folder'

/** A folder whose first page is full of files. */
export interface FullFolder {
  folder: string
  page: KeyPage<StoredObject>
}

/**
 * The first objects below the dataset's path, in its folders of any depth, by one call: all of them where they are few. None
 * where that may not be listed, as above the prefixes that a connection opens: what leads to them is found by its folders.
 */
export async function listFirst(
  store: ObjectStore,
  definition: DatasetDefinition,
): Promise<{ objects: StoredObject[]; isAll: boolean }> {
  try {
    const { objects, nextToken } = await listTree(store, definition)
    return { objects, isAll: nextToken === undefined }
  } catch (error) {
    // Whatever else went wrong is told by the listing of the first folder.
    if (error instanceof Failure) return { objects: [], isAll: false }
    throw error
  }
}

/** The files of a folder that follow a path. */
export async function listAfter(
  store: ObjectStore,
  definition: DatasetDefinition,
  folder: string,
  startAfter: string,
): Promise<KeyPage<StoredObject>> {
  const page = await listFolder(store, definition, folder, { startAfter })
  return { keys: page.objects, goesOn: page.nextToken !== undefined }
}

/** A first page that goes on with files: one that ends among folders goes on with folders. */
export function fullFolder(folder: string, page: FolderPage | undefined): FullFolder[] {
  if (page?.nextToken === undefined) return []
  const last = page.objects.at(-1)?.path
  if (last === undefined || compareKeys(last, page.folders.at(-1) ?? '') < 0) return []
  return [{ folder, page: { keys: page.objects, goesOn: true } }]
}
