import 'server-only'

const BLOCK_HEADER_BYTES = 3
const CHECKSUM_BYTES = 4
const MAX_BLOCK_BYTES = 128 * 1024

const RLE = 1
const RESERVED = 3

/** Finds the end of a frame from block to block, whatever chunks it comes in; it begins behind the frame's header. */
export class FrameWalker {
  hasEnded = false
  /** A block that cannot be. */
  isDamaged = false
  /** Bytes of the current block, or of the checksum, that are still to come. */
  private left = 0
  private isLast = false
  private blockHeader = 0
  private blockHeaderBytes = 0

  constructor(private readonly hasChecksum: boolean) {}

  /** Tells how many bytes of a chunk belong to the frame, up to its end or to what is damaged. */
  walk(chunk: Buffer): number {
    let at = 0
    while (at < chunk.length && !this.hasEnded && !this.isDamaged) {
      if (this.left > 0) {
        const step = Math.min(this.left, chunk.length - at)
        this.left -= step
        at += step
        this.endBlock()
        continue
      }
      this.blockHeader |= (chunk[at++] ?? 0) << (8 * this.blockHeaderBytes)
      this.blockHeaderBytes++
      if (this.blockHeaderBytes === BLOCK_HEADER_BYTES) this.beginBlock()
    }
    return at
  }

  private beginBlock(): void {
    const type = (this.blockHeader >>> 1) & 3
    const size = this.blockHeader >>> 3
    this.isDamaged = type === RESERVED || size > MAX_BLOCK_BYTES
    this.isLast = (this.blockHeader & 1) === 1
    // An empty last block with a checksum behind it is an end as well.
    this.left = (type === RLE ? 1 : size) + (this.isLast && this.hasChecksum ? CHECKSUM_BYTES : 0)
    this.blockHeader = 0
    this.blockHeaderBytes = 0
    this.endBlock()
  }

  private endBlock(): void {
    if (this.left === 0 && this.isLast && !this.isDamaged) this.hasEnded = true
  }
}
