import 'server-only'
import { Failure } from '#lib/domain/errors'
import { looksBinary } from '#lib/domain/formats/looks-binary'
import {
  isUnreadPacking,
  packingByName,
  type ReadPacking,
  unmarkedPacking,
} from '#lib/domain/formats/packings'
import type { CompressionSetting } from '#lib/domain/formats/text-params'
import { type ByteQueue, drain } from '../byte-queue'
import type { PackedFile } from '../open-source'
import type { ReadFacts } from '../records'
import type { Resting } from '../resting'
import { bunzip2 } from './bunzip2'
import { gunzip } from './gunzip'
import { notUnpacked } from './packed-faults'
import { recognizePacking } from './recognize-compression'
import { type PackedData, unpackAgain } from './unpack-again'
import { unzip } from './unzip'
import { unzstd } from './unzstd'

const LOOKED_AT_BYTES = 300

/**
 * Unpacks a file by its content; its name only gives a note where it says something else. Gives the bytes of each file that
 * is inside: one, or several of an archive, to be read one after another; `zipEntries` names those. What takes more than a few
 * chunks is let go while the reading rests.
 */
export async function* unpack(
  file: PackedFile,
  setting: CompressionSetting,
  facts: ReadFacts,
  resting: Resting,
  zipEntries = '',
): AsyncGenerator<AsyncIterable<Buffer>> {
  const queue = await file.stream()
  const start = await queue.peek(LOOKED_AT_BYTES)
  const packing = setting === 'none' ? undefined : recognizePacking(start, file.path)
  if (setting === '') noteContent(start, packing, facts)
  else if (setting !== 'none' && setting !== packing && start.length > 0) {
    throw notThat(setting, packing, file.path)
  }
  facts.compression = packing ?? 'none'
  if (packing === 'zip') {
    const ranges = await file.ranged()
    await queue.close()
    yield* unzip(ranges, facts, { setting, resting, pattern: zipEntries })
    return
  }
  yield unpackStream(file, queue, packing, resting)
}

function unpackStream(
  file: PackedFile,
  queue: ByteQueue,
  packing: Exclude<ReadPacking, 'zip'> | undefined,
  resting: Resting,
): AsyncGenerator<Buffer> {
  switch (packing) {
    case 'gzip':
      return gunzip(queue, file.path)
    case 'bzip2':
      return unpackAgain(packedOf(file, queue), file.path, resting, bunzip2)
    case 'zstd':
      return unpackAgain(packedOf(file, queue), file.path, resting, unzstd)
    case undefined:
      return drain(queue)
  }
}

function packedOf(file: PackedFile, queue: ByteQueue): PackedData {
  let open = queue
  return {
    start: queue.offset,
    queue,
    again: async (offset) => {
      open = await file.again(offset)
      return open
    },
    rest: () => open.close(),
  }
}

function notThat(setting: ReadPacking, packing: ReadPacking | undefined, path: string): Failure {
  const found = packing === undefined ? '' : `; it is ${packing}`
  return new Failure('validation_failed', `The file is not ${setting}${found}`, {
    reason: `not-${setting}`,
    where: path,
    offset: 0,
    remedy: `Set File compression to detected or to ${packing ?? 'none'}.`,
  })
}

function noteContent(start: Buffer, packing: ReadPacking | undefined, facts: ReadFacts): void {
  const { path } = facts
  const kind = packing === undefined ? looksBinary(start, true) : undefined
  const unread = kind !== undefined && isUnreadPacking(kind.id) ? kind.name : undefined
  const unmarked = packing === undefined ? unmarkedPacking(path) : undefined
  if (unread !== undefined) {
    throw notUnpacked(path, 0, 'compression-not-read', `This looks like ${unread}, which cannot be read yet`)
  }
  if (unmarked !== undefined && !isText(start)) {
    const message = `This looks like ${unmarked} by its name, which cannot be read yet`
    const remedy = 'If it is text, set File compression to none. Otherwise store it as gzip, or leave it out.'
    throw notUnpacked(path, 0, 'compression-not-read', message, remedy)
  }
  const named = packingByName(path)
  if (named === undefined || named === packing || start.length === 0) return
  const message =
    packing === undefined
      ? `The name says ${named}, the content is not: it is read as it stands.`
      : `The name says ${named}, the content is ${packing}: it is read so.`
  facts.note({ reason: `not-${named}-by-content`, message })
}

/** Whether bytes may begin a text in UTF-8, whose last character may be cut, or one that is ASCII for the most part. */
function isText(start: Buffer): boolean {
  if (start.some((byte) => byte < TAB)) return false
  if (isMostlyAscii(start)) return true
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(start, { stream: true })
    return true
  } catch {
    return false
  }
}

/** Packed bytes are of all kinds alike: two of three are no ASCII, or control characters. */
function isMostlyAscii(start: Buffer): boolean {
  let ascii = 0
  for (const byte of start) {
    if (byte >= SPACE && byte < DELETE) ascii++
    else if (byte < SPACE && !LINE_CONTROLS.has(byte)) return false
  }
  return ascii >= start.length * TEXT_SHARE
}

const TAB = 9
const SPACE = 0x20
const DELETE = 0x7f
const LINE_CONTROLS = new Set([TAB, 0x0a, 0x0c, 0x0d])
const TEXT_SHARE = 0.7
