import type { SelectionRule } from './definition'

/** A file, and what it was judged to be by itself: `"CloudTrail"`. */
export interface JudgedFile {
  path: string
  is: string
}

/** A folder, in all places where it stands, whose files are all of one content. */
export interface FolderOfContent<File extends JudgedFile = JudgedFile> {
  // With a star for a name that differs above it, as a glob has it.
  folder: string
  is: string
  files: File[]
}

/** More names at one level than that are dates or numbers, not a division by content. */
const MOST_NAMES = 3

/**
 * Divides files by a folder where each folder of that level holds one content and not all hold the same. Empty where all
 * are alike, or where the contents are not told apart by few folders that hold several files.
 */
export function splitByFolder<File extends JudgedFile>(files: readonly File[]): FolderOfContent<File>[] {
  const contents = new Set(files.map(({ is }) => is))
  if (contents.size < 2) return []
  const folders = files.map(({ path }) => path.split('/').slice(1, -1))
  const depths = Math.min(...folders.map((names) => names.length))
  for (let depth = 0; depth < depths; depth++) {
    const byName = Map.groupBy(files, ({ path }) => path.split('/')[depth + 1] ?? '')
    const groups = [...byName.values()]
    const isPure = groups.every((group) => new Set(group.map(({ is }) => is)).size === 1)
    const namesOf = (is: string) => groups.filter(([first]) => first?.is === is).length
    const isTelling = groups.length < files.length && [...contents].every((is) => namesOf(is) <= MOST_NAMES)
    if (isPure && isTelling)
      return [...byName].map(([name, group]) => ({
        folder: placeOf(group, depth, name),
        is: group[0]?.is ?? '',
        files: group,
      }))
  }
  return []
}

/** Names above the folder stand as they are where they are the same for all of its files. */
function placeOf(files: readonly JudgedFile[], depth: number, name: string): string {
  const above = Array.from({ length: depth }, (_, level) => {
    const names = new Set(files.map(({ path }) => path.split('/')[level + 1]))
    return names.size === 1 ? [...names][0] : '*'
  })
  return `/${[...above, name].join('/')}/`
}

/** The rule that names all files below a folder; `*` in its place stands for any name, its own name is taken as it is. */
export function ruleForFolder(folder: string): SelectionRule {
  const names = folder.split('/').filter((name) => name !== '')
  const expr = names.map((name) => (name === '*' ? '[^/]*' : escapeText(name))).join('/')
  if (/[[\]?\\{}]/.test(folder) || names.some((name) => name !== '*' && name.includes('*')))
    return { mode: 'REGEXP', matchingMode: 'FULL_PATH', expr: `${expr}/.*` }
  return { mode: 'GLOB', matchingMode: 'FULL_PATH', expr: `${names.join('/')}/**` }
}

const escapeText = (text: string) => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')
