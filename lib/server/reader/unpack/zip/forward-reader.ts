import 'server-only'
import type { ByteQueue } from '../../byte-queue'
import type { OpenRanges } from '../../open-source'

/** A gap up to this is read over instead of asking for another range. */
const MAX_GAP_BYTES = 256 * 1024

/** Goes from entry to entry of an archive in one stream as long as they stand one behind the other. */
export class ForwardReader {
  private queue: ByteQueue | undefined

  constructor(
    private readonly file: OpenRanges,
    private readonly end: number,
  ) {}

  /** Gives the bytes from `start` on. */
  async goTo(start: number): Promise<ByteQueue> {
    const gap = this.queue === undefined ? -1 : start - this.queue.offset
    if (this.queue !== undefined && gap >= 0 && gap <= MAX_GAP_BYTES) {
      await this.skip(this.queue, gap)
      return this.queue
    }
    await this.close()
    this.queue = await this.file.open(start, this.end)
    return this.queue
  }

  async close(): Promise<void> {
    await this.queue?.close()
    this.queue = undefined
  }

  private async skip(queue: ByteQueue, length: number): Promise<void> {
    for (let left = length; left > 0; ) {
      const chunk = await queue.next()
      if (chunk === undefined) return
      queue.unread(chunk.subarray(left))
      left -= Math.min(left, chunk.length)
    }
  }
}
