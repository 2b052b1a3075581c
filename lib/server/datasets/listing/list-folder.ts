import 'server-only'
import { resolvePath } from '#lib/domain/connections/paths'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import type { ObjectStore, StoredObject } from '../../platform/object-store/types'
import { connectionPathOf, rootOf } from './scan-files'

const PAGE = 1_000

/** A page of what lies right in a folder; all paths are below the dataset's. */
export interface FolderPage {
  /** Without the marker of the dataset's path itself, which is no object below it. */
  objects: StoredObject[]
  /** The next folders that can be entered. */
  folders: string[]
  /** There are others, whose names no path may hold, as `..` or one with a line end. */
  hasClosed: boolean
  nextToken: string | undefined
}

/** Where a page of a folder begins, at its first key unless told: with a token of the page before, or behind a path. */
export interface PageStart {
  token?: string | undefined
  startAfter?: string | undefined
}

/** Lists a page of a folder of the dataset, named below its path: `"/2026/11/"`. */
export const listFolder = (
  store: ObjectStore,
  definition: DatasetDefinition,
  folder: string,
  start: PageStart = {},
): Promise<FolderPage> => listPage(store, definition, folder, { ...start, delimiter: '/' })

/** Lists the first page of all that lies below the dataset's path, in folders of any depth. */
export const listTree = (store: ObjectStore, definition: DatasetDefinition): Promise<FolderPage> =>
  listPage(store, definition, '/', {})

async function listPage(
  store: ObjectStore,
  definition: DatasetDefinition,
  folder: string,
  { token, startAfter, delimiter }: PageStart & { delimiter?: '/' },
): Promise<FolderPage> {
  const root = rootOf(definition)
  const below = (path: string) => path.slice(root.length - 1)
  const page = await store.listPage({
    prefixPath: connectionPathOf(definition, folder),
    maxKeys: PAGE,
    ...(delimiter === undefined ? {} : { delimiter }),
    ...(token === undefined ? {} : { continuationToken: token }),
    ...(startAfter === undefined ? {} : { startAfter: connectionPathOf(definition, startAfter) }),
  })
  const folders = page.folders.map(below)
  const open = folders.filter(isOpen)
  return {
    objects: page.objects.flatMap((object) =>
      object.path === root ? [] : [{ ...object, path: below(object.path) }],
    ),
    folders: open,
    hasClosed: open.length < folders.length,
    nextToken: page.nextToken,
  }
}

/** Whether what a store listed can be asked for by its path: stores have keys that no path may be. */
export const isOpen = (path: string): boolean => resolvePath(ANYWHERE, path).ok

const ANYWHERE = { root: '', allowedPrefixes: [] }
