import 'server-only'
import { Failure } from '#lib/domain/errors'
import { FORMAT_KINDS } from '#lib/domain/formats/catalogue'
import { isReadPacking, packingByName } from '#lib/domain/formats/packings'
import type { Compression } from '#lib/domain/formats/text-params'
import type { FormatProblem } from '#lib/domain/formats/wire'

/** What is told of a file that is no text where text should stand; `name` as in "This looks like Parquet". */
export const binaryProblem = (name: string, path: string): FormatProblem => ({
  reason: 'looks-like-binary',
  message: `This looks like ${name}`,
  path,
  remedy: remedyOf(name),
})

/** No type reads most of what is no text: then only what can be done is proposed. */
function remedyOf(name: string): string {
  if (FORMAT_KINDS.some(({ contents }) => contents?.some((content) => content.name === name)))
    return 'Choose another type, or leave the file out.'
  const known = REMEDIES.get(name)
  if (known !== undefined) return known
  if (isReadPacking(name))
    return 'Set File compression to be detected. What is packed twice has to be unpacked once before, or left out.'
  return 'No type reads it: leave the file out.'
}

/** What can be done with contents of some names, see `looksBinary`. */
const REMEDIES = new Map([
  [
    'binary data',
    'Choose its charset if it is text, as UTF-16 without a mark may be. Otherwise leave the file out.',
  ],
  ['an old Office document', 'Save its tables as CSV, or leave it out.'],
  ['a tar archive', 'Store the files inside by themselves or as zip, or leave it out.'],
  ...['Avro', 'ORC', 'Arrow', 'a Hadoop sequence file'].map(
    (name) => [name, 'Write it as Parquet, JSON or CSV, or leave it out.'] as const,
  ),
  ['UTF-32 text', 'Save it as UTF-8, or leave it out.'],
  ['EBCDIC text', 'Convert it to UTF-8, or leave it out.'],
])

/** The same as a failure of the file, for readings that are for its records. */
export function binaryFailure(name: string, path: string): Failure {
  const { reason, message, remedy = '' } = binaryProblem(name, path)
  return new Failure('validation_failed', message, { reason, where: path, remedy })
}

/** Endings of files that are no text, with what these are. */
const NO_TEXTS = new Map(Object.entries({ parquet: 'Parquet', avro: 'Avro', orc: 'ORC', xlsx: 'Excel' }))

/** What is told of a file that reads as text under the name of another kind, as one that was cut does. */
export function misnamedProblem(path: string, compression: Compression): FormatProblem | undefined {
  const ending = /\.([a-z0-9]+)$/i.exec(path)?.[1]?.toLowerCase() ?? ''
  const packing = packingByName(path)
  const name = packing === undefined ? NO_TEXTS.get(ending) : packing === compression ? undefined : packing
  if (name === undefined) return undefined
  return {
    reason: 'not-as-named',
    message: `The file is named .${ending} and does not begin as ${name} does: it is read as text.`,
    path,
    remedy: 'It may have been cut while it was written. If it is no text, leave it out.',
  }
}

/** Characters of a record that are shown around a NUL, on either side. */
const AROUND_NUL = 60

/** What is told of records with NULs in their text, the first of which is `record`; undefined where none has one. */
export function nulProblem(
  records: readonly { number: number; text: string }[],
  path: string,
): FormatProblem | undefined {
  const holding = records.filter(({ text }) => text.includes('\0'))
  const [first] = holding
  if (first === undefined) return undefined
  const at = first.text.indexOf('\0')
  const excerpt = first.text.slice(Math.max(0, at - AROUND_NUL), at + AROUND_NUL).toWellFormed()
  return {
    reason: 'nul-byte',
    message: 'NUL byte: the text holds the character NUL, as a write that broke off leaves it. It is kept.',
    path,
    record: first.number,
    excerpt: excerpt.replaceAll('\0', '␀'),
    ...(holding.length > 1 ? { count: holding.length } : {}),
  }
}

/** What is told of a file that a failure ended. */
export function toProblem(failure: Failure, path: string): FormatProblem {
  const { reason, offset, remedy, facts } = failure.details
  const problem: FormatProblem = { reason: reason ?? failure.kind, message: failure.message, path }
  if (offset !== undefined) problem.offset = offset
  if (remedy !== undefined) problem.remedy = remedy
  if (typeof facts?.record === 'number') problem.record = facts.record
  return problem
}
