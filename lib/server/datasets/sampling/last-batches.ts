import 'server-only'
import type { RecordBatch } from '../../reader/records'

interface HeldBatch {
  batch: RecordBatch
  /** The file of an archive that its records stand in. */
  entry: string | undefined
}

/** Holds as many of the batches that came last as it takes for so many records, or as so many bytes allow. */
export class LastBatches {
  /** Some of the records wanted were let go of for their size. */
  isCut = false
  private batches: HeldBatch[] = []
  private sizes: number[] = []
  private count = 0
  private bytes = 0

  constructor(
    private readonly records: number,
    private readonly maxBytes: number,
  ) {}

  /** `bytes`: about what the batch holds. */
  add(batch: RecordBatch, entry: string | undefined, bytes: number): void {
    this.batches.push({ batch, entry })
    this.sizes.push(bytes)
    this.count += batch.count
    this.bytes += bytes
    for (let first = this.batches[0]; first && this.batches.length > 1; first = this.batches[0]) {
      const isSpare = this.count - first.batch.count >= this.records
      if (!isSpare && this.bytes <= this.maxBytes) break
      this.isCut = !isSpare
      this.batches.shift()
      this.count -= first.batch.count
      this.bytes -= this.sizes.shift() ?? 0
    }
  }

  /** The batches in order; the first of them from its record `from` on. */
  taken(): (HeldBatch & { from: number })[] {
    const over = Math.max(0, this.count - this.records)
    return this.batches.map((held, index) => ({ ...held, from: index === 0 ? over : 0 }))
  }
}
