import 'server-only'
import { type FilesPreview, PreviewJoin } from '#lib/domain/datasets/files-preview'
import { Failure } from '#lib/domain/errors'
import type { Preview } from '#lib/domain/formats/wire'
import type { ObjectStore } from '../../platform/object-store/types'
import { toProblem } from '../../reader/file-problems'
import { type PreviewRequest, previewObject } from '../../reader/preview-object'

/** Records of one file that say little of the others: then further files are read. */
export const FEW_RECORDS = 10
/** Where it is enough. */
export const ENOUGH_RECORDS = 50
const MOST_FILES = 50
/** For all of the further files. */
const UNTIL_MS = 1_000
/** Half of the previews that are read at once in a process: the others are for people who wait for their first one. */
const AT_ONCE = 2
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
 * files, bytes and time. A file that cannot be read is told as a problem and passed over; one of other content in another
 * folder is no part of what is shown.
 */
export async function readOn(
  { store, format, toPath }: Place,
  files: readonly string[],
  first: Preview,
  records: number,
): Promise<FilesPreview> {
  const join = new PreviewJoin(first, records)
  const ended = AbortSignal.timeout(UNTIL_MS)
  const wanted = files.slice(0, MOST_FILES)
  for (let from = 0; from < wanted.length && join.left > 0 && !ended.aborted; from += AT_ONCE) {
    const batch = wanted.slice(from, from + AT_ONCE)
    const previews = batch.map((file) => {
      const request = { store, path: toPath(file), format, maxRecords: join.left, limits: LIMITS }
      return previewUntil(ended, request, file)
    })
    for (const one of await Promise.all(previews))
      if (one !== null && join.left > 0 && !isOfOtherContent(one, first, join)) join.add(one)
  }
  return join.preview
}

/** Null where the time ended first: what holds a request up is not waited for. */
async function previewUntil(
  ended: AbortSignal,
  request: PreviewRequest,
  file: string,
): Promise<Preview | null> {
  const timeIsUp = Promise.withResolvers<null>()
  const end = () => timeIsUp.resolve(null)
  ended.addEventListener('abort', end, { once: true })
  try {
    return await Promise.race([timeIsUp.promise, previewOne({ ...request, signal: ended }, file)])
  } catch (error) {
    if (ended.aborted && !request.store.permit.signal.aborted) return null
    throw error
  } finally {
    ended.removeEventListener('abort', end)
  }
}

async function previewOne(request: PreviewRequest, file: string): Promise<Preview> {
  try {
    return named(await previewObject(request), file)
  } catch (error) {
    const isEnded = request.store.permit.signal.aborted || request.signal?.aborted === true
    if (!(error instanceof Failure) || isEnded) throw error
    return { ...NOTHING, usedPath: file, problems: [toProblem(error, file)] }
  }
}

/** Folders that differ by more than numbers and days may divide files by content, as CloudTrail's digests beside its records. */
function isOfOtherContent(other: Preview, first: Preview, join: PreviewJoin): boolean {
  if (shapeOfFolder(other.usedPath) === shapeOfFolder(first.usedPath)) return false
  return join.isForeign(other) || (other.rows.length === 0 && other.problems.length > 0)
}

const shapeOfFolder = (path: string): string =>
  path.slice(0, path.lastIndexOf('/')).replaceAll(/[0-9]+/g, '0')

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
