import 'server-only'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import * as z from 'zod'
import type { FilesDetection } from '#lib/domain/datasets/files-detection'
import { judgeReason } from '#lib/domain/formats/detect/samples/judge-reason'
import { judgeSamples, toTextSamples } from '../judge-samples'
import { readSamples, type Samples } from '../read-samples'

/** Below the project's folder, where tests and measurements run: the latter are bundled elsewhere. */
const FOLDER = path.resolve('lib/server/reader/fixtures/detection')

const filesSample = z.object({
  /** What they are: several samples are of one kind. */
  kind: z.string(),
  files: z.array(z.string()),
  expected: z.object({
    type: z.string(),
    separator: z.string().optional(),
    /** Absent for what is no text. */
    charset: z.string().optional(),
    compression: z.string(),
    /** Layouts by column: all columns that hold times. */
    timestamps: z.record(z.string(), z.string()),
  }),
  /** A threshold or rule was chosen with this sample at hand. */
  usedToTune: z.literal(true).optional(),
})

/** Files as bytes, of which it is known how they are to be read. */
export type FilesSample = z.infer<typeof filesSample>

/** All of the folder `fixtures/detection`, written by its `write.py`. */
export const FILES_SAMPLES: readonly FilesSample[] = z
  .array(filesSample)
  .parse(JSON.parse(readFileSync(path.join(FOLDER, 'expected.json'), 'utf8')))

/** What is told of, each by itself. */
export const TOLD = ['format', 'charset', 'compression', 'timestamps'] as const
export type Told = (typeof TOLD)[number]

/** What is wrong with what is detected of a sample, by what it is told of: `{ charset: 'koi8-r instead of utf8' }`. */
export async function judgeFiles(sample: FilesSample): Promise<Partial<Record<Told, string>>> {
  const { candidates, charset, compression, timestamps } = await detect(sample.files)
  const [first] = candidates
  const { expected } = sample
  const { separator } = (first?.format.params ?? {}) as { separator?: string }
  const found: Record<Told, unknown> = {
    format: [first?.format.type, expected.separator === undefined ? undefined : separator],
    charset: expected.charset === undefined ? undefined : charset.name,
    compression: compression.name,
    timestamps: timestamps.map(({ column, layout }) => [column, layout]),
  }
  const wanted: Record<Told, unknown> = {
    format: [expected.type, expected.separator],
    charset: expected.charset,
    compression: expected.compression,
    timestamps: Object.entries(expected.timestamps),
  }
  return Object.fromEntries(
    TOLD.map((told) => [told, JSON.stringify(found[told]), JSON.stringify(wanted[told])])
      .filter(([, is, should]) => is !== should)
      .map(([told, is, should]) => [told, `${is} instead of ${should}`]),
  )
}

/** What is wrong with why candidates for a sample lost; null for each reason that is true. */
export async function judgeReasons({ files }: FilesSample): Promise<(string | null)[]> {
  const samples = await readFiles(files)
  const { candidates } = await judgeSamples(samples)
  const known = samples.read.filter(({ sample }) => sample.bytes.length > 0)
  const texts = (await Promise.all(known.map((one) => toTextSamples(one)))).flat()
  const [first, ...others] = candidates
  return first === undefined ? [] : others.map((other) => judgeReason({ first, other, texts }))
}

/** What detection says of files that are at hand. */
export async function detect(files: readonly string[]): Promise<Omit<FilesDetection, 'durationMs'>> {
  return judgeSamples(await readFiles(files))
}

function readFiles(files: readonly string[]): Promise<Samples> {
  const known = files.map((name, age) => {
    const bytes = readFileSync(path.join(FOLDER, name))
    return { file: { path: `/${name}`, sizeBytes: bytes.length, modifiedAtMs: age }, bytes }
  })
  const bytesOf = new Map(known.map(({ file, bytes }) => [file.path, bytes]))
  async function* once(at: string) {
    yield bytesOf.get(at) ?? Buffer.alloc(0)
  }
  return readSamples(
    known.map(({ file }) => file),
    ({ path: at }) => ({ bytes: once(at), path: at }),
    Date.now() + 60_000,
    new AbortController().signal,
  )
}
