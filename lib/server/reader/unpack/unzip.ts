import 'server-only'
import { crc32, createInflateRaw } from 'node:zlib'
import { type ChosenEntries, chooseEntries } from '#lib/domain/formats/choose-entries'
import { chooseZipEntries, lookAtArchive } from '#lib/domain/formats/choose-zip-entries'
import { ByteQueue, drain } from '../byte-queue'
import type { Hold } from '../format-reader'
import type { OpenRanges } from '../open-source'
import type { ReadFacts } from '../records'
import { bunzip2 } from './bunzip2'
import { damaged, notUnpacked } from './packed-faults'
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
  hold: Hold
  /** Names of the entries that are read, see `chooseEntries`. */
  pattern: string
}

/** Gives the bytes of the chosen files in a zip archive, in the order of its directory; `facts.entry` names the current one. */
export async function* unzip(
  file: OpenRanges,
  facts: ReadFacts,
  { setting, hold, pattern }: UnzipOptions,
): AsyncGenerator<AsyncIterable<Buffer>> {
  const entries = await readDirectory(file, hold)
  if (setting === '') refuseOthers(entries, file.path)
  const meant = entries.filter(({ name }) => !SIDE_FILES.test(name))
  if (meant.length < entries.length) noteSideFiles(entries.length - meant.length, facts)
  facts.entries = meant
  const chosen = chooseEntries(meant, pattern)
  if (chosen.leftOut.length > 0) noteLeftOut(chosen, pattern, facts)
  const archive = new ForwardReader(
    file,
    entries.reduce((end, entry) => Math.max(end, entry.end), 0),
  )
  try {
    for (const entry of chosen.read) {
      facts.entry = entry.name
      yield unpackEntry(archive, entry, file.path, hold)
    }
  } finally {
    facts.entry = undefined
    await archive.close()
  }
}

async function* unpackEntry(
  archive: ForwardReader,
  entry: ZipEntry,
  path: string,
  hold: Hold,
): AsyncGenerator<Buffer> {
  if (entry.isEncrypted) throw encrypted(path, entry.start)
  const queue = await archive.goTo(entry.start)
  await skipLocalHeader(queue, entry, path)
  if (queue.offset + entry.packedBytes > entry.end) throw overlapping(entry, path)
  const packed = new ByteQueue(takeExactly(queue, entry.packedBytes))
  packed.offset = queue.offset
  let crc = 0
  let sizeBytes = 0
  for await (const chunk of unpackBytes(packed, entry, path, hold)) {
    crc = crc32(chunk, crc)
    sizeBytes += chunk.length
    if (sizeBytes > entry.sizeBytes)
      throw damaged(path, queue.offset, 'The entry is larger than the archive says')
    yield chunk
  }
  const isWhole = sizeBytes === entry.sizeBytes && crc === entry.crc
  if (!isWhole || (await packed.peek(1)).length > 0) throw damaged(path, queue.offset)
}

/** The same data can stand in an archive as in a file of its own. */
function unpackBytes(
  packed: ByteQueue,
  { method, start }: ZipEntry,
  path: string,
  hold: Hold,
): AsyncIterable<Buffer> {
  switch (method) {
    case 0:
      return drain(packed)
    case 8:
      return pump(createInflateRaw(ENGINE_OPTIONS), packed, path)
    case 12:
      return bunzip2(packed, path)
    case 93:
      return unzstd(packed, path, hold)
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
  const message = `Left out of the archive: ${count} files that macOS adds (__MACOSX, .DS_Store).`
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
    message: `Of the archive, ${read.length} of ${count} files are read: ${rule}. Left out: ${names}.`,
    remedy: 'Name the files to read in Files in the archive, on Format.',
    fixes: [
      // Without a pattern each archive is chosen from by itself.
      ...(only === null ? [] : [{ label: `Read only ${only}`, params: { zipEntries: only } }]),
      { label: 'Read all files in archives', params: { zipEntries: '*' } },
    ],
  })
}
