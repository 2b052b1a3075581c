import 'server-only'
import type { RecordBatch } from '../reader/records'

/** Holds as many of the batches that came last as it takes for so many records. */
export class LastBatches {
  private batches: RecordBatch[] = []
  private count = 0

  constructor(private readonly records: number) {}

  add(batch: RecordBatch): void {
    this.batches.push(batch)
    this.count += batch.count
    for (
      let first = this.batches[0];
      first && this.count - first.count >= this.records;
      first = this.batches[0]
    ) {
      this.batches.shift()
      this.count -= first.count
    }
  }

  /** The batches in order; the first of them from its record `from` on. */
  taken(): { batch: RecordBatch; from: number }[] {
    const over = Math.max(0, this.count - this.records)
    return this.batches.map((batch, index) => ({ batch, from: index === 0 ? over : 0 }))
  }
}
