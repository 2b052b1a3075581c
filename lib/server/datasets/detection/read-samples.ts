import 'server-only'
import { chooseZipEntries } from '#lib/domain/formats/choose-zip-entries'
import { now } from '../../platform/clock'
import type { FileSource } from '../../reader/open-source'
import { readSampleBytes, type SampleBytes } from '../../reader/sample-text'
import type { SpreadFile } from './meet-files'

/** Read of each file, unpacked. */
const SAMPLE_BYTES = 256 * 1024
/** A file that comes late is told as a problem of its own. */
export const LEAST_READ_MS = 500

/** A file with its beginning. */
export interface ReadFile {
  file: SpreadFile
  sample: SampleBytes
}

/** The beginnings of files. */
export interface Samples {
  read: ReadFile[]
  /** Which files of all archives are read, where these hold others as well, see `chooseZipEntries`. */
  zipEntries: string | null
}

/**
 * Reads the beginnings of files side by side until `untilMs`. Of archives the same kind is read in each: one where another
 * kind takes more bytes is read again.
 */
export async function readSamples(
  files: readonly SpreadFile[],
  toSource: (file: SpreadFile) => FileSource,
  untilMs: number,
  signal: AbortSignal,
  /** Is called after the first look at each. */
  onLooked: () => void = () => undefined,
): Promise<Samples> {
  const readOne = (file: SpreadFile, zipEntries = '') => {
    const deadlineMs = Math.max(LEAST_READ_MS, untilMs - now().getTime())
    return readSampleBytes(toSource(file), { maxBytes: SAMPLE_BYTES, deadlineMs, zipEntries }, signal)
  }
  const read = await Promise.all(
    files.map(async (file) => ({ file, sample: await readOne(file).finally(onLooked) })),
  )
  const zipEntries = chooseZipEntries(read.flatMap(({ sample }) => sample.archive ?? []))
  if (zipEntries === null) return { read, zipEntries }
  const alike = read.map(async ({ file, sample }) => {
    const { archive } = sample
    const isRead = archive === null || archive.kinds[0]?.patterns.includes(zipEntries)
    return { file, sample: isRead ? sample : await readOne(file, zipEntries) }
  })
  return { read: await Promise.all(alike), zipEntries }
}
