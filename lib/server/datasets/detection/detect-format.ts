import 'server-only'
import type { FilesDetection } from '#lib/domain/datasets/files-detection'
import type { DefinitionRequest } from '#lib/domain/datasets/files-wire'
import { Failure } from '#lib/domain/errors'
import { type FormatSettings, formatKind, formatSchema } from '#lib/domain/formats/catalogue'
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
import { type Beginning, decodeSample, type SampleBytes } from '../../reader/sample-text'
import { connectionFilesKind } from '../connection-files-kind'
import { explainNoFile } from '../listing/explain-no-file'
import { connectionPathOf } from '../listing/scan-files'
import { chooseFiles } from './choose-files'
import { divideByFolder } from './divide-by-folder'
import { readFileColumns } from './read-file-columns'
import { LEAST_READ_MS, type ReadFile, readSamples } from './read-samples'

const MOST_FILES = 8
/** When reading ends with what was read until then; the permit itself ends a little later. */
const READ_MS = 4_000
const DEADLINE_MS = 5_000

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
      const { read, zipEntries } = await readSamples(store, definition, files, startedMs + READ_MS)
      const judged = await judge(read)
      const leftMs = Math.max(LEAST_READ_MS, startedMs + READ_MS - now().getTime())
      const candidates = await nameOwnColumns(judged.candidates, read, (file, format) =>
        readFileColumns(store, connectionPathOf(definition, file), format, leftMs),
      )
      return {
        ...judged,
        candidates: zipEntries === null ? candidates : candidates.map((one) => ofEntries(one, zipEntries)),
        durationMs: now().getTime() - startedMs,
      }
    },
  )
}

/** Of archives that hold other files as well, all ways to read them take the same ones: they are chosen here, once. */
function ofEntries(candidate: FormatCandidate, zipEntries: string): FormatCandidate {
  const { type, params } = candidate.format
  if (!formatKind(type).carries.includes('zipEntries')) return candidate
  return {
    ...candidate,
    format: formatSchema.parse({ type, params: { ...params, zipEntries } }),
    evidence: [...candidate.evidence, `Of what lies in the archives, ${zipEntries} is read.`],
  }
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
