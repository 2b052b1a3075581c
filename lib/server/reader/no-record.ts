import 'server-only'
import { Failure } from '#lib/domain/errors'
import { formatQuantity } from '#lib/domain/format'
import { charsetName, findEncoding } from '#lib/domain/formats/charsets'
import { detectCharset } from '#lib/domain/formats/detect-charset'
import type { FormatProblem } from '#lib/domain/formats/wire'
import type { FileSource } from './open-source'
import type { ReadFacts } from './records'
import { type Beginning, decodeSample, readSampleBytes } from './sample-text'

/**
 * What tells how the text is written; no record was in it, so there is hardly more. It comes after a reading of up to 8 s, and
 * has to end before what permits both does, after 10 s.
 */
const LOOKED_AT = { maxBytes: 8 * 1024, deadlineMs: 1_500 }

/**
 * Why a text with bytes gave no record although nothing failed: it is written in another charset, holds nothing but blanks,
 * or the settings leave all of it out. A header without a record is no problem: undefined, as for what cannot be read again.
 */
export async function explainNoRecord(
  source: FileSource,
  { charset, columns }: Pick<ReadFacts, 'charset' | 'columns'>,
  signal: AbortSignal,
): Promise<FormatProblem | undefined> {
  const sample = await readSampleBytes(source, LOOKED_AT, signal).catch((error: unknown) => {
    if (signal.aborted || !(error instanceof Failure)) throw error
  })
  if (sample === undefined || sample.problem !== null || sample.looksLike !== null) return undefined
  const { path } = source
  if (sample.bytes.length === 0)
    return { reason: 'no-record', message: 'Nothing is packed in the file, so it holds no record.', path }
  const text = await decodeSample(sample.bytes, charset)
  // Some formats have columns of their own, which stand in no header.
  const hasHeader = columns.some(({ name }) => name !== '' && text.includes(name))
  const other = await findOtherCharset(sample, charset, text)
  if (other !== undefined) return otherCharset(path, charset, other, hasHeader)
  if (hasHeader) return undefined
  const size = `${sample.whole ? 'the' : 'the first'} ${formatQuantity(sample.bytes.length, 'byte')}`
  return text.trim() === ''
    ? { reason: 'no-record', message: `No record: ${size} hold nothing but blanks and line ends.`, path }
    : {
        reason: 'no-record',
        message: 'No record: the settings of the format leave out all of the text.',
        path,
        remedy: 'Look at the rows that are skipped, and at what the format reads of the text.',
      }
}

/** What the bytes look like where that reads otherwise than the charset does. */
async function findOtherCharset(
  { bytes, whole }: Beginning,
  charset: string,
  text: string,
): Promise<string | undefined> {
  const [best] = detectCharset(bytes, whole)
  if (best === undefined || findEncoding(best.name) === findEncoding(charset)) return undefined
  return (await decodeSample(bytes, best.name)) === text ? undefined : best.name
}

function otherCharset(path: string, charset: string, name: string, hasHeader: boolean): FormatProblem {
  const encoding = findEncoding(charset)
  const read = encoding === undefined ? charset : charsetName(encoding)
  return {
    reason: 'other-charset',
    message: `Read as ${read} the file holds ${hasHeader ? 'a header and ' : ''}no record, but it looks like ${name}.`,
    path,
    fixes: [{ label: `Read as ${name}`, params: { charset: name } }],
  }
}
