import 'server-only'
import { Failure } from '#lib/domain/errors'
import type { Preview } from '#lib/domain/formats/wire'
import { now } from '../../platform/clock'
import type { ObjectStore } from '../../platform/object-store/types'
import { toProblem } from '../../reader/file-problems'
import { type PreviewRequest, previewObject } from '../../reader/preview-object'
import { mapConcurrently } from '../listing/walk-folders'

/** Records of one file that say little of the others: then further files are read. */
export const FEW_RECORDS = 10
/** Where it is enough. */
export const ENOUGH_RECORDS = 50
const MOST_FILES = 50
/** When no further file is opened. */
const UNTIL_MS = 1_000
const AT_ONCE = 8
const MIB = 1024 * 1024
const LIMITS = { maxBytesIn: MIB, maxBytesOut: 4 * MIB, deadlineMs: UNTIL_MS }

interface Place {
  store: ObjectStore
  format: PreviewRequest['format']
  /** The path of a file on the connection. */
  toPath: (path: string) => string
}

/**
 * Reads the first records of further files after those of a first one, in their order, until there are enough: bounded by
 * files, bytes and time. A file that cannot be read is told as a problem and passed over.
 */
export async function readOn(
  { store, format, toPath }: Place,
  files: readonly string[],
  records: number,
): Promise<Preview[]> {
  const untilMs = now().getTime() + UNTIL_MS
  let left = records
  const read: Preview[] = []
  for (let from = 0; from < Math.min(files.length, MOST_FILES) && left > 0; from += AT_ONCE) {
    if (now().getTime() > untilMs) break
    const batch = files.slice(from, Math.min(from + AT_ONCE, MOST_FILES))
    const previews = await mapConcurrently(batch, (file) =>
      previewOne({ store, path: toPath(file), format, maxRecords: left, limits: LIMITS }, file),
    )
    for (const one of previews) {
      if (left <= 0) break
      read.push(one)
      left -= one.rows.length
    }
  }
  return read
}

async function previewOne(request: PreviewRequest, file: string): Promise<Preview> {
  try {
    return named(await previewObject(request), file)
  } catch (error) {
    if (!(error instanceof Failure) || request.store.permit.signal.aborted) throw error
    return { ...NOTHING, usedPath: file, problems: [toProblem(error, file)] }
  }
}

/** A preview under the name that its file has below the dataset's path, and its problems too. */
export const named = (preview: Omit<Preview, 'usedPath'>, file: string): Preview => ({
  ...preview,
  usedPath: file,
  problems: preview.problems.map((problem) => ({ ...problem, path: file })),
})

const NOTHING: Omit<Preview, 'usedPath' | 'problems'> = {
  sizeBytes: 0,
  compression: 'none',
  charset: '',
  looksLike: null,
  columns: [],
  rows: [],
  records: 0,
  truncatedBy: 'failure',
  replacedBytes: 0,
}
