import type { Sample } from '#lib/domain/datasets/wire'
import { formatCount, formatQuantity } from '#lib/domain/format'

type Labelled = Pick<Sample, 'mode' | 'partitions' | 'partitionsTotal'> & { rows: readonly unknown[] }

/** Which records a sample holds: `"10,000 records spread over the newest 7 partitions of 150"`. */
export function sayRecords({ mode, rows, partitions, partitionsTotal }: Labelled): string {
  const records = formatQuantity(rows.length, 'record')
  if (mode === 'first-records') return `The first ${records}`
  const used = formatQuantity(partitions.length, 'partition')
  const of = partitionsTotal === null ? '' : ` of ${formatCount(partitionsTotal)}`
  if (mode === 'chosen-partitions') return `${records} of ${used} chosen${of}`
  return `${records} spread over the newest ${used}${of}`
}

/** Why a sample holds less than it could; null where it does not. */
export function sayEnd({ endedBy, rows }: Pick<Sample, 'endedBy' | 'rows'>): string | null {
  if (endedBy === null) return null
  const records = formatQuantity(rows.length, 'record')
  if (endedBy === 'deadline') return `Reading ended after 8 s, with ${records} so far.`
  return `Listing ended at its budget of 50,000 objects, with ${records} so far. Choose partitions to look further.`
}
