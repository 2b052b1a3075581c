import { endingOf } from '../datasets/file-kinds'
import { isPackingEnding } from './packings'

/** A file inside of an archive. */
export interface ArchiveEntry {
  name: string
  /** Unpacked. */
  sizeBytes: number
}

/** The entries of an archive that are read, and those that are not, each in their order. */
export interface ChosenEntries<Entry> {
  read: Entry[]
  leftOut: Entry[]
  /** The ending of those that are read, where it was chosen by size and others are left out; null otherwise. */
  kind: string | null
}

/**
 * Chooses the entries that hold the records of an archive: those whose names a pattern matches, or without one those of the
 * kind that takes most bytes, documents and what is no text aside, so that a README or another archive beside a table is none of it.
 * Empty entries have no records and stay.
 * @example chooseEntries([{ name: 'README.txt', sizeBytes: 9 }, { name: 'a.csv', sizeBytes: 99 }], '').read // a.csv
 */
export function chooseEntries<Entry extends ArchiveEntry>(
  entries: readonly Entry[],
  pattern: string,
): ChosenEntries<Entry> {
  if (pattern !== '') return split(entries, ({ name }) => matchesEntry(pattern, name), null)
  const likely = entries.filter(({ name, sizeBytes }) => sizeBytes > 0 && mayHoldRecords(name))
  const kind = kindOfMostBytes(likely.length === 0 ? entries : likely)
  const isRead = ({ name, sizeBytes }: Entry) =>
    sizeBytes === 0 || (kindOfEntry(name) === kind && (likely.length === 0 || mayHoldRecords(name)))
  const chosen = split(entries, isRead, kind)
  return chosen.leftOut.length === 0 ? { ...chosen, kind: null } : chosen
}

/** Whether a file of an archive may hold records that are read from there, by its name. */
export const mayHoldRecords = (name: string): boolean => !isDocument(name) && !isNoText(name)

/** Endings of archives, of records that are read by ranges of an object, of programs and of databases. */
const NO_TEXT = new Set('7z rar tar jar war parquet avro orc arrow exe dll so class db sqlite bin'.split(' '))

/** What is packed within an archive is not unpacked again. */
function isNoText(name: string): boolean {
  const last = kindOfEntry(name).split('.').at(-1) ?? ''
  return isPackingEnding(last) || NO_TEXT.has(last)
}

function kindOfMostBytes(entries: readonly ArchiveEntry[]): string {
  const bytes = new Map<string, number>()
  for (const { name, sizeBytes } of entries) {
    const kind = kindOfEntry(name)
    bytes.set(kind, (bytes.get(kind) ?? 0) + sizeBytes)
  }
  return [...bytes].sort((a, b) => b[1] - a[1])[0]?.[0] ?? ''
}

/** Endings of what is written for people, is a picture, or proves what lies beside it. */
const DOCUMENTS = new Set(
  'pdf md markdown rst adoc htm html doc docx odt rtf xls xlsx ods ppt pptx png jpg jpeg gif svg xsd dtd md5 sha1 sha256 sha512 sig asc'
    .split(' ')
    .map((ending) => `.${ending}`),
)
/** Names of such that have no ending, or that of any text. */
const DOCUMENT_NAME =
  /^(?:read[-_]?me|licen[cs]e|notice|copying|change(?:s|log)|authors|contents|manifest|(?:md5|sha\d+)sums?)(?:[-_.]|$)/i
const LONGEST_DOCUMENT_NAME = 40

/** Whether a file lies beside the records of an archive, by its name: `README.txt`, `data/report.pdf`. */
export function isDocument(name: string): boolean {
  const kind = kindOfEntry(name)
  if (DOCUMENTS.has(kind)) return true
  const start = name.lastIndexOf('/') + 1
  return (
    (kind === '' || kind === '.txt') && DOCUMENT_NAME.test(name.slice(start, start + LONGEST_DOCUMENT_NAME))
  )
}

function split<Entry>(
  entries: readonly Entry[],
  isRead: (entry: Entry) => boolean,
  kind: string | null,
): ChosenEntries<Entry> {
  const chosen: ChosenEntries<Entry> = { read: [], leftOut: [], kind }
  for (const entry of entries) (isRead(entry) ? chosen.read : chosen.leftOut).push(entry)
  return chosen
}

/** The ending of a name, however it is spelled; the numbers and days of files that were rotated belong to none. */
export const kindOfEntry = (name: string): string => endingOf(name.slice(0, endOfStem(name))).toLowerCase()

/** Where the numbers and days at the end of a name begin. Walked by hand: whoever writes an archive chooses its names. */
function endOfStem(name: string): number {
  let end = name.length
  for (let at = end - 1; at >= 0; at--) {
    const unit = name[at] ?? ''
    if (unit >= '0' && unit <= '9') continue
    const isSeparator = unit === '.' || unit === '-'
    if (!isSeparator || at === end - 1) break
    end = at
  }
  return end
}

/**
 * Whether a pattern in which `*` stands for anything matches the whole name of an entry, or its last part where the pattern
 * has no folder. Letters of either case are the same. Takes time by the lengths' product, however many stars there are.
 */
export function matchesEntry(pattern: string, name: string): boolean {
  const text = (pattern.includes('/') ? name : name.slice(name.lastIndexOf('/') + 1)).toLowerCase()
  const wanted = pattern.toLowerCase()
  let [at, place, star, resume] = [0, 0, -1, 0]
  while (at < text.length) {
    if (wanted[place] === '*') {
      star = place++
      resume = at
    } else if (wanted[place] === text[at]) {
      place++
      at++
    } else if (star >= 0) {
      place = star + 1
      at = ++resume
    } else return false
  }
  while (wanted[place] === '*') place++
  return place === wanted.length
}
