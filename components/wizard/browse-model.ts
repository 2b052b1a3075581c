import type { FolderPage } from '#lib/domain/datasets/files-wire'

/** A line of the file browser. */
export interface BrowseEntry {
  kind: 'folder' | 'file'
  /** Whole, on the connection: folders end in `/`. */
  path: string
  /** `"design/"`, `"a.ndjson.gz"`. */
  name: string
  sizeBytes: number | null
  modifiedAt: string | null
}

/** The entries of a folder's pages: folders first, as far as they are loaded. */
export function toEntries(pages: readonly FolderPage[]): BrowseEntry[] {
  const folders = pages.flatMap((page) =>
    page.folders.map(
      (path): BrowseEntry => ({
        kind: 'folder',
        path,
        name: path.slice(page.path.length),
        sizeBytes: null,
        modifiedAt: null,
      }),
    ),
  )
  const files = pages.flatMap((page) =>
    page.files.map(
      ({ path, sizeBytes, modifiedAt }): BrowseEntry => ({
        kind: 'file',
        path,
        name: path.slice(page.path.length),
        sizeBytes,
        modifiedAt,
      }),
    ),
  )
  return [...folders, ...files]
}

/** The folder above: `"/a/b/"` is `"/a/"`; null at the root. */
export function parentOf(folder: string): string | null {
  if (folder === '/') return null
  return folder.slice(0, folder.lastIndexOf('/', folder.length - 2) + 1)
}

/** The folder that a path as typed is in or is: `"/audit-logs"` is `"/audit-logs/"`. */
export function folderOf(path: string): string {
  const rooted = path.startsWith('/') ? path : `/${path}`
  return rooted.endsWith('/') ? rooted : `${rooted}/`
}

/** The steps of a folder's path, for the path bar: name and folder of each. */
export function stepsOf(folder: string): { name: string; path: string }[] {
  const names = folder.split('/').filter(Boolean)
  return names.map((name, index) => ({ name, path: `/${names.slice(0, index + 1).join('/')}/` }))
}

/** The next entry whose name begins with what was typed, from `from` on and round; -1 for none. */
export function findTyped(entries: readonly BrowseEntry[], typed: string, from: number): number {
  const wanted = typed.toLowerCase()
  for (let step = 0; step < entries.length; step++) {
    const index = (from + step) % entries.length
    if (entries[index]?.name.toLowerCase().startsWith(wanted)) return index
  }
  return -1
}
