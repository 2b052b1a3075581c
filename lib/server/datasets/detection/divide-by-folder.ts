import 'server-only'
import type { FilesDetection } from '#lib/domain/datasets/files-detection'
import { splitByFolder } from '#lib/domain/datasets/split-by-folder'
import { detectFormat } from '#lib/domain/formats/detect/detect-format'
import type { TextSample } from '#lib/domain/formats/detect/text-sample'

export interface Division {
  /** Paths of the files of the main content. */
  main: ReadonlySet<string>
  beside: FilesDetection['beside']
}

/** A file, and how it would be read by itself. */
interface FileAlone {
  path: string
  /** The layout or the format that it looks like most. */
  is: string
  type: string
  columns: readonly string[]
}

/**
 * Finds folders that divide files by content, as CloudTrail's digests beside its records; null where none do. Each file is
 * judged by itself. The main content is that of most of them, of the larger ones where two have as many; where days or
 * numbers name the folders that of the newest ones, as further files will have it, unless it is one file alone.
 */
export function divideByFolder(
  texts: readonly TextSample[],
  sizeOf: (path: string) => number,
): Division | null {
  const folders = splitByFolder(texts.map(judgeAlone))
  const isByTime = folders.every(({ folder }) => isNumbered(folder))
  const contents = [...Map.groupBy(folders, ({ is }) => is).values()].map((some) => {
    const files = some.flatMap((folder) => folder.files)
    return { some, files, sizeBytes: files.reduce((sum, { path }) => sum + sizeOf(path), 0) }
  })
  if (isByTime && !areApart(contents.map(({ files }) => files))) return null
  const [main, ...others] = contents.sort((a, b) =>
    isByTime
      ? areSeveral(b.files) - areSeveral(a.files) || compareLast(b.files, a.files)
      : b.files.length - a.files.length || b.sizeBytes - a.sizeBytes,
  )
  if (main === undefined) return null
  return {
    main: new Set(main.files.map(({ path }) => path)),
    beside: others.flatMap(({ some }) =>
      some.map(({ folder, is, files }) => ({ folder, is, files: files.length })),
    ),
  }
}

function judgeAlone(text: TextSample): FileAlone {
  const { path, looksLike } = text
  if (looksLike !== null) return { path, is: looksLike.name, type: looksLike.id, columns: [] }
  const [first] = detectFormat([text], 'utf8')
  if (first === undefined) return { path, is: 'nothing that is known', type: '', columns: [] }
  return { path, is: first.layout ?? first.label, type: first.format.type, columns: first.columns }
}

/** `/2026/`, `/logs/dt=2026-11-22/`: over the years files of one content change their columns and separators. */
const isNumbered = (folder: string): boolean => /\/(?:[^/=]*=)?[0-9][0-9T:_.-]*\/$/.test(folder)

/** Whether contents are of other types, or have no column in common. */
function areApart(contents: readonly (readonly FileAlone[])[]): boolean {
  return contents.every((files, index) =>
    contents.slice(index + 1).every((others) => {
      const types = new Set(files.map(({ type }) => type))
      if (others.every(({ type }) => !types.has(type))) return true
      const columns = new Set(files.flatMap((file) => file.columns))
      return others.every((file) => file.columns.every((column) => !columns.has(column)))
    }),
  )
}

const areSeveral = ({ length }: readonly FileAlone[]): number => (length > 1 ? 1 : 0)

/** By their last paths. */
function compareLast(some: readonly FileAlone[], others: readonly FileAlone[]): number {
  const last = (files: readonly FileAlone[]) =>
    files.reduce((latest, { path }) => (path > latest ? path : latest), '')
  return last(some) < last(others) ? -1 : 1
}
