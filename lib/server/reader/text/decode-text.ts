import 'server-only'
import type { ByteQueue } from '../byte-queue'
import type { ReadFacts } from '../records'
import { decodeToUtf8 } from './decode'

/**
 * Gives a file's text without its BOM, in pieces that are never empty and never cut a character in two; what does not decode
 * is U+FFFD, counted in `facts` with the first place. Throws a `Failure` for a label that is not read.
 * @example for await (const piece of decodeToText(queue, 'latin1', facts)) parser.push(piece)
 */
export async function* decodeToText(
  queue: ByteQueue,
  label: string,
  facts: ReadFacts,
): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  for await (const bytes of decodeToUtf8(queue, label, facts)) {
    const text = decoder.decode(bytes, { stream: true })
    if (text !== '') yield text
  }
  const rest = decoder.decode()
  if (rest !== '') yield rest
}
