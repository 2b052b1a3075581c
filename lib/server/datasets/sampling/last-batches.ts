import 'server-only'
import type { RecordBatch } from '../../reader/records'

/** Holds as many of the batches that came last as it takes for so many records, or as so many bytes allow. */
export class LastBatches {
  /** Some of the records wanted were let go of for their size. */
  isCut = false
  private batches: RecordBatch[] = []
  private sizes: number[] = []
  private count = 0
  private bytes = 0

  constructor(
    private readonly records: number,
    private readonly maxBytes: number,
  ) {}

  /** `bytes`: about what the batch holds. */
  add(batch: RecordBatch, bytes: number): void {
    this.batches.push(batch)
    this.sizes.push(bytes)
    this.count += batch.count
    this.bytes += bytes
    for (let first = this.batches[0]; first && this.batches.length > 1; first = this.batches[0]) {
      const isSpare = this.count - first.count >= this.records
      if (!isSpare && this.bytes <= this.maxBytes) break
      this.isCut = !isSpare
      this.batches.shift()
      this.count -= first.count
      this.bytes -= this.sizes.shift() ?? 0
    }
  }

  /** The batches in order; the first of them from its record `from` on. */
  taken(): { batch: RecordBatch; from: number }[] {
    const over = Math.max(0, this.count - this.records)
    return this.batches.map((batch, index) => ({ batch, from: index === 0 ? over : 0 }))
  }
}
