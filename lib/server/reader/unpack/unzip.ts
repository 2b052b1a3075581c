import 'server-only'
import { crc32, createInflateRaw } from 'node:zlib'
import { type ChosenEntries, chooseEntries } from '#lib/domain/formats/choose-entries'
import { chooseZipEntries, lookAtArchive } from '#lib/domain/formats/choose-zip-entries'
import { ByteQueue, drain } from '../byte-queue'
import type { OpenRanges } from '../open-source'
import type { ReadFacts } from '../records'
import type { Resting } from '../resting'
import { bunzip2 } from './bunzip2'
import { damaged, notUnpacked } from './packed-faults'
import { unpackAgain } from './unpack-again'
import { unzstd } from './unzstd'
import { encrypted, overlapping, readDirectory, type ZipEntry } from './zip/directory'
import { ForwardReader } from './zip/forward-reader'
import { ENGINE_OPTIONS, pump } from './zlib-engine'

const LOCAL_MAGIC = 0x04034b50
const LOCAL_HEADER_BYTES = 30

/** What writes an archive beside the files that were asked for. */
const SIDE_FILES = /^__MACOSX\/|(^|\/)\.DS_Store$/
/** Archives that are a document or a program, by a file they all have. */
const SAVE_AS_CSV = 'Save its tables as CSV, or leave it out.'
const OTHER_ARCHIVES: [name: string, kind: string, remedy: string][] = [
  ['[Content_Types].xml', 'an Office document (Excel, Word)', SAVE_AS_CSV],
  ['META-INF/MANIFEST.MF', 'a Java archive', 'No type reads it: leave it out.'],
  ['mimetype', 'an OpenDocument or EPUB file', SAVE_AS_CSV],
]

interface UnzipOptions {
  /** File compression as it is set. */
  setting: string
  resting: Resting
  /** Names of the entries that are read, see `chooseEntries`. */
  pattern: string
}

/** Gives the bytes of the chosen files in a zip archive, in the order of its directory; `facts.entry` names the current one. */
export async function* unzip(
  file: OpenRanges,
  facts: ReadFacts,
  { setting, resting, pattern }: UnzipOptions,
): AsyncGenerator<AsyncIterable<Buffer>> {
  let next = 0
  let end = 0
  const entries = resting(
    async function* (hold) {
      const all = await readDirectory(file, hold)
      const meant = all.filter(({ name }) => !SIDE_FILES.test(name))
      const chosen = chooseEntries(meant, pattern)
      if (next === 0) {
        if (setting === '') refuseOthers(all, file.path)
        if (meant.length < all.length) noteSideFiles(all.length - meant.length, facts)
        if (chosen.leftOut.length > 0) noteLeftOut(chosen, pattern, facts)
        end = all.reduce((most, entry) => Math.max(most, entry.end), 0)
      }
      facts.entries = meant
      for (const entry of chosen.read.slice(next)) {
        next++
        yield entry
      }
    },
    () => {
      facts.entries = undefined
    },
  )
  let archive: ForwardReader | undefined
  try {
    for await (const entry of entries) {
      archive ??= new ForwardReader(file, end)
      facts.entry = entry.name
      yield unpackEntry(archive, entry, file.path, resting)
    }
  } finally {
    facts.entry = undefined
    await archive?.close()
  }
}

async function* unpackEntry(
  archive: ForwardReader,
  entry: ZipEntry,
  path: string,
  resting: Resting,
): AsyncGenerator<Buffer> {
  if (entry.isEncrypted) throw encrypted(path, entry.start)
  const queue = await archive.goTo(entry.start)
  await skipLocalHeader(queue, entry, path)
  if (queue.offset + entry.packedBytes > entry.end) throw overlapping(entry, path)
  const packed = new PackedEntry(archive, queue, entry)
  let crc = 0
  let sizeBytes = 0
  for await (const chunk of unpackBytes(packed, entry, path, resting)) {
    crc = crc32(chunk, crc)
    sizeBytes += chunk.length
    if (sizeBytes > entry.sizeBytes)
      throw damaged(path, packed.queue.offset, 'The entry is larger than the archive says')
    yield chunk
  }
  const isWhole = sizeBytes === entry.sizeBytes && crc === entry.crc
  if (!isWhole || (await packed.queue.peek(1)).length > 0) throw damaged(path, packed.queue.offset)
}

/** The data of an entry, which can be gone back to. */
class PackedEntry {
  queue: ByteQueue
  readonly start: number
  private readonly end: number

  constructor(
    private readonly archive: ForwardReader,
    bytes: ByteQueue,
    { packedBytes }: ZipEntry,
  ) {
    this.start = bytes.offset
    this.end = bytes.offset + packedBytes
    this.queue = this.cut(bytes)
  }

  /** Gives it from a place on; nothing is held open after that, until it is asked for again. */
  async again(offset: number): Promise<ByteQueue> {
    this.queue = this.cut(await this.archive.goTo(offset))
    return this.queue
  }

  rest(): Promise<void> {
    return this.archive.close()
  }

  private cut(bytes: ByteQueue): ByteQueue {
    const queue = new ByteQueue(takeExactly(bytes, this.end - bytes.offset))
    queue.offset = bytes.offset
    return queue
  }
}

/** The same data can stand in an archive as in a file of its own. */
function unpackBytes(
  packed: PackedEntry,
  { method, start }: ZipEntry,
  path: string,
  resting: Resting,
): AsyncIterable<Buffer> {
  switch (method) {
    case 0:
      return drain(packed.queue)
    case 8:
      return pump(createInflateRaw(ENGINE_OPTIONS), packed.queue, path)
    case 12:
      return unpackAgain(packed, path, resting, bunzip2)
    case 93:
      return unpackAgain(packed, path, resting, unzstd)
    default: {
      const name = method === 9 ? 'Deflate64' : method === 14 ? 'LZMA' : `method ${method}`
      throw notUnpacked(path, start, 'zip-method', `It is packed with ${name}, which cannot be read yet`)
    }
  }
}

/** The sizes in it may be left open; those of the directory are right. */
async function skipLocalHeader(queue: ByteQueue, entry: ZipEntry, path: string): Promise<void> {
  const head = await queue.take(LOCAL_HEADER_BYTES)
  if (head.length < LOCAL_HEADER_BYTES || head.readUInt32LE(0) !== LOCAL_MAGIC)
    throw damaged(path, entry.start)
  const length = head.readUInt16LE(26) + head.readUInt16LE(28)
  if (length > 0 && (await queue.take(length)).length < length) throw damaged(path, entry.start)
}

async function* takeExactly(queue: ByteQueue, length: number): AsyncGenerator<Buffer> {
  for (let left = length; left > 0; ) {
    const chunk = await queue.next()
    if (chunk === undefined) return
    queue.unread(chunk.subarray(left))
    yield chunk.subarray(0, left)
    left -= Math.min(left, chunk.length)
  }
}

function refuseOthers(entries: readonly ZipEntry[], path: string): void {
  const names = new Set(entries.map(({ name }) => name))
  const other = OTHER_ARCHIVES.find(([name]) => names.has(name))
  if (other === undefined) return
  const message = `This looks like ${other[1]}, which cannot be read yet`
  throw notUnpacked(path, 0, 'compression-not-read', message, other[2])
}

function noteSideFiles(count: number, facts: ReadFacts): void {
  const message = `Left out of the archive: ${count === 1 ? '1 file' : `${count} files`} that macOS adds (__MACOSX, .DS_Store).`
  facts.note({ reason: 'zip-side-files', message })
}

/** Entries that are named; of more only the number is told. */
const MOST_NAMED = 3

function noteLeftOut(
  { read, leftOut, kind }: ChosenEntries<ZipEntry>,
  pattern: string,
  facts: ReadFacts,
): void {
  const named = leftOut.slice(0, MOST_NAMED).map(({ name }) => name.slice(-200).toWellFormed())
  const more = leftOut.length - named.length
  const names = `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
  const rule = kind === null ? pattern : kind === '' ? 'names without an ending' : `*${kind}`
  const count = read.length + leftOut.length
  const only = kind === null ? null : chooseZipEntries([lookAtArchive([...read, ...leftOut])])
  facts.note({
    reason: 'zip-entries-left-out',
    message: `Of the archive, ${read.length} of ${count} files ${read.length === 1 ? 'is' : 'are'} read: ${rule}. Left out: ${names}.`,
    remedy: 'Name the files to read in Files in the archive, on Format.',
    fixes: [
      // Without a pattern each archive is chosen from by itself.
      ...(only === null ? [] : [{ label: `Read only ${only}`, params: { zipEntries: only } }]),
      { label: 'Read all files in archives', params: { zipEntries: '*' } },
    ],
  })
}
