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

/**
 * Finds folders that divide files by content, as CloudTrail's digests beside its records; null where none do. Each file is
 * judged by itself. The main content is that of most of them, of the larger ones where two have as many.
 */
export function divideByFolder(
  texts: readonly TextSample[],
  sizeOf: (path: string) => number,
): Division | null {
  const folders = splitByFolder(texts.map((text) => ({ path: text.path, is: nameAlone(text) })))
  const [main, ...others] = [...Map.groupBy(folders, ({ is }) => is).values()]
    .map((some) => {
      const files = some.flatMap((folder) => folder.files)
      return { some, files, sizeBytes: files.reduce((sum, { path }) => sum + sizeOf(path), 0) }
    })
    .sort((a, b) => b.files.length - a.files.length || b.sizeBytes - a.sizeBytes)
  if (main === undefined) return null
  return {
    main: new Set(main.files.map(({ path }) => path)),
    beside: others.flatMap(({ some }) =>
      some.map(({ folder, is, files }) => ({ folder, is, files: files.length })),
    ),
  }
}

/** What a file is by itself: the layout or the format that it looks like most. */
function nameAlone(text: TextSample): string {
  if (text.looksLike !== null) return text.looksLike.name
  const [first] = detectFormat([text], 'utf8')
  return first?.layout ?? first?.label ?? 'nothing that is known'
}
