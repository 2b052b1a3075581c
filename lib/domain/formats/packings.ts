import { idsOfContent } from './looks-binary'
import { COMPRESSIONS, type Compression } from './text-params'

/** What is read packed. */
export type ReadPacking = Exclude<Compression, 'none'>

/** What a single file can be packed with, or several in an archive. */
interface Packing {
  /** As `looksBinary` calls it. */
  id: string
  /** Endings of a packed file, the usual one first: `.gz` of `a.csv.gz`. */
  endings: readonly string[]
  /** Of a packed tar archive, which has an ending of its own. */
  tarEndings: readonly string[]
}

/** All that files are met in: the first four are read, see `COMPRESSIONS`, the others recognised. */
const PACKINGS: readonly Packing[] = [
  { id: 'gzip', endings: ['gz', 'gzip'], tarEndings: ['tgz'] },
  { id: 'bzip2', endings: ['bz2', 'bzip2'], tarEndings: ['tbz', 'tbz2'] },
  { id: 'zip', endings: ['zip'], tarEndings: [] },
  { id: 'zstd', endings: ['zst', 'zstd'], tarEndings: ['tzst'] },
  { id: 'xz', endings: ['xz'], tarEndings: ['txz'] },
  { id: 'lz4', endings: ['lz4'], tarEndings: [] },
  { id: 'snappy', endings: ['snappy'], tarEndings: [] },
  { id: 'compress', endings: ['z'], tarEndings: ['taz'] },
  { id: 'lzma', endings: ['lzma'], tarEndings: ['tlz'] },
  { id: 'lzip', endings: ['lz'], tarEndings: [] },
  { id: 'lzop', endings: ['lzo'], tarEndings: [] },
  { id: 'brotli', endings: ['br'], tarEndings: [] },
]

/** Archives that are not read. */
const ARCHIVES: ReadonlySet<string> = new Set(['7z', 'rar'])

const BY_ENDING = new Map(
  PACKINGS.flatMap((packing) => packing.endings.map((ending) => [ending, packing.id])),
)
const BY_ANY_ENDING = new Map([
  ...BY_ENDING,
  ...PACKINGS.flatMap(({ id, tarEndings }) => tarEndings.map((ending): [string, string] => [ending, id])),
])

/** Whether an ending, without its dot and in small letters, says that a file is packed: `gz`. */
export const isPackingEnding = (ending: string): boolean => BY_ENDING.has(ending)

const isRead = (id: string | undefined): id is ReadPacking =>
  id !== 'none' && COMPRESSIONS.some((one) => one === id)

/** What a file's name says that it is packed with, where that is read: `"gzip"` of `/a.csv.GZ` and of `/a.tgz`. */
export function packingByName(path: string): ReadPacking | undefined {
  const id = BY_ANY_ENDING.get(path.slice(path.lastIndexOf('.') + 1).toLowerCase())
  return isRead(id) ? id : undefined
}

/** Whether content of this id, see `looksBinary`, is packed in a way that is recognised and not read. */
export const isUnreadPacking = (id: string): boolean =>
  ARCHIVES.has(id) || (PACKINGS.some((packing) => packing.id === id) && !isRead(id))

/** What nothing in the bytes tells, by the ending of its name. */
export const unmarkedPacking = (path: string): string | undefined =>
  /\.br$/i.test(path) ? 'Brotli' : undefined

/** Whether content that is called so is packed in a way that is read: `"gzip"`, `"an empty zip archive"`. */
export const isReadPacking = (content: string): boolean => idsOfContent(content).some(isRead)
