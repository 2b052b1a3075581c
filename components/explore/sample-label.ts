import type { Sample } from '#lib/domain/datasets/sample-wire'
import { formatCount, formatQuantity } from '#lib/domain/format'

type Labelled = Pick<
  Sample,
  'mode' | 'partitions' | 'partitionsTotal' | 'within' | 'amongNewest' | 'complete' | 'random'
> & {
  rows: readonly unknown[]
  files: readonly { path: string }[]
}

/** Which records a sample holds: `"10,000 records spread over the newest 7 partitions of 150"`, `"All 1,080 records"`. */
export function sayRecords(sample: Labelled): string {
  const { mode, rows, files, partitions, partitionsTotal, complete, random } = sample
  const records = formatQuantity(rows.length, 'record')
  const all = rows.length === 1 ? 'The one record' : `All ${records}`
  if (mode === 'chosen-partitions') {
    const chosen = formatQuantity(partitions.length, 'chosen partition')
    return `${complete ? all : records} of ${chosen}${sayTotal(partitionsTotal)}`
  }
  const place = sayPlace(sample)
  if (complete) return `${all}${place}`
  // Of an archive each file inside is told by itself.
  const filesRead = new Set(files.map(({ path }) => path)).size
  if (mode === 'first-records') return `The first ${records} in the order of paths${place}`
  if (mode === 'last-records')
    return `The last ${records} of the ${formatQuantity(filesRead, 'file')} changed last${place}`
  if (random) return `${records} from the beginning of ${sayChosen(filesRead, random)}${place}`
  return `${records} ${sayNewest(partitions.length, partitionsTotal)}`
}

const sayTotal = (total: number | null) => (total === null ? '' : ` of ${formatCount(total)}`)

/** `"spread over the newest 7 partitions of 150"`; where there are no others, none is the newest. */
function sayNewest(count: number, total: number | null): string {
  if (count === total)
    return count === 1 ? 'of the one partition' : `spread over all ${formatCount(count)} partitions`
  if (count === 1) return `of the newest partition${sayTotal(total)}`
  return `spread over the newest ${formatCount(count)} partitions${sayTotal(total)}`
}

function sayPlace({ within, amongNewest }: Labelled): string {
  if (amongNewest) return ', of the newest partitions'
  return within === null ? '' : `, within ${within}`
}

/** `"100 files chosen at random among 4,500, seed 42"`; where all of them were read, chance has left none out. */
function sayChosen(filesRead: number, { seed, filesTotal }: NonNullable<Sample['random']>): string {
  if (filesRead === filesTotal)
    return filesTotal === 1 ? 'the one file' : `all ${formatCount(filesTotal)} files`
  return `${formatQuantity(filesRead, 'file')} chosen at random among ${formatCount(filesTotal)}, seed ${seed}`
}

type Ended = Pick<Sample, 'endedBy' | 'mode' | 'rows' | 'filesRead' | 'filesFound'>

/** What ended a sample's reading, or what it was chosen from; null where nothing did. */
export function sayEnd(sample: Ended): string | null {
  const { endedBy, mode, rows, filesRead, filesFound } = sample
  if (endedBy === null) return null
  const records = formatQuantity(rows.length, 'record')
  if (endedBy === 'size') return `The records are large: these ${records} are as much as a sample holds.`
  if (endedBy === 'deadline')
    return `Reading ended after 8 s: ${formatCount(filesRead)} of ${formatQuantity(filesFound, 'file')} read, with ${records} so far.`
  if (endedBy === 'scan-deadline')
    return `Listing ended after 5 s, with ${formatQuantity(filesFound, 'file')} so far: files beyond were not considered.`
  if (mode === 'first-records')
    return `Listing ended at its budget of 50,000 objects, with ${records} so far. Choose partitions to look further.`
  return 'Listing ended at its budget of 50,000 objects: files beyond were not considered. Choose partitions to look further.'
}
