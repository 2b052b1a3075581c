import type { Sample } from '#lib/domain/datasets/sample-wire'
import { formatCount, formatQuantity } from '#lib/domain/format'

type Labelled = Pick<Sample, 'mode' | 'partitions' | 'partitionsTotal' | 'within' | 'random'> & {
  rows: readonly unknown[]
  files: readonly unknown[]
}

/** Which records a sample holds: `"10,000 records spread over the newest 7 partitions of 150"`. */
export function sayRecords({
  mode,
  rows,
  files,
  partitions,
  partitionsTotal,
  within,
  random,
}: Labelled): string {
  const records = formatQuantity(rows.length, 'record')
  const place = within === null ? '' : `, within ${within}`
  if (mode === 'first-records') return `The first ${records}${place}`
  if (mode === 'last-records') {
    return `The last ${records} of the ${formatQuantity(files.length, 'file')} changed last${place}`
  }
  if (random) {
    const of = formatCount(random.filesTotal)
    return `${records}: the first of ${formatQuantity(files.length, 'file')} chosen at random of ${of}, seed ${random.seed}${place}`
  }
  const used = formatQuantity(partitions.length, 'partition')
  const of = partitionsTotal === null ? '' : ` of ${formatCount(partitionsTotal)}`
  if (mode === 'chosen-partitions') return `${records} of ${used} chosen${of}`
  return `${records} spread over the newest ${used}${of}`
}

/** What ended a sample's reading, or what it was chosen from; null where nothing did. */
export function sayEnd({ endedBy, mode, rows }: Pick<Sample, 'endedBy' | 'mode' | 'rows'>): string | null {
  if (endedBy === null) return null
  const records = formatQuantity(rows.length, 'record')
  if (endedBy === 'size') return `The records are large: these ${records} are as much as a sample holds.`
  if (endedBy === 'deadline') return `Reading ended after 8 s, with ${records} so far.`
  if (mode === 'last-records' || mode === 'random-files')
    return 'Listing ended at its budget of 50,000 objects: files beyond were not considered. Choose partitions to look further.'
  return `Listing ended at its budget of 50,000 objects, with ${records} so far. Choose partitions to look further.`
}
