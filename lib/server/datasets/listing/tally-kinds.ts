import 'server-only'
import { endingOf } from '#lib/domain/datasets/file-kinds'
import type { FileKind, FilesReport } from '#lib/domain/datasets/files-wire'
import { type JudgedFile, splitByFolder } from '#lib/domain/datasets/split-by-folder'
import { collectEvenly } from './collect-evenly'
import type { ScannedObject } from './scan-files'

/** Kinds that are told apart; names that all end differently are counted together. */
const MOST_ENDINGS = 1_000
const TOLD = 20
/** `.csv`, `.CSV`, `.Csv`, and what else somebody may think of. */
const MOST_SPELLINGS = 8
/** Files of a kind from all over the listing that are looked into, beside the newest, the oldest and the largest. */
const SPREAD = 4

type Seen = Pick<ScannedObject, 'path' | 'sizeBytes' | 'modifiedAtMs'>

interface Kind {
  ending: string
  spellings: Set<string>
  files: number
  empty: number
  sizeBytes: number
  kept: number
  newestKept: Seen | null
  /** Not empty ones, of different ages and sizes: what is looked into. */
  newest: Seen | null
  oldest: Seen | null
  largest: Seen | null
  /** Not empty ones from all over the listing. */
  spread: ReturnType<typeof collectEvenly>
  contents: JudgedFile[]
}

/** Counts files by the endings of their names. */
export class KindTally {
  private readonly kinds = new Map<string, Kind>()
  private readonly other = { files: 0, sizeBytes: 0 }

  add({ path, sizeBytes, modifiedAtMs, exclusion }: ScannedObject): void {
    const spelled = endingOf(path)
    const kind = this.kindOf(spelled.toLowerCase())
    const counted = kind ?? this.other
    counted.files++
    counted.sizeBytes += sizeBytes
    if (!kind) return
    if (kind.spellings.size < MOST_SPELLINGS) kind.spellings.add(spelled)
    const isKept = exclusion === null
    if (isKept) kind.kept++
    if (sizeBytes === 0) {
      kind.empty++
      return
    }
    const seen = { path, sizeBytes, modifiedAtMs }
    if (isKept && isNewer(seen, kind.newestKept)) kind.newestKept = seen
    if (isNewer(seen, kind.newest)) kind.newest = seen
    if (kind.oldest === null || modifiedAtMs < kind.oldest.modifiedAtMs) kind.oldest = seen
    if (kind.largest === null || sizeBytes > kind.largest.sizeBytes) kind.largest = seen
    kind.spread.offer(path)
  }

  /** Objects of the largest kinds to look into, at most seven of each, with a place for what they are. */
  toLookInto(most: number): { path: string; told: (content: string) => void }[] {
    const kinds = this.largest(most).map((kind) => {
      const telling = [kind.newest, kind.oldest, kind.largest].flatMap((seen) => (seen ? [seen.path] : []))
      const first = new Set(telling)
      const others = new Set(kind.spread.taken).difference(first)
      const toPlace = (path: string) => ({
        path,
        told: (is: string) => {
          kind.contents.push({ path, is })
        },
      })
      return { first: [...first].map(toPlace), others: [...others].map(toPlace) }
    })
    // Should time run out, something is known of each kind.
    return [...kinds.flatMap(({ first }) => first), ...kinds.flatMap(({ others }) => others)]
  }

  report(): Pick<FilesReport, 'kinds' | 'otherKinds'> {
    const told = this.largest(TOLD)
    const otherKinds = { ...this.other }
    for (const kind of this.kinds.values()) {
      if (told.includes(kind)) continue
      otherKinds.files += kind.files
      otherKinds.sizeBytes += kind.sizeBytes
    }
    return { kinds: told.map(toWire), otherKinds }
  }

  private kindOf(ending: string): Kind | null {
    const known = this.kinds.get(ending)
    if (known || this.kinds.size >= MOST_ENDINGS) return known ?? null
    const counts = { ending, spellings: new Set<string>(), files: 0, empty: 0, sizeBytes: 0, kept: 0 }
    const seen = { newestKept: null, newest: null, oldest: null, largest: null }
    const kind = { ...counts, ...seen, spread: collectEvenly(SPREAD), contents: [] }
    this.kinds.set(ending, kind)
    return kind
  }

  private largest(most: number): Kind[] {
    return [...this.kinds.values()]
      .sort((a, b) => b.files - a.files || (a.ending < b.ending ? -1 : 1))
      .slice(0, most)
  }
}

const isNewer = (seen: Seen, than: Seen | null) => than === null || seen.modifiedAtMs > than.modifiedAtMs

/** They are looked into side by side, and told in one order. */
const byPath = (a: JudgedFile, b: JudgedFile): number => (a.path < b.path ? -1 : 1)

const toWire = ({ newestKept, spellings, contents, ...kind }: Kind): FileKind => ({
  ending: kind.ending,
  spellings: [...spellings],
  files: kind.files,
  empty: kind.empty,
  sizeBytes: kind.sizeBytes,
  kept: kind.kept,
  contents: contents.toSorted(byPath).map(({ is }) => is),
  folders: splitByFolder(contents.toSorted(byPath)).map(({ folder, is }) => ({ folder, content: is })),
  newest: newestKept && {
    path: newestKept.path,
    sizeBytes: newestKept.sizeBytes,
    modifiedAt: new Date(newestKept.modifiedAtMs).toISOString(),
  },
})
