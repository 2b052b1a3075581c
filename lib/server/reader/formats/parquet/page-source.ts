import 'server-only'
import { crc32 } from 'node:zlib'
import { freeBytes, LARGE_BYTES } from '../../free-bytes'
import type { RangedFile } from '../../ranged-file'
import { decompress } from './decompress'
import { type ColumnChunk, corrupt, guard } from './footer'
import type { HeldPages } from './held-pages'
import { Malformed } from './malformed'
import { type PageHeader, readPageHeader } from './page-header'

/** One page as it stands in the file. */
export interface Page {
  header: PageHeader
  /** Levels of the second version, which are never packed; empty in the first. */
  levels: Buffer
  /** Unpacked. */
  body: Buffer
  /** Of its header. */
  offset: number
}

const FIRST_READ_BYTES = 64 * 1024
const MOST_READ_BYTES = 1024 * 1024
/** Headers hold a few numbers, and the least and greatest value of the page. */
const MAX_HEADER_BYTES = 1024 * 1024

/** The pages of one column of one row group, read by ranges as they are asked for. */
export class PageSource {
  private offset: number
  private window: Buffer
  private windowStart: number
  private nextReadBytes: number
  private readonly mostReadBytes: number

  constructor(
    private readonly file: RangedFile,
    private readonly chunk: ColumnChunk,
    private readonly held: HeldPages,
    /** Bytes of the file that are at hand, and what one read may be ahead of what is asked for. */
    read: { window: Buffer; windowStart: number; aheadBytes: number },
  ) {
    this.offset = chunk.start
    this.window = read.window
    this.windowStart = read.windowStart
    this.nextReadBytes = Math.min(FIRST_READ_BYTES, read.aheadBytes)
    this.mostReadBytes = Math.min(MOST_READ_BYTES, read.aheadBytes)
  }

  /** Reads the next page; undefined behind the last one. */
  async next(): Promise<Page | undefined> {
    const { offset, chunk, file } = this
    if (offset >= chunk.end) return undefined
    const header = await this.readHeader()
    const start = offset + header.length
    if (header.packedBytes > chunk.end - start) {
      throw corrupt(file.path, offset, `A page of ${header.packedBytes} bytes reaches behind its column`)
    }
    await this.held.reserve(header, chunk)
    const packed = await this.read(start, header.packedBytes)
    this.offset = start + header.packedBytes
    // A page that was not at hand was read into memory that begins with it; what is read ahead of the next is copied.
    const isAlone = start === this.windowStart && packed.length >= LARGE_BYTES
    if (packed.length >= LARGE_BYTES) this.dropRead()
    return guard(file.path, offset, () => {
      const { levels, body } = unpackPage(header, packed, chunk.codec)
      const wasUnpacked = body.buffer !== packed.buffer
      this.held.unpacked(header, chunk, { body, isAlone: wasUnpacked || isAlone })
      if (!wasUnpacked || !isAlone) return { header, offset, levels, body }
      const page = { header, offset, levels: Buffer.from(levels), body }
      freeBytes(packed)
      return page
    })
  }

  /** Goes past the next page without reading it where that is one of values, at most so many; gives how many these are. */
  async pass(mostValues: number): Promise<number> {
    const { offset, chunk } = this
    if (offset >= chunk.end) return 0
    const { kind, values, length, packedBytes } = await this.readHeader()
    const isOfValues = kind === 'data' || kind === 'data-v2'
    if (!isOfValues || values > mostValues || packedBytes > chunk.end - offset - length) return 0
    this.offset = offset + length + packedBytes
    return values
  }

  /** Lets go of a large page that was read, but for what follows it. */
  private dropRead(): void {
    this.window = Buffer.from(this.window.subarray(this.offset - this.windowStart))
    this.windowStart = this.offset
  }

  private async readHeader(): Promise<PageHeader> {
    const { offset, chunk, file } = this
    const rest = chunk.end - offset
    for (let length = 256; ; length *= 8) {
      const bytes = await this.read(offset, Math.min(length, rest))
      if (length >= rest || length >= MAX_HEADER_BYTES)
        return guard(file.path, offset, () => readPageHeader(bytes))
      try {
        return readPageHeader(bytes)
      } catch {
        // It may only be cut: with more of it the same fault is told.
      }
    }
  }

  /** Gives bytes of the chunk, as they are at hand or by a range that also takes some of what follows. */
  private async read(start: number, length: number): Promise<Buffer> {
    const held = this.windowStart + this.window.length
    if (start < this.windowStart || start + length > held) {
      const kept =
        start >= this.windowStart && start < held ? this.window.subarray(start - this.windowStart) : EMPTY
      const from = start + kept.length
      const end = Math.min(this.chunk.end, Math.max(start + length, from + this.nextReadBytes))
      const window = await this.file.read(from, end, kept)
      if (window.length < end - from + kept.length)
        throw corrupt(this.file.path, from - kept.length + window.length, 'The file ends too early')
      this.window = window
      this.windowStart = start
      this.nextReadBytes = Math.min(this.mostReadBytes, this.nextReadBytes * 4)
    }
    return this.window.subarray(start - this.windowStart, start - this.windowStart + length)
  }
}

const EMPTY = Buffer.alloc(0)

function unpackPage(header: PageHeader, packed: Buffer, codec: number): Pick<Page, 'levels' | 'body'> {
  if (header.crc !== undefined && crc32(packed) !== header.crc)
    throw new Malformed('The checksum of a page is wrong')
  if (header.kind === 'index') return { levels: EMPTY, body: EMPTY }
  const levelBytes = header.repetitionBytes + header.definitionBytes
  const levels = packed.subarray(0, levelBytes)
  const values = packed.subarray(levelBytes)
  const length = header.unpackedBytes - levelBytes
  const body = decompress(values, header.isPacked && values.length > 0 ? codec : 0, length)
  return { levels, body }
}
