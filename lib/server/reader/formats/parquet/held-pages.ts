import 'server-only'
import { Failure } from '#lib/domain/errors'
import type { RangedLimits } from '../../format-reader'
import { freeBytes } from '../../free-bytes'
import type { Hold } from '../../hold'
import type { ColumnChunk } from './footer'
import type { PageHeader } from './page-header'

const MIB = 1024 * 1024
/** A DuckDB page may have 100 MB. */
const MAX_PAGE_BYTES = 256 * MIB
/** Pages of zeros take nearly nothing in the file. */
const MAX_HELD_BYTES = 512 * MIB
const MAX_RECORD_CHARS = 128 * MIB
/** What a record may take of what a reading holds, in characters: it stands there as text, as JSON, and as it is sent. */
const SHARE_OF_RECORD = 8

interface UnpackedPage {
  body: Buffer
  /** Nothing else stands in the same memory. */
  isAlone: boolean
}

/** What the columns of a row group hold of it at once, asked for before it is read. */
export class HeldPages {
  private bytes = 0
  private readonly rooms = new Set<Buffer>()
  readonly maxRecordChars: number

  constructor(
    private readonly path: string,
    private readonly limits: Pick<RangedLimits, 'maxPageBytes' | 'maxHeldBytes'> & { hold: Hold },
  ) {
    const { maxHeldBytes } = limits
    this.maxRecordChars = maxHeldBytes === undefined ? MAX_RECORD_CHARS : maxHeldBytes / SHARE_OF_RECORD
  }

  /** Waits until a page may be read and unpacked; throws a `Failure` when it is larger than that. */
  async reserve(header: PageHeader, { codec }: ColumnChunk): Promise<void> {
    const { unpackedBytes, packedBytes } = header
    const { maxPageBytes = MAX_PAGE_BYTES, maxHeldBytes = MAX_HELD_BYTES } = this.limits
    const pageBytes = Math.max(unpackedBytes, packedBytes)
    if (pageBytes > maxPageBytes) throw this.tooLarge(`pages of ${inMb(pageBytes)}`, maxPageBytes)
    this.bytes += sizeOf(header, codec)
    if (this.bytes > maxHeldBytes) {
      throw this.tooLarge(`pages of which ${inMb(this.bytes)} belong together`, maxHeldBytes)
    }
    await this.limits.hold(this.bytes)
  }

  /** What was packed is let go: the page as it was unpacked stays, in memory of its own or among other pages. */
  unpacked(header: PageHeader, { codec }: ColumnChunk, { body, isAlone }: UnpackedPage): void {
    this.bytes -= sizeOf(header, codec) - body.length
    if (isAlone) this.rooms.add(body)
  }

  /** Lets a page go of which nothing is read any more. */
  release(body: Buffer): void {
    this.bytes -= body.length
    if (this.rooms.delete(body)) freeBytes(body)
  }

  /** Lets all pages go: nothing of the row group is read any more. */
  close(): void {
    for (const body of this.rooms) freeBytes(body)
    this.rooms.clear()
  }

  /** Throws when a record, or one value of it, has more characters than are put together. */
  holdRecord(chars: number): void {
    if (chars <= this.maxRecordChars) return
    const limit = this.maxRecordChars
    throw new Failure('limit_exceeded', `A record of this Parquet file has more than ${limit} characters`, {
      reason: 'record-too-large',
      where: this.path,
      remedy: 'Leave the file out, or write it with shorter values.',
      facts: { limit },
    })
  }

  private tooLarge(what: string, limit: number): Failure {
    const most = `${Math.floor(limit / MIB)} MB`
    const isPart = this.limits.maxHeldBytes !== undefined
    const end = isPart
      ? `a preview reads at most ${most}. It can still be read whole.`
      : `at most ${most} are read.`
    return new Failure('limit_exceeded', `This Parquet file has ${what}; ${end}`, {
      reason: 'page-too-large',
      where: this.path,
      remedy: 'Write the file with smaller row groups.',
      facts: { limit },
    })
  }
}

const inMb = (bytes: number): string => `${Math.ceil(bytes / MIB)} MB`

/** Beside what it becomes a page is held as it is packed; one that is not packed is there once. */
function sizeOf({ isPacked, packedBytes, unpackedBytes }: PageHeader, codec: number): number {
  return isPacked && codec !== 0 ? packedBytes + unpackedBytes : Math.max(packedBytes, unpackedBytes)
}
