import 'server-only'
import type { FilesDetection } from '#lib/domain/datasets/files-detection'
import type { DefinitionRequest } from '#lib/domain/datasets/files-wire'
import { Failure } from '#lib/domain/errors'
import { type FormatSettings, formatKind } from '#lib/domain/formats/catalogue'
import { chooseCharset, proposedCharset, sumCompressions } from '#lib/domain/formats/detect/choose-charset'
import { detectFormat } from '#lib/domain/formats/detect/detect-format'
import { detectTimestamps } from '#lib/domain/formats/detect/detect-timestamps'
import { cutToLines, type TextSample } from '#lib/domain/formats/detect/text-sample'
import { detectCharset } from '#lib/domain/formats/detect-charset'
import type { FormatCandidate } from '#lib/domain/formats/detection'
import type { Context } from '../../access/caller'
import { withPermit } from '../../access/with-permit'
import { openConnection } from '../../connections/store-target'
import { now } from '../../platform/clock'
import type { ObjectStore } from '../../platform/object-store/types'
import { type Beginning, decodeSample, readSampleBytes, type SampleBytes } from '../../reader/sample-text'
import { connectionFilesKind } from '../connection-files-kind'
import { explainNoFile } from '../listing/explain-no-file'
import { connectionPathOf } from '../listing/scan-files'
import { chooseFiles } from './choose-files'
import { divideByFolder } from './divide-by-folder'
import type { SpreadFile } from './meet-files'
import { readFileColumns } from './read-file-columns'

const MOST_FILES = 8
/** Read of each file, unpacked. */
const SAMPLE_BYTES = 256 * 1024
/** When reading ends with what was read until then; the permit itself ends a little later. */
const READ_MS = 4_000
const DEADLINE_MS = 5_000
/** A file that comes late is told as a problem of its own. */
const LEAST_READ_MS = 500

/**
 * Looks at the beginnings of several files of different ages and sizes, and tells how they are to be read. The definition's
 * own format does not matter; a file that cannot be read is listed with its problem and leaves the others as they are.
 */
export function detectFiles(
  ctx: Context,
  { definition }: Pick<DefinitionRequest, 'definition'>,
): Promise<FilesDetection> {
  const { connection: name, path, bucket } = definition.params
  return withPermit(
    ctx,
    connectionFilesKind,
    'detect-format',
    { name },
    { deadlineMs: DEADLINE_MS, details: { path } },
    async ({ row }) => row,
    async (permit, connection) => {
      const startedMs = now().getTime()
      const store = openConnection(permit, connection, bucket ?? undefined)
      const files = await chooseFiles(store, definition, { most: MOST_FILES, isVaried: true })
      if (files.length === 0) {
        throw new Failure('not_found', await explainNoFile(store, connection, definition), {
          reason: 'nothing-to-detect',
          where: path,
        })
      }
      const deadlineMs = Math.max(LEAST_READ_MS, startedMs + READ_MS - now().getTime())
      const read = await Promise.all(
        files.map(async (file) => ({
          file,
          sample: await readFile(store, connectionPathOf(definition, file.path), deadlineMs),
        })),
      )
      const judged = await judge(read)
      const leftMs = Math.max(LEAST_READ_MS, startedMs + READ_MS - now().getTime())
      const candidates = await nameOwnColumns(judged.candidates, read, (file, format) =>
        readFileColumns(store, connectionPathOf(definition, file), format, leftMs),
      )
      return { ...judged, candidates, durationMs: now().getTime() - startedMs }
    },
  )
}

const readFile = (store: ObjectStore, path: string, deadlineMs: number): Promise<SampleBytes> =>
  readSampleBytes({ store, path }, { maxBytes: SAMPLE_BYTES, deadlineMs }, store.permit.signal)

interface ReadFile {
  file: SpreadFile
  sample: SampleBytes
}

type Judged = Omit<FilesDetection, 'durationMs'>

/** A look at all files that is less sure may be one at two contents. */
const SURE = 0.9

/** What the beginnings of files say; where folders divide them by content, those of the main one. */
async function judge(read: readonly ReadFile[]): Promise<Judged> {
  const known = read.filter(({ sample }) => sample.bytes.length > 0)
  const texts = await Promise.all(known.map((one) => toTextSamples(one)))
  const whole = judgeTogether(known, texts.flat())
  const sizes = new Map(known.map(({ file }) => [file.path, file.sizeBytes]))
  const isSure = (whole.candidates[0]?.confidence ?? 1) >= SURE
  const division = isSure
    ? null
    : divideByFolder(
        texts.flatMap(([first]) => first ?? []),
        (path) => sizes.get(path) ?? 0,
      )
  const judged =
    division === null
      ? whole
      : judgeTogether(
          known.filter(({ file }) => division.main.has(file.path)),
          texts.filter((_, index) => division.main.has(known[index]?.file.path ?? '')).flat(),
        )
  return {
    ...judged,
    beside: division?.beside ?? [],
    files: read.map(({ file, sample }) => ({
      path: file.path,
      sizeBytes: file.sizeBytes,
      modifiedAt: new Date(file.modifiedAtMs).toISOString(),
      compression: sample.compression,
      charset: charsetOf(sample),
      looksLike: sample.looksLike?.name ?? null,
      problem: sample.problem?.message ?? null,
    })),
  }
}

/** How files are to be read that are all of one content; one that broke off says what it has before that. */
function judgeTogether(known: readonly ReadFile[], texts: readonly TextSample[]) {
  const charset = chooseCharset(
    known.flatMap(({ sample }) => (sample.looksLike === null ? [sample, ...sample.further] : [])),
  )
  const candidates = detectFormat(texts, proposedCharset(charset))
  const [first] = candidates
  return {
    candidates,
    charset,
    compression: sumCompressions(known.map(({ sample }) => sample.compression)),
    timestamps: first === undefined ? [] : detectTimestamps(texts, first.format),
  }
}

/** Files of binary formats name their columns themselves, not in their beginnings: the newest one that was met tells them. */
const nameOwnColumns = (
  candidates: readonly FormatCandidate[],
  read: readonly ReadFile[],
  columnsOf: (path: string, format: FormatSettings) => Promise<string[]>,
): Promise<FormatCandidate[]> =>
  Promise.all(
    candidates.map(async (candidate) => {
      const { contents = [] } = formatKind(candidate.format.type)
      const newest = read.findLast(({ sample }) => contents.some(({ id }) => id === sample.looksLike?.id))
      if (newest === undefined) return candidate
      return { ...candidate, columns: await columnsOf(newest.file.path, candidate.format) }
    }),
  )

/**
 * Each file is decoded as it is written itself: what is told of its records does not suffer from the others. Of an archive
 * there is a sample of each file that was looked at inside.
 */
async function toTextSamples({ file: { path }, sample }: ReadFile): Promise<TextSample[]> {
  const { looksLike, problem, further } = sample
  if (looksLike !== null) return [{ path, text: '', whole: false, looksLike }]
  const inside = further.map((one) => ({ ...one, path: `${path}/${one.name}` }))
  return Promise.all(
    [{ ...sample, path }, ...inside].map(async (one) => {
      const text = await decodeSample(one.bytes, charsetOfText(one))
      return { path: one.path, looksLike, ...cutToLines(text, one.whole && problem === null) }
    }),
  )
}

const charsetOfText = ({ bytes, whole }: Beginning): string => detectCharset(bytes, whole)[0]?.name ?? 'utf8'
const charsetOf = (sample: SampleBytes): string => (sample.looksLike === null ? charsetOfText(sample) : '')
