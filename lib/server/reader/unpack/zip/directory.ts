import 'server-only'
import { type Entry, fromRandomAccessReaderPromise, getFileNameLowLevel, RandomAccessReader } from 'yauzl'
import { Failure } from '#lib/domain/errors'
import type { Hold } from '../../hold'
import type { OpenRanges } from '../../open-source'
import type { RangedFile } from '../../ranged-file'
import { damaged, notUnpacked, truncated } from '../packed-faults'

/** One entry as the central directory tells of it; it may lie. */
export interface ZipEntry {
  name: string
  /** Where its own header begins. */
  start: number
  /** Where the next thing begins; its data cannot go further. */
  end: number
  packedBytes: number
  sizeBytes: number
  crc: number
  /** 0 = stored, 8 = deflate. */
  method: number
  isEncrypted: boolean
}

const WINDOW_BYTES = 256 * 1024
const LOCAL_HEADER_BYTES = 30
/** A name may be held in two bytes a character, with what stands beside it. */
const HELD_OF_DIRECTORY = 3
/** What is held of a directory at once; a larger one belongs to no log. */
const MOST_ENTRIES = 100_000

/** Reads the central directory, which stands at the end of the file: its entries as they stand there, without folders. */
export async function readDirectory(file: OpenRanges, hold: Hold): Promise<ZipEntry[]> {
  const reader = new DirectoryReader(file)
  try {
    const zip = await fromRandomAccessReaderPromise(reader, file.sizeBytes, {
      autoClose: false,
      decodeStrings: false,
      validateEntrySizes: false,
    })
    const directoryAt = Number(zip.readEntryCursor)
    await hold((file.sizeBytes - directoryAt) * HELD_OF_DIRECTORY)
    const entries: ZipEntry[] = []
    for await (const entry of zip.eachEntry()) {
      entries.push(toEntry(entry, directoryAt))
      if (entries.length > MOST_ENTRIES) throw tooMany(file.path)
    }
    limitToNext(entries, directoryAt, file.path)
    return entries.filter(({ name }) => !name.endsWith('/'))
  } catch (error) {
    throw translate(error, file, reader.lastAt)
  }
}

/** Gives the library what it asks for out of larger pieces: it asks twice for every entry. */
class DirectoryReader extends RandomAccessReader {
  lastAt = 0
  private window: Buffer = Buffer.alloc(0)
  private windowAt = 0

  constructor(private readonly file: RangedFile) {
    super()
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    this.fill(position, length)
      .then((bytes) => {
        if (bytes.length < length) throw new Error('unexpected EOF')
        bytes.copy(buffer, offset)
        return null
      })
      .catch((error: Error) => error)
      .then(callback)
  }

  private async fill(position: number, length: number): Promise<Buffer> {
    this.lastAt = position
    const end = position + length
    if (position < this.windowAt || end > this.windowAt + this.window.length) {
      this.windowAt = position
      this.window = Buffer.alloc(0)
      if (position >= this.file.sizeBytes) return this.window
      this.window = await this.file.read(position, Math.max(end, position + WINDOW_BYTES))
    }
    return this.window.subarray(position - this.windowAt, end - this.windowAt)
  }
}

function toEntry(entry: Entry, directoryAt: number): ZipEntry {
  const { generalPurposeBitFlag: flags, fileNameRaw, extraFields } = entry
  return {
    name: getFileNameLowLevel(flags, fileNameRaw, extraFields, false),
    start: entry.relativeOffsetOfLocalHeader,
    end: directoryAt,
    packedBytes: entry.compressedSize,
    sizeBytes: entry.uncompressedSize,
    crc: entry.crc32,
    method: entry.compressionMethod,
    isEncrypted: (flags & 1) !== 0,
  }
}

/** Refuses entries that share bytes: that is how a small archive becomes more than its bytes can hold. */
function limitToNext(entries: readonly ZipEntry[], directoryAt: number, path: string): void {
  const byStart = [...entries].sort((one, other) => one.start - other.start)
  byStart.forEach((entry, index) => {
    entry.end = byStart[index + 1]?.start ?? directoryAt
    if (entry.start + LOCAL_HEADER_BYTES + entry.packedBytes > entry.end) throw overlapping(entry, path)
  })
}

/** An entry that goes on into the next one. */
export function overlapping({ name, start }: ZipEntry, path: string): Failure {
  return damaged(path, start, `The entry "${name}" overlaps what stands behind it in the zip archive`)
}

function tooMany(path: string): Failure {
  return new Failure('limit_exceeded', `The zip archive has more than ${MOST_ENTRIES} entries`, {
    reason: 'zip-entries',
    where: path,
    remedy: 'Store fewer files in one archive, or leave it out.',
    facts: { limit: MOST_ENTRIES },
  })
}

/** The library says what is wrong in words alone. */
function translate(error: unknown, { path, sizeBytes }: RangedFile, at: number): unknown {
  if (error instanceof Failure || !(error instanceof Error)) return error
  const { message } = error
  if (/^End of central directory/.test(message)) return truncated(path, sizeBytes)
  if (/^Invalid comment length/.test(message)) {
    return damaged(path, sizeBytes, 'Something stands behind the end of the zip archive')
  }
  if (/strong encryption/.test(message)) return encrypted(path, at)
  if (/^multi-disk/.test(message)) {
    return notUnpacked(path, at, 'zip-split', 'The zip archive is one part of several, which cannot be read')
  }
  return damaged(path, at, 'The directory of the zip archive is damaged')
}

/** What to throw where data is encrypted. */
export function encrypted(path: string, at: number): Failure {
  const message = 'The zip archive is encrypted, and cannot be read without its password'
  return notUnpacked(path, at, 'zip-encrypted', message)
}
