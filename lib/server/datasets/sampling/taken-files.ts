import 'server-only'
import { OutsideTally } from '#lib/domain/datasets/outside-schema'
import type { Sample } from '#lib/domain/datasets/sample-wire'
import type { SampleFile } from './find-files'
import type { RowsLimit } from './rows-in-order'
import type { SampleRow } from './sample-row'

/** Files that are begun together although it is not known what they give: so small that reading one in vain costs a request. */
const SMALL_TOGETHER_BYTES = 64 * 1024
const MOST_SMALL = 64
/** Files that are begun together, whatever those before them gave. */
const MOST_TOGETHER = 256

/** What has been read of one group of files: the first of them, each as far as it was needed. */
export interface Taken {
  candidates: readonly SampleFile[]
  files: { file: SampleFile; records: readonly SampleRow[]; chars: number }[]
  count: number
  /** UTF-16 units. */
  chars: number
  /** The last of the files may hold more. */
  cut: boolean
}

/**
 * The files of a group that are read next, together: as many as those before them let expect to be needed for what is missing;
 * at first `firstFiles`, or more where they are small.
 */
export function nextFiles(taken: Taken, missing: RowsLimit, firstFiles: number): readonly SampleFile[] {
  const { candidates, files, count, chars } = taken
  const start = files.length
  const small = Math.min(countSmall(candidates), missing.rows)
  const most = start === 0 ? small : filesFor(missing, { count, chars, files: start })
  return candidates.slice(start, start + Math.max(firstFiles, most))
}

function countSmall(files: readonly SampleFile[]): number {
  let bytes = 0
  const end = files.slice(0, MOST_SMALL).findIndex(({ sizeBytes }) => {
    bytes += sizeBytes
    return bytes > SMALL_TOGETHER_BYTES
  })
  return end < 0 ? MOST_SMALL : end
}

/** How many files it takes for what is missing, if they are like those that were read. */
function filesFor(missing: RowsLimit, read: { count: number; chars: number; files: number }): number {
  const byRows = (missing.rows * read.files) / Math.max(1, read.count)
  const byChars = (missing.chars * read.files) / Math.max(1, read.chars)
  return Math.min(MOST_TOGETHER, Math.ceil(Math.min(byRows, byChars)))
}

/** Lets go of what the last file gave: it is to be read again, for more. */
export function dropLast(taken: Taken): void {
  const last = taken.files.pop()
  taken.count -= last?.records.length ?? 0
  taken.chars -= last?.chars ?? 0
  taken.cut = false
}

/** The rows of all that was taken, in the order of the groups, `wanted` at most. */
export function layOut(
  taken: readonly Taken[],
  wanted: number,
): Pick<Sample, 'partitions' | 'files' | 'rows' | 'outside'> {
  const partitions = new Set<string>()
  const files: Sample['files'] = []
  const rows: Sample['rows'] = []
  const tally = new OutsideTally()
  for (const { files: read } of taken) {
    for (const { file, records } of read) {
      if (records.length === 0 || rows.length >= wanted) continue
      partitions.add(file.partition)
      let named: Sample['files'][number] | null = null
      for (const { outside = [], entry, ...record } of records.slice(0, wanted - rows.length)) {
        if (named === null || named.entry !== entry) {
          named = { path: file.path, partition: file.partition, ...(entry === undefined ? {} : { entry }) }
          files.push(named)
        }
        rows.push({ file: files.length - 1, ...record })
        for (const column of outside) tally.add(column)
      }
    }
  }
  return { partitions: [...partitions], files, rows, outside: tally.report() }
}
