import 'server-only'
import { Failure } from '#lib/domain/errors'
import { type Encoding, findEncoding, refuseCharset } from '#lib/domain/formats/charsets'
import { type ByteQueue, drain } from '../byte-queue'
import type { ReadFacts } from '../records'
import { decodeCjk } from './decode-cjk'
import { decodeUtf16 } from './decode-utf16'
import { Utf8Faults } from './utf8-faults'

const REPLACEMENT = '\ufffd'

/**
 * Gives a file's text as UTF-8 without its BOM, in which what did not decode as UTF-8 still stands as it is, to become
 * U+FFFD when it becomes text: so UTF-8, the usual case, is not copied. Counts what does not decode, with the first place.
 */
export async function* decodeToUtf8(
  queue: ByteQueue,
  label: string,
  facts: ReadFacts,
): AsyncGenerator<Buffer> {
  const { encoding, bomBytes } = await chooseEncoding(queue, label, facts)
  facts.charset = encoding
  await queue.take(bomBytes)
  const onFault = (offset: number) => countFault(facts, offset + bomBytes, encoding)
  const chunks = drain(queue)
  if (encoding === 'utf-8') yield* checkUtf8(chunks, onFault)
  else if (encoding === 'utf-16le' || encoding === 'utf-16be') yield* decodeUtf16(chunks, encoding, onFault)
  else yield* decodeCjk(chunks, encoding, onFault) ?? decodeSingleBytes(chunks, encoding, onFault)
}

/** The BOM wins over the settings, as in the Encoding Standard. */
async function chooseEncoding(
  queue: ByteQueue,
  label: string,
  facts: ReadFacts,
): Promise<{ encoding: Encoding; bomBytes: number }> {
  const wanted = findEncoding(label)
  if (wanted === undefined) {
    throw new Failure('validation_failed', refuseCharset(label) ?? '', {
      reason: 'ERR_DATASET_INVALID_FORMAT_CONFIG',
      where: facts.path,
      remedy: 'Choose another charset.',
    })
  }
  const start = await queue.peek(3)
  const bom = BOMS.find(({ bytes }) => start.subarray(0, bytes.length).equals(bytes))
  if (bom === undefined) return { encoding: wanted, bomBytes: 0 }
  if (bom.encoding !== wanted) {
    const message = `The file begins with a mark that says ${bom.encoding}: it is read so.`
    facts.note({ reason: 'charset-by-bom', message })
  }
  return { encoding: bom.encoding, bomBytes: bom.bytes.length }
}

const BOMS: { encoding: Encoding; bytes: Buffer }[] = [
  { encoding: 'utf-8', bytes: Buffer.from([0xef, 0xbb, 0xbf]) },
  { encoding: 'utf-16le', bytes: Buffer.from([0xff, 0xfe]) },
  { encoding: 'utf-16be', bytes: Buffer.from([0xfe, 0xff]) },
]

function countFault(facts: ReadFacts, offset: number, encoding: Encoding): void {
  facts.replacedBytes++
  if (facts.replacedBytes > 1) return
  facts.note({
    reason: 'undecodable-bytes',
    message: `Some bytes are not ${encoding} and read as "${REPLACEMENT}", the first at byte ${offset}.`,
    offset,
    remedy: 'Choose the charset the file was written in.',
  })
}

async function* checkUtf8(
  chunks: AsyncIterable<Buffer>,
  onFault: (offset: number) => void,
): AsyncGenerator<Buffer> {
  const faults = new Utf8Faults(onFault)
  for await (const chunk of chunks) {
    faults.push(chunk)
    yield chunk
  }
  faults.end()
}

async function* decodeSingleBytes(
  chunks: AsyncIterable<Buffer>,
  encoding: Encoding,
  onFault: (offset: number) => void,
): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(encoding)
  let offset = 0
  for await (const chunk of chunks) {
    // A byte is one unit in all of these encodings, so that places are the same on both sides.
    const text = decoder.decode(chunk)
    for (let at = text.indexOf(REPLACEMENT); at >= 0; at = text.indexOf(REPLACEMENT, at + 1))
      onFault(offset + at)
    offset += chunk.length
    yield Buffer.from(text)
  }
}
