import 'server-only'
import type { FilesDetection } from '#lib/domain/datasets/files-detection'
import { formatKind, formatSchema } from '#lib/domain/formats/catalogue'
import { chooseCharset, proposedCharset, sumCompressions } from '#lib/domain/formats/detect/choose-charset'
import { detectFormat } from '#lib/domain/formats/detect/detect-format'
import { detectTimestamps } from '#lib/domain/formats/detect/detect-timestamps'
import { cutToLines, type TextSample } from '#lib/domain/formats/detect/text-sample'
import { detectCharset } from '#lib/domain/formats/detect-charset'
import type { FormatCandidate } from '#lib/domain/formats/detection'
import { type Beginning, decodeSample, type SampleBytes } from '../../reader/sample-text'
import { divideByFolder } from './divide-by-folder'
import type { ReadFile, Samples } from './read-samples'

type Judged = Omit<FilesDetection, 'durationMs'>

/** A look at all files that is less sure may be one at two contents. */
const SURE = 0.9

/** What the beginnings of files say; where folders divide them by content, those of the main one. */
export async function judgeSamples({ read, zipEntries }: Samples): Promise<Judged> {
  const known = read.filter(({ sample }) => sample.bytes.length > 0)
  const texts = await Promise.all(known.map((one) => toTextSamples(one)))
  const whole = judgeTogether(known, texts.flat())
  const sizes = new Map(known.map(({ file }) => [file.path, file.sizeBytes]))
  const isSure = (whole.candidates[0]?.confidence ?? 1) >= SURE
  const division = isSure
    ? null
    : divideByFolder(
        texts.flatMap(([first], index) => (first ? { ...first, path: known[index]?.file.path ?? '' } : [])),
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
    candidates:
      zipEntries === null ? judged.candidates : judged.candidates.map((one) => ofEntries(one, zipEntries)),
    beside: division?.beside ?? [],
    files: read.map(({ file, sample }) => ({
      path: file.path,
      sizeBytes: file.sizeBytes,
      modifiedAt: new Date(file.modifiedAtMs).toISOString(),
      compression: sample.compression,
      charset: charsetOf(sample),
      looksLike: sample.looksLike?.name ?? null,
      problem: sample.problem?.message ?? null,
      ...(sample.archive === null
        ? {}
        : { inside: sample.further.length + (sample.bytes.length > 0 ? 1 : 0) }),
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

/**
 * Each file is decoded as it is written itself: what is told of its records does not suffer from the others. Of an archive
 * there is a sample of each file that was looked at inside.
 */
export async function toTextSamples({ file: { path }, sample }: ReadFile): Promise<TextSample[]> {
  const { looksLike, problem, further } = sample
  if (looksLike !== null) return [{ path, text: '', whole: false, looksLike }]
  return Promise.all(
    [sample, ...further].map(async (one) => {
      const text = await decodeSample(one.bytes, charsetOfText(one))
      return {
        path: one.name === undefined ? path : `${path}/${one.name}`,
        isArchived: one.name !== undefined,
        looksLike,
        ...cutToLines(text, one.whole && problem === null),
      }
    }),
  )
}

const charsetOfText = ({ bytes, whole }: Beginning): string => detectCharset(bytes, whole)[0]?.name ?? 'utf8'
const charsetOf = (sample: SampleBytes): string => (sample.looksLike === null ? charsetOfText(sample) : '')
