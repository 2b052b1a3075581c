import { formatCount, formatQuantity } from '../format'
import { isPackingEnding } from '../formats/packings'
import type { FilesSelectionRules, SelectionRule } from './definition'
import { excludeToo } from './exclude-files'
import type { FileKind, FilesReport } from './files-wire'

/** Endings that wrap another file as what packs it does, so that the ending before them belongs to the kind: `.csv.gpg`. */
const WRAPPERS = new Set(['crc', 'gpg'])
const isWrapper = (ending: string) => isPackingEnding(ending) || WRAPPERS.has(ending)

/** Endings are letters and digits, not digits alone, and no longer than people make them. */
const LONGEST_ENDING = 10
/** Names that have no such ending. */
const WITHOUT_ENDING = '([^.]*|.*\\.(|[0-9]+|[^.]*[^A-Za-z0-9.][^.]*|[^.]{11,}))'

/**
 * The ending of a file's name as it is spelled, with the one before it where that wraps it; empty without one.
 * @example endingOf('/design/2026/11/22/a.ndjson.gz') // '.ndjson.gz'
 */
export function endingOf(path: string): string {
  const last = findEnding(path, path.length)
  if (last < 0) return ''
  const before = isWrapper(path.slice(last + 1).toLowerCase()) ? findEnding(path, last) : -1
  return path.slice(before < 0 ? last : before)
}

/** The kind of a file: its ending, however it is spelled. `kindOf('/a.CSV') // '.csv'` */
export const kindOf = (path: string): string => endingOf(path).toLowerCase()

/** Where the `.` of the ending stands that ends at `end`; -1 without one. Walked by hand: it is asked for each of millions. */
function findEnding(path: string, end: number): number {
  let letters = 0
  for (let at = end - 1; at >= 0 && end - at <= LONGEST_ENDING + 1; at--) {
    const unit = path.charCodeAt(at)
    if (unit === DOT) return letters > 0 ? at : -1
    if (isLetter(unit)) letters++
    else if (unit < ZERO || unit > NINE) return -1
  }
  return -1
}

const DOT = 46
const ZERO = 48
const NINE = 57
const isLetter = (unit: number) => (unit >= 97 && unit <= 122) || (unit >= 65 && unit <= 90)

/**
 * The rule that takes the files of one kind and no others. Most are globs; a name without an ending, or `.gz` beside
 * `.log.gz`, can only be told by a regular expression.
 * @param present endings of all the kinds that are there
 */
export function ruleForKind(ending: string, present: readonly string[]): SelectionRule {
  if (ending === '') return { mode: 'REGEXP', matchingMode: 'FILENAME', expr: WITHOUT_ENDING }
  const isWithin = present.some((other) => other !== ending && other.endsWith(ending))
  return isWithin
    ? { mode: 'REGEXP', matchingMode: 'FILENAME', expr: `${WITHOUT_ENDING}\\${ending}` }
    : { mode: 'GLOB', matchingMode: 'FILENAME', expr: `*${ending}` }
}

/** What the first bytes of an object are: `"text"`, `"parquet"`, or what a packed one holds: `"gzip:text"`. */
export type ContentId = string

const CONTENT_NAMES: Record<string, string> = {
  text: 'text',
  binary: 'binary',
  gzip: 'gz',
  bzip2: 'bzip2',
  zstd: 'zstd',
  zip: 'zip',
  parquet: 'Parquet',
  avro: 'Avro',
  orc: 'ORC',
  arrow: 'Arrow',
  tar: 'tar',
  pdf: 'PDF',
  png: 'PNG',
  jpeg: 'JPEG',
  gif: 'GIF',
  sqlite: 'SQLite',
}

/** The same for people: `"gz text"`, `"Parquet"`. */
export const nameContent = (content: ContentId): string =>
  content
    .split(':')
    .map((part) => CONTENT_NAMES[part] ?? part)
    .join(' ')

/** What the looked-at objects of a kind are: `"gz text"`, `"gz text or text"`; null when none could be looked at. */
export function nameKind(contents: readonly ContentId[]): string | null {
  const names = [...new Set(contents.map(nameContent))]
  return names.length === 0 ? null : names.join(' or ')
}

/**
 * Where folders divide a kind by content: `".dat: text in /logs/ · Parquet in /tables/, /old/"`; null where they do not.
 * Folders of one content are named together.
 */
export function sayKindFolders({ ending, folders }: Pick<FileKind, 'ending' | 'folders'>): string | null {
  if (folders.length === 0) return null
  const byContent = Map.groupBy(folders, ({ content }) => nameContent(content))
  const parts = [...byContent].map(
    ([name, some]) => `${name} in ${some.map(({ folder }) => folder).join(', ')}`,
  )
  return `${ending || 'No ending'}: ${parts.join(' · ')}`
}

/** What is empty and only tells that something was written: `_SUCCESS`. Files without an ending may be such beside others. */
export const markersOf = ({ ending, files, empty }: Pick<FileKind, 'ending' | 'files' | 'empty'>): number =>
  ending === '' || empty === files ? empty : 0

/**
 * Kinds in a sentence: `"4,500 gz text · 12 Parquet · 3 others · 1 marker · 40 folder markers"`; those that are alike are
 * added up.
 */
export function sayKinds({
  kinds,
  otherKinds,
  excluded,
}: Pick<FilesReport, 'kinds' | 'otherKinds' | 'excluded'>): string {
  const byName = new Map<string, number>()
  let markers = 0
  for (const kind of kinds) {
    const empty = markersOf(kind)
    markers += empty
    if (empty === kind.files) continue
    const name = nameKind(kind.contents) ?? (kind.ending || 'of no known kind')
    byName.set(name, (byName.get(name) ?? 0) + kind.files - empty)
  }
  return [
    ...[...byName].sort(([, a], [, b]) => b - a).map(([name, files]) => `${formatCount(files)} ${name}`),
    ...(otherKinds.files > 0 ? [formatQuantity(otherKinds.files, 'other')] : []),
    ...(markers > 0 ? [formatQuantity(markers, 'marker')] : []),
    ...(excluded.folderMarker > 0 ? [formatQuantity(excluded.folderMarker, 'folder marker')] : []),
  ].join(' · ')
}

/** The newest file of the kind that the rules take most files of; null when they take none that holds something. */
export function newestOfLargestKind({ kinds }: Pick<FilesReport, 'kinds'>): string | null {
  const [largest] = kinds.filter(({ newest }) => newest !== null).sort((a, b) => b.kept - a.kept)
  return largest?.newest?.path ?? null
}

/** A kind by its ending, with the ways in which files spell it, if more than that. */
interface NamedKind {
  ending: string
  spellings?: readonly string[]
  /** Files of it that the rules take, where that is known. */
  kept?: number
}

const spellingsOf = ({ ending, spellings = [] }: NamedKind): readonly string[] =>
  spellings.length > 0 ? spellings : [ending]

/** The rules that take the files of one kind of those that are there, one for each spelling of its ending. */
export function rulesForKind(kind: NamedKind, kinds: readonly NamedKind[]): SelectionRule[] {
  const present = kinds.flatMap(spellingsOf)
  return spellingsOf(kind).map((spelled) => ruleForKind(spelled, present))
}

/** A rule that goes by the ending of names alone, as a click on a kind writes it, or by nothing. */
const isRuleOfKind = ({ mode, matchingMode, expr }: SelectionRule): boolean =>
  matchingMode === 'FILENAME' &&
  (mode === 'GLOB' ? /^\*(?:\.[A-Za-z0-9.]+)?$/.test(expr) : expr.startsWith(WITHOUT_ENDING))

/**
 * Rules that take one kind of what a listing found and leave the others. What the rules in force leave out stays out, unless they
 * take none of this kind: kinds are excluded beside it, or picked out of the chosen files. Null where rules that include files
 * by other things than endings are in force, as none can be added to those; rules of other modes stay for later.
 */
export function keepOnly(
  rules: FilesSelectionRules,
  kind: NamedKind,
  kinds: readonly NamedKind[],
): FilesSelectionRules | null {
  if (kind.kept !== 0) {
    if (rules.mode === 'RULES_INCLUDED_ONLY' && !rules.includeRules.every(isRuleOfKind)) return null
    if (rules.mode === 'RULES_ALL_BUT_EXCLUDED' && rules.excludeRules.length > 0) {
      const others = kinds.filter(({ ending, kept }) => ending !== kind.ending && kept !== 0)
      return excludeToo(rules, ...others.flatMap((other) => rulesForKind(other, kinds)))
    }
    if (rules.mode === 'EXPLICIT_SELECT_FILES') {
      const spellings = spellingsOf(kind)
      return {
        ...rules,
        explicitFiles: rules.explicitFiles.filter((one) => spellings.includes(endingOf(one))),
      }
    }
  }
  return { ...rules, mode: 'RULES_INCLUDED_ONLY', includeRules: rulesForKind(kind, kinds) }
}
