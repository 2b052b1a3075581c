import { type ArchiveEntry, kindOfEntry, mayHoldRecords } from './choose-entries'

/** Files of one kind in an archive. */
interface EntryKind {
  ending: string
  /** Patterns that take these and no others of the archive, see `chooseEntries`; none where no pattern does. */
  patterns: string[]
  sizeBytes: number
}

/** What lies in an archive, as far as it matters for which of its files are read. */
export interface ArchiveLook {
  /** Of those that may hold records, the largest first. */
  kinds: EntryKind[]
  /** Whether something lies beside the largest kind. */
  isMixed: boolean
}

/** Kinds of one archive that are told apart; each further one is smaller. */
const MOST_KINDS = 8

/** Sums up the entries of an archive, in time linear to their names. */
export function lookAtArchive(entries: readonly ArchiveEntry[]): ArchiveLook {
  const filled = entries.filter(({ sizeBytes }) => sizeBytes > 0)
  const groups = Map.groupBy(
    filled.filter(({ name }) => mayHoldRecords(name)),
    ({ name }) => kindOfEntry(name),
  )
  const largest = [...groups]
    .map(([ending, some]) => ({ ending, some, sizeBytes: bytesOf(some) }))
    .sort((a, b) => b.sizeBytes - a.sizeBytes)
    .slice(0, MOST_KINDS)
  return {
    kinds: largest.map(({ ending, some, sizeBytes }) => ({
      ending,
      patterns: patternsOf(ending, new Set(some), filled),
      sizeBytes,
    })),
    isMixed: filled.length > (largest[0]?.some.length ?? 0),
  }
}

const bytesOf = (some: readonly { sizeBytes: number }[]) =>
  some.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)

/** Names that were rotated have numbers behind their ending. Told without `matchesEntry`, as there may be many entries. */
function patternsOf(ending: string, some: ReadonlySet<ArchiveEntry>, all: readonly ArchiveEntry[]): string[] {
  if (ending === '') return []
  const isEnd = (name: string) => name.endsWith(ending)
  const isPart = (name: string) => name.includes(ending, name.lastIndexOf('/') + 1)
  const fits = (takes: (name: string) => boolean) =>
    all.every((entry) => takes(entry.name.toLowerCase()) === some.has(entry))
  return [...(fits(isEnd) ? [`*${ending}`] : []), ...(fits(isPart) ? [`*${ending}*`] : [])]
}

/**
 * Chooses once which files of all archives are read: those of the kind that is in every one of them, the largest one where
 * several are. Null where archives hold one kind each, which needs no choice, or where no pattern tells it.
 * @example chooseZipEntries([lookAtArchive([{ name: 'a.csv', sizeBytes: 9 }, { name: 'b.pdf', sizeBytes: 99 }])]) // '*.csv'
 */
export function chooseZipEntries(archives: readonly ArchiveLook[]): string | null {
  const known = archives.filter(({ kinds }) => kinds.length > 0)
  if (!known.some(({ isMixed }) => isMixed)) return null
  const byEnding = Map.groupBy(
    known.flatMap(({ kinds }) => kinds),
    ({ ending }) => ending,
  )
  const [best] = [...byEnding.values()]
    .filter((kinds) => kinds.length === known.length)
    .sort((a, b) => bytesOf(b) - bytesOf(a))
  const [first, ...others] = best ?? []
  return first?.patterns.find((one) => others.every(({ patterns }) => patterns.includes(one))) ?? null
}
